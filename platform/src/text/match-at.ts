/** What a sticky pattern finds at this place; empty when it finds nothing. */
export function matchAt(sticky: RegExp, text: string, at: number): string {
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0] ?? '';
}

/** The character that ends at this place; empty at the start. */
export function characterBefore(text: string, at: number): string {
  const last = text.charCodeAt(at - 1);
  const isPair = last >= 0xdc00 && last <= 0xdfff && at >= 2;
  return text.slice(isPair ? at - 2 : Math.max(0, at - 1), at);
}

/** Whether it begins with a digit that is a keycap's. */
export const beginsKeycap = (text: string): boolean => /^[0-9]\ufe0f?\u20e3/.test(text);

/** Where a run ends whose last digit may be a keycap's. */
export const endBeforeKeycap = (text: string, end: number): number =>
  beginsKeycap(text.slice(end - 1, end + 2)) ? end - 1 : end;
