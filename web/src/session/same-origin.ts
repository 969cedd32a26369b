/** Takes request headers by name, says whether what was sent comes from a page of this site; null where no Origin tells. */
export function isFromHere(header: (name: string) => string | null | undefined): boolean | null {
  const origin = header('origin');
  if (origin === null || origin === undefined) return null;
  const here = header('x-forwarded-host')?.split(',', 1)[0]?.trim() || header('host');
  return URL.canParse(origin) && new URL(origin).host === here;
}
