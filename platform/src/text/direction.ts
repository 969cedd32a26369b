/*
 * UAX #9's explicit controls. An override shows letters in another order than they are read in, which serves nobody
 * but who deceives. One that is opened and not closed, or closed and not opened, reaches beyond the text it stands in.
 */
const control = /[\u202a-\u202e\u2066-\u2069\n]/g;
const isOverride = /[\u202d\u202e]/;
const isIsolate = /[\u2066-\u2068]/;
const popFormatting = '\u202c';
const popIsolate = '\u2069';

interface Opening {
  at: number;
  control: string;
}

/** Whether the text has a character that turns the direction of text. */
export const turnsDirection = (text: string): boolean => /[\u202a-\u202e\u2066-\u2069]/.test(text);

/** The text without overrides, and without embeddings and isolates that do not end in the line in which they begin. */
export function settleDirection(text: string): string {
  return turnsDirection(text) ? withoutEach(text, strayControls(text)) : text;
}

/** Where they stand. Each control is put on the stack and taken off it once. */
function strayControls(text: string): number[] {
  const stray: number[] = [];
  let open: Opening[] = [];
  let isolates = 0;
  const leaveOpen = (last: Opening | undefined) => {
    if (last) stray.push(last.at);
  };
  for (const { index, 0: found } of text.matchAll(control)) {
    if (found === '\n') {
      open.forEach(leaveOpen);
      open = [];
      isolates = 0;
    } else if (found === popFormatting) {
      const last = open.at(-1);
      if (last && !isIsolate.test(last.control)) {
        open.pop();
        if (isOverride.test(last.control)) stray.push(last.at, index);
      } else stray.push(index);
    } else if (found === popIsolate) {
      if (isolates === 0) stray.push(index);
      else {
        // The end of an isolate ends what was opened in it.
        while (!isIsolate.test(open.at(-1)?.control ?? popIsolate)) leaveOpen(open.pop());
        open.pop();
        isolates -= 1;
      }
    } else {
      open.push({ at: index, control: found });
      if (isIsolate.test(found)) isolates += 1;
    }
  }
  open.forEach(leaveOpen);
  return stray.sort((a, b) => a - b);
}

function withoutEach(text: string, places: readonly number[]): string {
  let kept = '';
  let from = 0;
  for (const place of places) {
    kept += text.slice(from, place);
    from = place + 1;
  }
  return kept + text.slice(from);
}
