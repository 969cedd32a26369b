import { notFound } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { checkLine } from '@socialhub/platform/text/check-text';
import type { Tx } from '../../store/client.ts';
import { type PasskeyRow, updatePasskeyName } from '../../store/passkeys/passkeys.ts';
import { type OwnAccount, ownAccount } from '../accounts/own-account.ts';

const maxName = 50;

/** Gives one of the viewer's passkeys another name. Throws NOT_FOUND when it is not theirs. */
export async function renamePasskey(
  tx: Tx,
  viewer: Viewer,
  input: { passkeyId: string; name: string },
): Promise<{ account: OwnAccount; passkey: PasskeyRow }> {
  const name = checkPasskeyName(input.name);
  const account = await ownAccount(tx, viewer);
  const passkey = await updatePasskeyName(tx, { id: input.passkeyId, accountId: viewer.userId }, name);
  if (!passkey) throw notFound('Passkey');
  return { account, passkey };
}

/** What its owner tells a passkey by: 1 to 50 characters. Throws BAD_USER_INPUT. */
export const checkPasskeyName = (name: string): string =>
  checkLine('input.name', name, { min: 1, max: maxName });
