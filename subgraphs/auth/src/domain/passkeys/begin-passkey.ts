import { generateRegistrationOptions } from '@simplewebauthn/server';
import type { Database } from '@socialhub/platform/database/database';
import type { Viewer } from '@socialhub/platform/identity/identity';
import type { AccountRow } from '../../store/accounts/accounts.ts';
import type { Client } from '../../store/client.ts';
import { insertChallenge } from '../../store/passkeys/passkey-challenges.ts';
import { listPasskeys } from '../../store/passkeys/passkeys.ts';
import { maxPasskeys, tooManyPasskeys } from './passkey-limit.ts';
import { bytesOfId, challengeSeconds, type RelyingParty, signatureAlgorithms } from './relying-party.ts';

/**
 * What a browser or a phone makes a passkey by, as the JSON that it takes, for whoever has shown all their factors. Throws
 * CONFLICT when the viewer has as many as one may.
 */
export async function beginPasskey(
  deps: { db: Database<Client>; relyingParty: RelyingParty },
  viewer: Viewer,
  row: AccountRow,
): Promise<string> {
  const present = await listPasskeys(deps.db.prisma, [row.id]);
  if (present.length >= maxPasskeys) throw tooManyPasskeys();
  const options = await generateRegistrationOptions({
    rpName: 'SocialHub',
    rpID: deps.relyingParty.id,
    userID: bytesOfId(row.id),
    userName: row.username,
    userDisplayName: row.username,
    timeout: challengeSeconds * 1_000,
    attestationType: 'none',
    supportedAlgorithmIDs: signatureAlgorithms,
    excludeCredentials: present.map(({ credentialId: id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  const use = { challenge: options.challenge, sessionId: viewer.sessionId };
  await insertChallenge(deps.db.prisma, use, challengeSeconds);
  return JSON.stringify(options);
}
