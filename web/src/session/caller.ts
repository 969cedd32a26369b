import type { Caller } from '../gateway/client.ts';

const PASSED_ON = ['user-agent', 'x-forwarded-for', 'x-request-id'];

/** Takes the browser's request headers and its token, gives what the gateway is told about the caller. */
export function callerOf(headers: Headers, accessToken?: string): Caller {
  const passed: Record<string, string> = {};
  for (const name of PASSED_ON) {
    const value = headers.get(name);
    if (value) passed[name] = value;
  }
  return { accessToken, headers: passed };
}
