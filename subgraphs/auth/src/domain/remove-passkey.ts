import { notFound } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity';
import { deletePasskey } from '../store/passkeys.ts';
import { type OwnAccount, ownAccountForUpdate } from './account.ts';
import type { CodeDeps } from './confirm-code.ts';
import { confirmOwner, type OwnersProof } from './confirm-owner.ts';
import { sendMail } from './send-mail.ts';

/** Removes one of the viewer's passkeys. Throws what `confirmOwner` does, and NOT_FOUND when it is not theirs. */
export async function removePasskey(
  deps: CodeDeps,
  viewer: Viewer,
  input: OwnersProof & { passkeyId: string },
): Promise<OwnAccount> {
  await confirmOwner(deps, viewer, input);
  return deps.db.transaction(async (tx) => {
    const own = await ownAccountForUpdate(tx, viewer);
    if (!(await deletePasskey(tx, { id: input.passkeyId, accountId: own.row.id }))) throw notFound('Passkey');
    await sendMail(tx, 'PASSKEY_REMOVED', own.row.email);
    return own;
  });
}
