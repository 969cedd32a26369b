import 'server-only';
import { cookies, headers } from 'next/headers';
import { type MailLink, mailCookie, mailCookieName } from './mail-link.ts';

/** Gives the token of the link by which this browser came, or null. */
export async function readMailToken(link: MailLink): Promise<string | null> {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  return jar.get(mailCookieName(head, link))?.value || null;
}

/** Forgets the token of a link; for actions only. */
export async function forgetMailToken(link: MailLink): Promise<void> {
  const [jar, head] = await Promise.all([cookies(), headers()]);
  jar.set(mailCookie(head, link, null));
}
