import 'server-only';
import { createVouchOnVercel } from '../../client-identity.ts';
import { readConfig } from '../../config.ts';

let vouch: ((headers: Headers) => void) | undefined;

/** On Vercel, signs on a request where its browser is. Elsewhere web/server.ts has done so, and nothing is touched. */
export function vouchOnVercel(headers: Headers): void {
  if (process.env.VERCEL !== '1') return;
  vouch ??= createVouchOnVercel(readConfig(process.env));
  vouch(headers);
}
