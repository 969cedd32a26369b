/** One statement of a script, and the comments that stand above it. */
export interface Statement {
  text: string;
  comment: string;
}

/** What begins a part in which a semicolon ends nothing: comments, quotes, and bodies between dollar signs. */
const opening = /--|\/\*|'|"|\$\w*\$|;/g;

/** Cuts a script at the semicolons that end statements; comments within a statement are left out of its text. */
export function splitStatements(sql: string): Statement[] {
  const statements: Statement[] = [];
  let text = '';
  let comment = '';
  const end = () => {
    if (text.trim()) statements.push({ text: text.trim(), comment });
    else if (comment) return;
    text = '';
    comment = '';
  };
  let at = 0;
  while (at < sql.length) {
    opening.lastIndex = at;
    const found = opening.exec(sql);
    text += sql.slice(at, found?.index ?? sql.length);
    if (!found) break;
    const [mark] = found;
    if (mark === ';') {
      end();
      at = found.index + 1;
      continue;
    }
    const closing = mark === '--' ? '\n' : mark === '/*' ? '*/' : mark;
    const close = sql.indexOf(closing, found.index + mark.length);
    const until = close === -1 ? sql.length : close + (mark === '--' ? 0 : closing.length);
    const part = sql.slice(found.index, until);
    if (mark === '--' || mark === '/*') {
      // What stands after a statement's first word belongs to that statement too, and nobody reads it.
      if (!text.trim()) comment += `${part}\n`;
      text += ' ';
    } else text += part;
    at = until;
  }
  end();
  return statements;
}
