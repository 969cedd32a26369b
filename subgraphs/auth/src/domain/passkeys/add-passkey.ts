import { type RegistrationResponseJSON, verifyRegistrationResponse } from '@simplewebauthn/server';
import { decodeAttestationObject } from '@simplewebauthn/server/helpers';
import type { Database } from '@socialhub/platform/database/database';
import { badUserInput, conflict } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { uuidv7 } from '@socialhub/platform/ids';
import type { Client, Tx } from '../../store/client.ts';
import { deleteChallenge } from '../../store/passkeys/passkey-challenges.ts';
import { countPasskeys, insertPasskey, type PasskeyRow } from '../../store/passkeys/passkeys.ts';
import { type OwnAccount, ownAccount, ownAccountForUpdate } from '../accounts/own-account.ts';
import { sendMail } from '../mail/send-mail.ts';
import { challengeOf, readRegistration } from './passkey-json.ts';
import { maxPasskeys, tooManyPasskeys } from './passkey-limit.ts';
import { type RelyingParty, signatureAlgorithms } from './relying-party.ts';
import { checkPasskeyName } from './rename-passkey.ts';

interface PasskeyDeps {
  db: Database<Client>;
  relyingParty: RelyingParty;
}

/** A passkey that a device has made, to be kept. */
export type NewPasskey = Omit<Parameters<typeof insertPasskey>[1], 'id' | 'accountId'>;

/**
 * Checks the passkey that was made, and uses up the question that it answers. Throws BAD_USER_INPUT for an answer that is
 * no good, or to no question that this session asked.
 */
export async function checkNewPasskey(
  { db, relyingParty }: PasskeyDeps,
  viewer: Viewer,
  input: { credential: string; name?: string | null },
): Promise<NewPasskey> {
  const name = checkPasskeyName(input.name ?? 'Passkey');
  const answer = readRegistration('input.credential', input.credential);
  await ownAccount(db.prisma, viewer);
  const challenge = challengeOf(answer.response.clientDataJSON);
  const isAsked =
    challenge !== null && (await deleteChallenge(db.prisma, { challenge, sessionId: viewer.sessionId }));
  if (!isAsked) throw refused();
  const made = await verify(relyingParty, answer, challenge);
  if (!made) throw refused();
  return { name, ...made };
}

/** Keeps the passkey, and tells the owner by mail. Throws CONFLICT for one that is known, and for one too many. */
export async function addPasskey(
  tx: Tx,
  viewer: Viewer,
  made: NewPasskey,
): Promise<{ account: OwnAccount; passkey: PasskeyRow }> {
  const account = await ownAccountForUpdate(tx, viewer);
  const { id: accountId, email } = account.row;
  if ((await countPasskeys(tx, accountId)) >= maxPasskeys) throw tooManyPasskeys();
  const passkey = await insertPasskey(tx, { id: uuidv7(), accountId, ...made });
  if (!passkey) throw conflict('This passkey is known already', 'input.credential');
  await sendMail(tx, 'PASSKEY_ADDED', email);
  return { account, passkey };
}

const refused = () => badUserInput('input.credential', 'is no answer to what this session asked last');

/** What to keep of a new passkey; null when the answer is forged, or another site's. */
async function verify(
  { id: rpId, origins }: RelyingParty,
  answer: RegistrationResponseJSON,
  expectedChallenge: string,
) {
  try {
    if (!isUnattested(answer)) return null;
    const { registrationInfo: made } = await verifyRegistrationResponse({
      response: answer,
      expectedChallenge,
      expectedOrigin: [...origins],
      expectedRPID: rpId,
      requireUserVerification: true,
      supportedAlgorithmIDs: signatureAlgorithms,
    });
    return (
      made && {
        credentialId: made.credential.id,
        publicKey: new Uint8Array(made.credential.publicKey),
        counter: BigInt(made.credential.counter),
        transports: made.credential.transports ?? [],
        backedUp: made.credentialBackedUp,
      }
    );
  } catch {
    // The library throws for whatever is wrong with an answer; which of it would help nobody but forgers.
    return null;
  }
}

/**
 * Whether no maker of authenticators vouches for it, as was asked for: their certificates name addresses to fetch
 * revocations from, and nobody who signs in has this server fetch anything.
 */
function isUnattested({ response }: RegistrationResponseJSON): boolean {
  const attestation = decodeAttestationObject(
    new Uint8Array(Buffer.from(response.attestationObject, 'base64url')),
  );
  const format = attestation.get('fmt');
  return format === 'none' || (format === 'packed' && !attestation.get('attStmt').get('x5c'));
}
