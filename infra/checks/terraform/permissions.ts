import type { Block, Body, Module, Value } from './modules.ts';
import { moduleOf, referencesOf } from './references.ts';
import { bodies, each, type Rule, where } from './rules.ts';

// Of actions that know no narrower resource.
const unbounded = new Set(['ecr:GetAuthorizationToken']);
/** Policies of AWS's own that may be attached, each with why: what they allow, AWS decides and changes. */
const managed: Record<string, string> = {};
// An action by its whole name; those that only read may end in `*`.
const action = /^[a-z0-9-]+:([A-Za-z0-9]+|(Get|List|Describe)[A-Za-z0-9]*\*)$/;
const texts = (value: Value | undefined) => [value ?? []].flat().map(String);

function statementsOf({ body }: Block): Body[] {
  return [
    ...bodies(body.statement),
    ...bodies((body.dynamic as Body | undefined)?.statement).flatMap((one) => bodies(one.content)),
  ];
}

/** No action of every kind, and none on everything or of any account. A key's own policy speaks of that key alone. */
export const leastPrivilege: Rule = (modules) =>
  modules.flatMap((module) =>
    module.blocks.flatMap((block) => {
      if (block.type !== 'aws_iam_policy_document') return [];
      const ofKey = module.blocks.some(
        ({ type, body }) => type === 'aws_kms_key' && String(body.policy).includes(`.${block.name}.json`),
      );
      const fromElsewhere = ['source_policy_documents', 'override_policy_documents']
        .filter((name) => name in block.body)
        .map((name) => `takes statements from elsewhere by ${name}`);
      const faults = statementsOf(block)
        .filter(({ effect }) => effect !== 'Deny')
        .flatMap((statement) => [
          ...['not_actions', 'not_resources', 'not_principals']
            .filter((name) => name in statement)
            .map((name) => `allows all but some by ${name}`),
          ...(ofKey ? ofKeyFaults(statement) : faultsOf(statement)),
        ]);
      return [...fromElsewhere, ...faults].map((fault) => `${where(module, block)}: ${fault}`);
    }),
  );

/** Reading objects by what comes through an endpoint of our own network: AWS does not count it as public either. */
const ofOurNetwork = ({ actions, condition }: Body) =>
  JSON.stringify(actions) === '["s3:GetObject"]' &&
  bodies(condition).some(
    ({ test, variable, values }) =>
      test === 'StringEquals' &&
      variable === 'aws:SourceVpce' &&
      // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of Terraform
      JSON.stringify(values) === '["${var.s3_endpoint_id}"]',
  );

function faultsOf(statement: Body): string[] {
  const { actions, resources, principals } = statement;
  const listed = texts(actions);
  const onAll = texts(resources).some((one) => one === '*' || one.includes('"*"'));
  const anyone = bodies(principals).some(({ identifiers }) => texts(identifiers).includes('*'));
  return [
    ...listed.filter((one) => !action.test(one)).map((one) => `allows ${one}`),
    ...listed.filter((one) => onAll && !unbounded.has(one)).map((one) => `allows ${one} on everything`),
    ...texts(resources)
      .filter((one) => /^arn:[^:]*:[^:]*:[^:]*:\*:/.test(one))
      .map((one) => `${one} is of any account`),
    ...(anyone && !ofOurNetwork(statement) ? ['allows everybody'] : []),
  ];
}

// A service of AWS works for every account: it is to use the key for this one alone.
function ofKeyFaults(statement: Body): string[] {
  const services = bodies(statement.principals).filter(({ type }) => type === 'Service');
  return services.length > 0 && !JSON.stringify(statement.condition ?? '').includes('account_id')
    ? services.flatMap(({ identifiers }) =>
        texts(identifiers).map((one) => `${one} may use the key for any account`),
      )
    : [];
}

/** Where a policy is given, and by which argument. */
const policies: Record<string, string> = {
  aws_iam_role: 'assume_role_policy',
  aws_iam_role_policy: 'policy',
  aws_iam_policy: 'policy',
  aws_iam_user_policy: 'policy',
  aws_iam_group_policy: 'policy',
  aws_kms_key: 'policy',
  aws_s3_bucket_policy: 'policy',
};

/** Every policy is a document that leastPrivilege reads, and of AWS's own none is attached that is not listed with its reason. */
export const policiesAreRead: Rule = (modules) => {
  const faults: string[] = [];
  for (const [type, argument] of Object.entries(policies))
    for (const [module, block] of each(modules, type)) {
      const policy = block.body[argument];
      const given = String(policy).includes('each.value') ? block.body.for_each : policy;
      if (policy !== undefined && !isRead(given, module, modules))
        faults.push(
          `${where(module, block)}: ${argument} is no aws_iam_policy_document, which alone is read here`,
        );
    }
  for (const [module, block] of each(modules, 'aws_iam_role'))
    for (const name of ['inline_policy', 'managed_policy_arns'])
      if (name in block.body) faults.push(`${where(module, block)}: has ${name}, which nothing here reads`);
  for (const kind of ['role_', 'user_', 'group_', ''])
    for (const [module, block] of each(modules, `aws_iam_${kind}policy_attachment`)) {
      const policy = String(block.body.policy_arn);
      if (!/^\$\{aws_iam_policy\.\w+\.arn\}$/.test(policy) && !managed[policy])
        faults.push(`${where(module, block)}: attaches ${policy}, which is not listed with a reason`);
    }
  return faults;
};

/** Whether all that a value refers to are documents, also by variables and outputs of modules. */
function isRead(value: Value | undefined, module: Module, modules: readonly Module[]): boolean {
  const text = JSON.stringify(value ?? '');
  const found = referencesOf(typeof value === 'string' ? value : text);
  if (/jsonencode|file\(|Statement|<</.test(text) || found.length === 0) return false;
  return found.every((one) => {
    const [first = '', second = '', third = ''] = one.split('.');
    if (first === 'data') return second === 'aws_iam_policy_document' && one.endsWith('.json');
    if (first === 'module') {
      const call = module.calls.get(second);
      const called = call && moduleOf(call, module, modules);
      return called !== undefined && isRead(called.outputs.get(third)?.value, called, modules);
    }
    return (
      first === 'var' &&
      callsOf(module, modules).every(
        ([caller, call]) => !(second in call) || isRead(call[second], caller, modules),
      )
    );
  });
}

const callsOf = (module: Module, modules: readonly Module[]): [Module, Body][] =>
  modules.flatMap((caller) =>
    [...caller.calls.values()]
      .filter((call) => moduleOf(call, caller, modules) === module)
      .map((call): [Module, Body] => [caller, call]),
  );
