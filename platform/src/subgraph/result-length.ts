/** Stands for what is no text: numbers, nulls, brackets. */
const charsOfOther = 4;

/** Whether a result is longer than that when it is written as JSON, to within its escapes. Stops as soon as it is. */
export function isLongerThan(maxChars: number, result: unknown): boolean {
  let room = maxChars;
  const count = (value: unknown): void => {
    if (typeof value === 'string') room -= value.length;
    else if (typeof value !== 'object' || value === null) room -= charsOfOther;
    else if (Array.isArray(value)) {
      for (const item of value) {
        if (room < 0) return;
        count(item);
      }
    } else {
      for (const key in value) {
        if (room < 0) return;
        room -= key.length + charsOfOther;
        count((value as Record<string, unknown>)[key]);
      }
    }
  };
  count(result);
  return room < 0;
}
