import 'server-only';
import { headers } from 'next/headers';

/** Gives the origin by which this request came, for what names a page to the outside. A host that is none is this machine. */
export async function publicOrigin(): Promise<URL> {
  const head = await headers();
  const host = head.get('host') ?? '';
  const isSecure = head.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https';
  const origin = /^[\w.:[\]-]+$/.test(host) ? URL.parse(`${isSecure ? 'https' : 'http'}://${host}`) : null;
  return origin ?? new URL('http://localhost');
}
