import { type AuthenticationResponseJSON, verifyAuthenticationResponse } from '@simplewebauthn/server';
import type { Database } from '@socialhub/platform/database/database';
import { unauthenticated } from '@socialhub/platform/errors';
import type { ClientInfo } from '@socialhub/platform/identity/identity';
import { findAccountForShare } from '../../store/accounts/accounts.ts';
import type { Client, Tx } from '../../store/client.ts';
import { deleteChallenge } from '../../store/passkeys/passkey-challenges.ts';
import {
  findPasskeyByCredential,
  type PasskeyRow,
  updatePasskeyUsed,
} from '../../store/passkeys/passkeys.ts';
import type { Lifetimes } from '../../store/sessions/sessions.ts';
import { challengeOf, readAssertion } from '../passkeys/passkey-json.ts';
import { bytesOfId, type RelyingParty } from '../passkeys/relying-party.ts';
import { openSession } from '../sessions/open-session.ts';
import type { Throttles } from '../throttling/throttles.ts';
import { admit } from './admit.ts';
import type { SignIn } from './log-in.ts';

interface Deps {
  db: Database<Client>;
  throttles: Throttles;
  client: ClientInfo;
  relyingParty: RelyingParty;
}

/** A passkey's answer that is good. */
export interface PasskeyUse {
  passkey: PasskeyRow;
  counter: number;
  backedUp: boolean;
}

/**
 * Checks the answer of somebody's passkey. Throws UNAUTHENTICATED, with one message, for whatever is wrong with it; such
 * answers count as failures of the address.
 */
export async function checkPasskey(deps: Deps, input: { credential: string }): Promise<PasskeyUse> {
  const { client, throttles } = deps;
  const answer = readAssertion('input.credential', input.credential);
  await throttles.passkeyFailuresPerAddress.check(client.ipAddress);
  const use = await verify(deps, answer);
  if (use) return use;
  await throttles.passkeyFailuresPerAddress.count(client.ipAddress);
  throw refused();
}

/**
 * Opens a session of the account that the passkey belongs to. The device has checked who holds it: that is both factors.
 * Throws UNAUTHENTICATED when the passkey is gone, or its answer was used, FORBIDDEN with the reason when the account is
 * suspended.
 */
export async function logInWithPasskey(
  tx: Tx,
  use: PasskeyUse,
  { client, lifetimes }: { client: ClientInfo; lifetimes: Lifetimes },
): Promise<SignIn> {
  const account = await findAccountForShare(tx, use.passkey.accountId);
  // It was removed, or another answer with the same count came first.
  if (!account || !(await updatePasskeyUsed(tx, use.passkey.id, use))) throw refused();
  const present = await admit(tx, account);
  if (!present) throw refused();
  const session = await openSession(tx, { ...present, hasPassedTwoFactor: true }, client, lifetimes);
  if (!session) throw refused();
  return { account: present, session };
}

const refused = () => unauthenticated('This passkey is not known here, or its answer is not good');

/** Whose answer it is; null when it is forged, used, too old or another site's. */
async function verify(
  { db, relyingParty }: Deps,
  answer: AuthenticationResponseJSON,
): Promise<PasskeyUse | null> {
  const challenge = challengeOf(answer.response.clientDataJSON);
  if (challenge === null || !(await deleteChallenge(db.prisma, { challenge, sessionId: null }))) return null;
  const passkey = await findPasskeyByCredential(db.prisma, answer.id);
  if (!passkey || answer.response.userHandle !== handleOf(passkey)) return null;
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer,
      expectedChallenge: challenge,
      expectedOrigin: [...relyingParty.origins],
      expectedRPID: relyingParty.id,
      requireUserVerification: true,
      credential: {
        id: passkey.credentialId,
        publicKey: new Uint8Array(passkey.publicKey),
        counter: Number(passkey.counter),
      },
    });
    const { newCounter: counter, credentialBackedUp: backedUp } = authenticationInfo;
    return verified ? { passkey, counter, backedUp } : null;
  } catch {
    // The library throws for whatever is wrong with an answer; which of it would help nobody but forgers.
    return null;
  }
}

const handleOf = (passkey: PasskeyRow): string =>
  Buffer.from(bytesOfId(passkey.accountId)).toString('base64url');
