import {
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { decodeAttestationObject } from '@simplewebauthn/server/helpers';
import { badUserInput, conflict } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity';
import { uuidv7 } from '@socialhub/platform/ids';
import { deleteChallenge, insertChallenge } from '../../store/passkeys/passkey-challenges.ts';
import {
  countPasskeys,
  insertPasskey,
  listPasskeys,
  type PasskeyRow,
} from '../../store/passkeys/passkeys.ts';
import { type OwnAccount, ownAccount, ownAccountForUpdate } from '../accounts/own-account.ts';
import { sendMail } from '../mail/send-mail.ts';
import { confirmOwner, type OwnersProof } from '../reauthentication/confirm-owner.ts';
import type { CodeDeps } from '../two-factor/confirm-code.ts';
import { challengeOf, readRegistration } from './passkey-json.ts';
import { bytesOfId, challengeSeconds, type RelyingParty, signatureAlgorithms } from './relying-party.ts';
import { checkPasskeyName } from './rename-passkey.ts';

/** So that a list of them is short. */
const maxPasskeys = 20;

type PasskeyDeps = CodeDeps & { relyingParty: RelyingParty };

/**
 * What a browser or a phone makes a passkey by, as the JSON that it takes. Throws what `confirmOwner` does, and CONFLICT
 * when the viewer has as many as one may.
 */
export async function beginPasskey(deps: PasskeyDeps, viewer: Viewer, proof: OwnersProof): Promise<string> {
  const { row } = await confirmOwner(deps, viewer, proof);
  const present = await listPasskeys(deps.db.prisma, [row.id]);
  if (present.length >= maxPasskeys) throw tooMany();
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

/**
 * Keeps the passkey that was made, and tells the owner by mail. Throws BAD_USER_INPUT for an answer that is no good, or
 * to no question that this session asked, CONFLICT for a passkey that is known.
 */
export async function addPasskey(
  deps: PasskeyDeps,
  viewer: Viewer,
  input: { credential: string; name?: string | null },
): Promise<{ account: OwnAccount; passkey: PasskeyRow }> {
  const { db } = deps;
  const name = checkPasskeyName(input.name ?? 'Passkey');
  const answer = readRegistration('input.credential', input.credential);
  const { row } = await ownAccount(db.prisma, viewer);
  const challenge = challengeOf(answer.response.clientDataJSON);
  const isAsked =
    challenge !== null && (await deleteChallenge(db.prisma, { challenge, sessionId: viewer.sessionId }));
  if (!isAsked) throw refused();
  const made = await verify(deps.relyingParty, answer, challenge);
  if (!made) throw refused();
  return db.transaction(async (tx) => {
    const account = await ownAccountForUpdate(tx, viewer);
    if ((await countPasskeys(tx, row.id)) >= maxPasskeys) throw tooMany();
    const passkey = await insertPasskey(tx, { id: uuidv7(), accountId: row.id, name, ...made });
    if (!passkey) throw conflict('This passkey is known already', 'input.credential');
    await sendMail(tx, 'PASSKEY_ADDED', account.row.email);
    return { account, passkey };
  });
}

const refused = () => badUserInput('input.credential', 'is no answer to what this session asked last');
const tooMany = () => conflict(`Nobody has more than ${maxPasskeys} passkeys`);

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
