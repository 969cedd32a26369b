import { badUserInput } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity';
import { type OwnAccount, ownAccount } from '../accounts/own-account.ts';
import { type CodeDeps, confirmCode } from '../two-factor/confirm-code.ts';
import { confirmPassword } from './confirm-password.ts';

/** What somebody shows who is signed in and wants to change how they sign in. */
export interface OwnersProof {
  password: string;
  twoFactorCode?: string | null;
}

/**
 * Has the viewer prove by all their factors that the account is theirs: a session that somebody found open must not be
 * enough. Throws BAD_USER_INPUT naming what is wrong, TWO_FACTOR_REQUIRED when a code is needed and missing.
 */
export async function confirmOwner(deps: CodeDeps, viewer: Viewer, proof: OwnersProof): Promise<OwnAccount> {
  const own = await ownAccount(deps.db.prisma, viewer);
  await confirmPassword(deps, viewer, own.row, 'input.password', proof.password);
  await confirmCode(deps, own.row, viewer.sessionId, proof.twoFactorCode, () =>
    badUserInput('input.twoFactorCode', 'is not right, or was used'),
  );
  return own;
}
