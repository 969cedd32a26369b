import { badUserInput } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity';
import { updateEmailVerified } from '../../store/accounts/accounts.ts';
import type { Tx } from '../../store/client.ts';
import { deleteMailToken, deleteMailTokensOf, type TokenUse } from '../../store/mail/mail-tokens.ts';
import { parseMailToken } from '../mail/mail-token.ts';

/**
 * Takes the token out of a mail for proof that its account's address is its owner's. Throws BAD_USER_INPUT for one
 * that is used, too old, or another account's than the viewer's.
 */
export async function verifyEmail(tx: Tx, viewer: Viewer | null, token: string): Promise<void> {
  const use = tokenUse('VERIFY_EMAIL', viewer, token);
  const proof = await deleteMailToken(tx, use);
  if (!proof || !(await updateEmailVerified(tx, proof.accountId, proof.email))) throw tokenRefused();
  await deleteMailTokensOf(tx, proof.accountId, use.kind);
}

/** What is looked for when somebody presents a token. Throws BAD_USER_INPUT when it can't be one. */
export function tokenUse(kind: TokenUse['kind'], viewer: Viewer | null, token: string): TokenUse {
  const hash = parseMailToken(token);
  if (!hash) throw tokenRefused();
  return { hash, kind, viewerId: viewer?.userId ?? null };
}

export const tokenRefused = () => badUserInput('input.token', 'is not valid: it was used, or is too old');
