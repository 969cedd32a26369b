import { generateAuthenticationOptions } from '@simplewebauthn/server';
import type { Database } from '@socialhub/platform/database/database';
import type { ClientInfo } from '@socialhub/platform/identity/identity';
import type { Client } from '../../store/client.ts';
import { insertChallenge } from '../../store/passkeys/passkey-challenges.ts';
import { challengeSeconds, type RelyingParty } from '../passkeys/relying-party.ts';
import type { Throttles } from '../throttling/throttles.ts';

interface Deps {
  db: Database<Client>;
  throttles: Throttles;
  client: ClientInfo;
  relyingParty: RelyingParty;
}

/** What a browser or a phone asks for a passkey by, whoever's, as the JSON that it takes. */
export async function beginPasskeyLogIn({ db, throttles, client, relyingParty }: Deps): Promise<string> {
  await throttles.passkeySignInsPerAddress.count(client.ipAddress);
  const options = await generateAuthenticationOptions({
    rpID: relyingParty.id,
    timeout: challengeSeconds * 1_000,
    userVerification: 'required',
  });
  await insertChallenge(db.prisma, { challenge: options.challenge, sessionId: null }, challengeSeconds);
  return JSON.stringify(options);
}
