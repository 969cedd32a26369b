/** A name in SQL, with its quotes or without; a group. */
export const name = '"?(\\w+)"?';
/** A table's name, of the schema that all have; a group. */
export const table = `(?:ONLY\\s+)?(?:"?public"?\\.)?${name}`;

/** Statements that name several: `DROP TABLE a, b`. */
const severalHeads =
  /^(?:DROP\s+(?:TABLE|VIEW|MATERIALIZED\s+VIEW|INDEX(?:\s+CONCURRENTLY)?)(?:\s+IF\s+EXISTS)?|TRUNCATE(?:\s+TABLE)?|LOCK(?:\s+TABLE)?|VACUUM\s+\(?FULL\)?)\s+/i;

/** What a statement that begins WITH may do to others on its way. `FOR UPDATE` and `DO UPDATE` are nothing of their own. */
const within = /(?<!\b(?:FOR|KEY|DO)\s+)\b(?:UPDATE|DELETE\s+FROM)\b/gi;

/** What a statement does, each as a statement of its own: those of one ALTER TABLE, several tables, the parts of a WITH. */
export function actionsOf(text: string): string[] {
  const alter = new RegExp(`^ALTER\\s+TABLE\\s+(?:IF\\s+EXISTS\\s+)?${table}\\s+`, 'i').exec(text)?.[0];
  const head = alter ?? severalHeads.exec(text)?.[0];
  if (head) return partsOf(text.slice(head.length)).map((part) => `${head}${part}`);
  if (/^(?:WITH|EXPLAIN)\b/i.test(text))
    return [...text.matchAll(within)].map(({ index }) => text.slice(index));
  return [text];
}

/** What stands between commas that are in no parentheses. */
function partsOf(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    else if (text[at] === ')') depth -= 1;
    else if (text[at] === ',' && depth === 0) {
      parts.push(text.slice(from, at).trim());
      from = at + 1;
    }
  }
  return [...parts, text.slice(from).trim()];
}
