const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~';

/** Takes a BlurHash, gives its average colour as #rrggbb (characters 3 to 6 hold it), or null when it is none. */
export function blurhashColour(hash: string | null): string | null {
  if (!hash || hash.length < 6) return null;
  let value = 0;
  for (const character of hash.slice(2, 6)) {
    const digit = DIGITS.indexOf(character);
    if (digit < 0) return null;
    value = value * 83 + digit;
  }
  return value <= 0xffffff ? `#${value.toString(16).padStart(6, '0')}` : null;
}
