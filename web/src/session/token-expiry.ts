/** Takes an access token, gives for how many more seconds it is good: what it says of itself, unverified; 0 in doubt. */
export function secondsLeft(accessToken: string, now = Date.now()): number {
  try {
    const claims: unknown = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString());
    const { exp } = claims as { exp?: unknown };
    return typeof exp === 'number' ? Math.max(0, Math.floor(exp - now / 1000)) : 0;
  } catch {
    return 0;
  }
}
