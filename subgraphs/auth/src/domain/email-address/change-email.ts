import { badUserInput, notFound } from '@socialhub/platform/errors';
import type { Viewer } from '@socialhub/platform/identity';
import { uuidv7 } from '@socialhub/platform/ids';
import type { Tx } from '../../store/client.ts';
import {
  deleteEmailChange,
  findEmailChange,
  insertEmailChange,
} from '../../store/email-address/email-changes.ts';
import { type OwnAccount, ownAccount, ownAccountForUpdate } from '../accounts/own-account.ts';
import { checkEmail } from '../mail/email-address.ts';
import { sendMail } from '../mail/send-mail.ts';
import { confirmPassword } from '../reauthentication/confirm-password.ts';
import { type CodeDeps, confirmCode } from '../two-factor/confirm-code.ts';

const goodForSeconds = 86_400;

/**
 * Queues the links with which the viewer confirms another address, at the present one and at the new one. Whether the
 * new one is taken is found out when its mail is sent: the answer is the same. Throws BAD_USER_INPUT, and RATE_LIMITED
 * by password, account and network.
 */
export async function changeEmail(
  deps: CodeDeps,
  viewer: Viewer,
  input: {
    newEmail: string;
    currentPassword: string;
    twoFactorCode?: string | null;
    endOtherSessions?: boolean;
  },
): Promise<OwnAccount> {
  const { db, throttles, client } = deps;
  const newEmail = checkEmail('input.newEmail', input.newEmail);
  const own = await ownAccount(db.prisma, viewer);
  await confirmPassword(deps, viewer, own.row, 'input.currentPassword', input.currentPassword);
  await confirmCode(deps, own.row, viewer.sessionId, input.twoFactorCode, () =>
    badUserInput('input.twoFactorCode', 'is not right, or was used'),
  );
  if (newEmail === own.row.email) throw badUserInput('input.newEmail', 'is your address already');
  await throttles.mailsPerAddress.count(client.ipAddress);
  await throttles.mailsPerRequester.count(`CHANGE_EMAIL ${own.row.id}`);
  const { userId: accountId, sessionId } = viewer;
  const { endOtherSessions = true } = input;
  return db.transaction(async (tx) => {
    // Two tabs at once wait for each other: the later one's address is the pending one.
    const account = await ownAccountForUpdate(tx, viewer);
    await insertEmailChange(
      tx,
      { id: uuidv7(), accountId, newEmail, sessionId, endOtherSessions },
      goodForSeconds,
    );
    await sendMail(tx, 'CHANGE_EMAIL_FROM', account.row.email, accountId);
    await sendMail(tx, 'CHANGE_EMAIL_TO', newEmail, accountId);
    return account;
  });
}

/** Drops the change that is pending; the links for it are worth nothing from then on. Throws NOT_FOUND. */
export async function cancelEmailChange(tx: Tx, viewer: Viewer): Promise<OwnAccount> {
  const own = await ownAccount(tx, viewer);
  const isPending = (await findEmailChange(tx, own.row.id)) !== null;
  await deleteEmailChange(tx, own.row.id);
  if (!isPending) throw notFound('Pending change');
  return own;
}
