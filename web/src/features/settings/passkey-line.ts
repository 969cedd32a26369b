import type { PasskeyFragment } from './generated/documents.ts';

/** A passkey in words, and its times. */
export interface PasskeyLine {
  id: string;
  name: string;
  /** Whether it is in a keychain, not on one device. */
  synced: boolean;
  createdAt: string;
  lastUsedAt: string | null;
}

/** Takes a passkey as the API knows it, gives it in words. */
export function passkeyLine({ id, name, synced, createdAt, lastUsedAt }: PasskeyFragment): PasskeyLine {
  return { id, name, synced, createdAt, lastUsedAt };
}
