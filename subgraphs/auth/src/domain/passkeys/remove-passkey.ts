import { notFound } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity';
import { deletePasskey } from '../../store/passkeys/passkeys.ts';
import { type OwnAccount, ownAccountForUpdate } from '../accounts/own-account.ts';
import { sendMail } from '../mail/send-mail.ts';
import { confirmOwner, type OwnersProof } from '../reauthentication/confirm-owner.ts';
import type { CodeDeps } from '../two-factor/confirm-code.ts';

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
