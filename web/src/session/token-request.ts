import { isFromHere } from './same-origin.ts';

/** Where a page's script asks for the access token. */
export const TOKEN_PATH = '/session/token';

/**
 * What such a request carries, and no form or link can: `current` asks for the token, `doubted` says that the gateway
 * refused the one that was given before.
 */
export const TOKEN_HEADER = 'x-socialhub-token';

/** Says why a request may not have the token, as a status; null: it may. */
export function tokenRefusal(method: string, headers: Headers): 403 | 405 | null {
  if (method !== 'POST') return 405;
  const isScripts =
    headers.get('sec-fetch-dest') === 'empty' && /^(current|doubted)$/.test(headers.get(TOKEN_HEADER) ?? '');
  const isOurs =
    headers.get('sec-fetch-site') === 'same-origin' && isFromHere((name) => headers.get(name)) === true;
  return isScripts && isOurs ? null : 403;
}
