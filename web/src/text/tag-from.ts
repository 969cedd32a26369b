/** Takes a part of an address, gives the hashtag that it names; null for what no address means. */
export function tagFrom(part: string): string | null {
  try {
    return decodeURIComponent(part);
  } catch {
    return null;
  }
}
