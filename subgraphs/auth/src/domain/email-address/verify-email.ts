import type { Viewer } from '@socialhub/platform/identity/identity';
import { updateEmailVerified } from '../../store/accounts/accounts.ts';
import type { Tx } from '../../store/client.ts';
import { deleteMailToken, deleteMailTokensOf } from '../../store/mail/mail-tokens.ts';
import { tokenRefused, tokenUse } from '../mail/mail-token-use.ts';

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
