import 'server-only';
import { cookies, headers } from 'next/headers';
import { cookiesOf, forgottenCookies, sessionCookies } from './cookies.ts';
import type { TokensFragment } from './generated/documents.ts';

/** Takes new tokens and puts them into the browser's cookies; for actions and route handlers only. */
export async function writeSession(tokens: TokensFragment): Promise<void> {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  for (const cookie of cookiesOf(sessionCookies(head), tokens)) jar.set(cookie);
}

/** Makes the browser forget its session; for actions and route handlers only. */
export async function forgetSession(): Promise<void> {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  for (const cookie of forgottenCookies(sessionCookies(head))) jar.set(cookie);
}
