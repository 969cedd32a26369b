import { bodies, each, type Rule, where } from './rules.ts';
import { bodyFaults, type Schema } from './schema.ts';

// The provider's types leave statements of WAF open, so that they are told here; who uses another kind adds it.
const statements: Record<string, Schema> = {
  rate_based_statement: {
    attributes: { limit: 'number!', aggregate_key_type: 'string', evaluation_window_sec: 'number' },
    blocks: {},
  },
  managed_rule_group_statement: {
    attributes: { name: 'string!', vendor_name: 'string!', version: 'string' },
    blocks: {},
  },
};
const keysOfRates = new Set(['IP', 'FORWARDED_IP', 'CONSTANT']);

/** Each rule of WAF has a place of its own, one statement of a kind that is known, and says what comes of it as that kind has it. */
export const wafStatements: Rule = (modules) =>
  each(modules, 'aws_wafv2_web_acl').flatMap(([module, block]) => {
    const rules = bodies(block.body.rule);
    const at = where(module, block);
    const places = rules.map(({ priority }) => priority);
    const faults = new Set(places).size < places.length ? [`${at}: two rules of one priority`] : [];
    for (const rule of rules) {
      const place = `${at}, rule ${String(rule.name)}`;
      const given = bodies(rule.statement).flatMap((one) => Object.entries(one));
      const [[kind, value] = ['', undefined], ...others] = given;
      const schema = statements[kind];
      if (!schema || others.length > 0) {
        faults.push(`${place}: is to have one statement of ${Object.keys(statements).join(' or ')}`);
        continue;
      }
      const [statement = {}] = bodies(value);
      faults.push(...bodyFaults(statement, schema, `${place}.${kind}`, false));
      const key = statement.aggregate_key_type;
      if (key !== undefined && !keysOfRates.has(String(key)))
        faults.push(`${place}: aggregate_key_type is none of ${[...keysOfRates].join(', ')}`);
      // A group has actions of its own, which may be overridden.
      const wanted = kind === 'managed_rule_group_statement' ? 'override_action' : 'action';
      const said = ['action', 'override_action'].filter((name) => name in rule);
      if (said.join() !== wanted) faults.push(`${place}: is to have ${wanted}, and no other`);
    }
    return faults;
  });
