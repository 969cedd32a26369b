import { IDENTITY_HEADER } from '@socialhub/platform/identity/identity-signer';
import type { Caller } from '../gateway/client.ts';

// Where the browser is, the server has signed; what the browser says of that itself is nothing to pass on.
const PASSED_ON = ['user-agent', 'x-request-id', IDENTITY_HEADER];

/** A head that the web takes must not become one that the gateway refuses. What is signed is shorter. */
const mostChars = 1_000;

/** Takes the browser's request headers and its token, gives what the gateway is told about the caller. */
export function callerOf(headers: Headers, accessToken?: string): Caller {
  const passed: Record<string, string> = {};
  for (const name of PASSED_ON) {
    const value = headers.get(name);
    if (value) passed[name] = value.slice(0, mostChars);
  }
  return { accessToken, headers: passed };
}
