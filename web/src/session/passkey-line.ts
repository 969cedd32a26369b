import type { Passkey } from '../gateway/operations.ts';
import { agoOf, when } from '../text/when.ts';

/** A passkey in words; the times are made on the server. */
export interface PasskeyLine {
  id: string;
  name: string;
  meta: string;
}

/** Takes a passkey as the API knows it, gives it in words. */
export function passkeyLine({ id, name, synced, createdAt, lastUsedAt }: Passkey): PasskeyLine {
  const parts = [
    synced ? 'in your keychain' : 'on one device',
    `added ${agoOf(when(createdAt).short)}`,
    lastUsedAt ? `last used ${agoOf(when(lastUsedAt).short)}` : 'not used yet',
  ];
  return { id, name, meta: parts.join(' · ') };
}
