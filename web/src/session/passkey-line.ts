import type { PasskeyLine } from '../components/passkey-row.tsx';
import type { Passkey } from '../gateway/operations.ts';
import { agoOf, when } from '../text/when.ts';

/** Takes a passkey as the API knows it, gives it in words. */
export function passkeyLine({ id, name, synced, createdAt, lastUsedAt }: Passkey): PasskeyLine {
  const parts = [
    synced ? 'in your keychain' : 'on one device',
    `added ${agoOf(when(createdAt).short)}`,
    lastUsedAt ? `last used ${agoOf(when(lastUsedAt).short)}` : 'not used yet',
  ];
  return { id, name, meta: parts.join(' · ') };
}
