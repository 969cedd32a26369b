import { DataExportReady } from '@socialhub/platform/contracts/data-export';
import { uuidv7 } from '@socialhub/platform/ids';
import { archiveFaults } from '@socialhub/platform/testing/archive-faults';
import { exported } from '@socialhub/platform/testing/exported';
import { gid } from '@socialhub/platform/testing/gid';
import { dataOf } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mutation, startAuth } from './auth.ts';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => {
  auth = await startAuth();
});
afterAll(() => auth.stop());

it('exports the account, its sessions and what was decided about it, without a hash, a token or who decided', async () => {
  const { input, viewer, tokens } = await auth.register();
  const moderator = await auth.register();
  await auth.db.query("UPDATE account SET role = 'MODERATOR' WHERE id = $1", [moderator.viewer.userId]);
  dataOf(
    await auth
      .as({ ...moderator.viewer, role: 'MODERATOR', scopes: ['moderate'] })
      .execute(mutation('suspendAccount', 'standing { role }'), {
        input: { userId: gid('User', viewer.userId), reason: 'spam' },
      }),
  );
  const files = await exported(auth, viewer.userId);
  expect(files.account).toMatchObject([
    { email: input.email, username: input.username, suspendedReason: 'spam' },
  ]);
  expect(files.sessions).toMatchObject([
    { id: viewer.sessionId, endedBecause: 'SUSPENDED', userAgent: 'test' },
  ]);
  expect(files.decisions).toMatchObject([{ action: 'ACCOUNT_SUSPENDED', reason: 'spam' }]);
  const text = JSON.stringify(files);
  expect(text).not.toMatch(/argon2|hash|token/i);
  expect(text).not.toContain(moderator.viewer.userId);
  expect(text).not.toContain(tokens.refreshToken);
});

it('exports every column of what somebody has here but for those that are named, with a reason, as left out', async () => {
  const { viewer } = await auth.register();
  const { userId, sessionId } = viewer;
  for (const [statement, ...values] of [
    [
      `INSERT INTO passkey (id, account_id, credential_id, public_key, counter, transports, backed_up, name)
       VALUES ($1, $2, 'known', 'x', 0, '{usb}', false, 'Key')`,
      uuidv7(),
      userId,
    ],
    [
      "INSERT INTO two_factor (account_id, sealed_secret, confirmed_at) VALUES ($1, 'a secret', now())",
      userId,
    ],
    [
      `INSERT INTO email_change (id, account_id, new_email, session_id, end_other_sessions, expires_at)
       VALUES ($1, $2, 'new@example.com', $3, true, now())`,
      uuidv7(),
      userId,
      sessionId,
    ],
    [
      `INSERT INTO audit_entry (id, actor_id, action, subject_id, post_id)
       VALUES ($1, $1, 'POST_REMOVED', $2, $1)`,
      uuidv7(),
      userId,
    ],
  ] as [string, ...string[]][]) {
    await auth.db.query(statement, values);
  }
  const files = await exported(auth, userId);
  expect(files['email-changes']).toMatchObject([{ newEmail: 'new@example.com', oldConfirmedAt: null }]);
  expect(await archiveFaults(auth, 'auth', files)).toEqual([]);
});

it('tells the owner by mail when the archive is ready', async () => {
  const { input, viewer } = await auth.register();
  await auth.emit(DataExportReady, {
    exportId: uuidv7(),
    userId: viewer.userId,
    expiresAt: new Date().toISOString(),
  });
  const [mail] = await auth.mailsTo(input.email, 'Your data is ready');
  expect(mail).toContain(`Hello @${input.username}`);
});
