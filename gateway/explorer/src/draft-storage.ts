/** What stands in the editors: headers are left out, they hold credentials. */
export interface Draft {
  query: string;
  variables: string;
}

const draftKey = 'socialhub-explorer-draft';
const historyKey = 'socialhub-explorer-history';
const maxRuns = 40;
const maxChars = 20_000;

/** An argument, input field or variable that is nobody's business after it was sent. */
const secret = /(password|token|secret|code|credential)\w*"?\s*:\s*["{[]/i;

const mayBeKept = ({ query, variables }: Draft) =>
  query.length + variables.length <= maxChars && !secret.test(query) && !secret.test(variables);

function isDraft(value: unknown): value is Draft {
  const draft = value as Partial<Draft> | null;
  return typeof draft?.query === 'string' && typeof draft.variables === 'string';
}

// A browser may refuse to keep anything, and what it gives back may be from another version.
function read(key: string): unknown {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null');
  } catch {
    return null;
  }
}

function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // The explorer works as well without.
  }
}

export function keptDraft(): Draft | undefined {
  const draft = read(draftKey);
  return isDraft(draft) ? draft : undefined;
}

export function keepDraft(draft: Draft): void {
  if (mayBeKept(draft)) write(draftKey, draft);
}

/** What was run last, newest first. */
export function keptRuns(): Draft[] {
  const runs = read(historyKey);
  return Array.isArray(runs) ? runs.filter(isDraft).slice(0, maxRuns) : [];
}

export function keepRun(draft: Draft): void {
  if (!mayBeKept(draft)) return;
  const others = keptRuns().filter((run) => run.query !== draft.query || run.variables !== draft.variables);
  write(historyKey, [draft, ...others].slice(0, maxRuns));
}

export function forgetRuns(): void {
  write(historyKey, []);
}
