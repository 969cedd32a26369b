import { DataExportReady } from '@socialhub/platform/contracts/data-export';
import { uuidv7 } from '@socialhub/platform/ids';
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
