import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { AccountStandingChanged } from '@socialhub/platform/contracts/auth';
import {
  CommentRemoved,
  CommentRestored,
  PostRemoved,
  PostRestored,
} from '@socialhub/platform/contracts/post';
import type { Viewer } from '@socialhub/platform/identity/identity';
import { isUuid, uuidv7 } from '@socialhub/platform/ids';
import { gid } from '@socialhub/platform/testing/gid';
import { dataOf, expectError, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mutation, startAuth, viewerOf } from '../auth.ts';
import { turnOnTwoFactor } from '../two-factor.ts';

let auth: Awaited<ReturnType<typeof startAuth>>;
let admin: Person;
let moderator: Person;
beforeAll(async () => {
  auth = await startAuth();
  admin = await person('ADMIN');
  moderator = await person('MODERATOR');
});
afterAll(() => auth.stop());

type Person = Awaited<ReturnType<typeof auth.register>>;

async function person(role = 'MEMBER'): Promise<Person> {
  const registered = await auth.register();
  await auth.db.query('UPDATE account SET role = $2::role WHERE id = $1', [registered.account.id, role]);
  return registered;
}

const standing = 'standing { user { id } role suspendedAt suspendedReason }';
/** What is no UUID stays as it is. */
const userGid = (id: string): string => (isUuid(id) ? gid('User', id) : id);
const setRole = (viewer: Viewer | null, id: string, role: string) =>
  auth.as(viewer).execute(mutation('setRole', standing), { input: { userId: userGid(id), role } });
const suspend = (viewer: Viewer | null, id: string, reason = 'spam') =>
  auth.as(viewer).execute(mutation('suspendAccount', standing), { input: { userId: userGid(id), reason } });
const reinstate = (viewer: Viewer | null, id: string) =>
  auth.as(viewer).execute(mutation('reinstateAccount', standing), { input: { userId: userGid(id) } });
const standingOf = (viewer: Viewer | null, id: string) =>
  auth
    .as(viewer)
    .execute(
      'query ($userId: ID!) { accountStanding(userId: $userId) { user { id } role suspendedAt suspendedReason } }',
      { userId: userGid(id) },
    );
const log = (viewer: Viewer | null, args = '') =>
  auth.as(viewer).execute(`{ auditLog${args} {
    edges { cursor node { actor { id } action subject { id } fromRole toRole reason createdAt } }
    pageInfo { hasNextPage endCursor } } }`);
const entriesAbout = async (id: string) =>
  dataOf(await log(admin.viewer, '(first: 100)'))
    .auditLog.edges.map((edge: { node: { subject: { id: string } } }) => edge.node)
    .filter((node: { subject: { id: string } }) => node.subject.id === gid('User', id));
const isRevoked = (viewer: Viewer) => () =>
  auth.revoked.some((heard) => (heard as { sessionId: string }).sessionId === viewer.sessionId);

describe('setRole', () => {
  it('gives a role, which the next tokens carry', async () => {
    const { account, tokens } = await person();
    expect(dataOf(await setRole(admin.viewer, account.id, 'MODERATOR')).setRole.standing).toEqual({
      user: { id: gid('User', account.id) },
      role: 'MODERATOR',
      suspendedAt: null,
      suspendedReason: null,
    });
    const next = dataOf(await auth.refresh(tokens.refreshToken)).refreshTokens.tokens;
    expect(viewerOf(next.accessToken).role).toBe('MODERATOR');
    expect(await entriesAbout(account.id)).toMatchObject([
      {
        actor: { id: gid('User', admin.account.id) },
        action: 'ROLE_SET',
        fromRole: 'MEMBER',
        toRole: 'MODERATOR',
      },
    ]);
  });

  it('is told to gateways, be it more or less, and not told when nothing changes', async () => {
    const { account } = await person();
    for (const role of ['MODERATOR', 'MODERATOR', 'MEMBER']) await setRole(admin.viewer, account.id, role);
    const heard = () =>
      auth.roleChanges.filter((change) => (change as { userId: string }).userId === account.id);
    await until(() => heard().length >= 2);
    await auth.settle();
    expect(heard()).toEqual([
      { userId: account.id, role: 'MODERATOR' },
      { userId: account.id, role: 'MEMBER' },
    ]);
  });

  it('ends the sessions of those who lose one', async () => {
    const { account, tokens, viewer } = await person('MODERATOR');
    dataOf(await setRole(admin.viewer, account.id, 'MEMBER'));
    expectError(await auth.refresh(tokens.refreshToken), 'UNAUTHENTICATED');
    await until(isRevoked(viewer));
  });

  it('is for admins, of this moment and not of the token, and not for their own', async () => {
    const { account, viewer } = await person();
    for (const who of [
      viewer,
      moderator.viewer,
      { ...viewer, role: 'ADMIN' as const, scopes: ['administer'] },
    ]) {
      expectError(await setRole(who, account.id, 'ADMIN'), 'FORBIDDEN');
    }
    expectError(await setRole(null, account.id, 'ADMIN'), 'UNAUTHENTICATED');
    expectError(await setRole(admin.viewer, admin.account.id, 'MEMBER'), 'FORBIDDEN');
    expectError(await setRole(admin.viewer, '018f0000-0000-7000-8000-000000000000', 'ADMIN'), 'NOT_FOUND');
    expectError(await setRole(admin.viewer, 'x', 'ADMIN'), 'BAD_USER_INPUT', 'input.userId');
    expect(await entriesAbout(account.id)).toEqual([]);
  });

  it('notes nothing when nothing changes', async () => {
    const { account } = await person();
    dataOf(await setRole(admin.viewer, account.id, 'MEMBER'));
    expect(await entriesAbout(account.id)).toEqual([]);
  });

  it('leaves one of two admins who depose each other', async () => {
    const [one, other] = [await person('ADMIN'), await person('ADMIN')];
    const answers = await Promise.all([
      setRole(one.viewer, other.account.id, 'MEMBER'),
      setRole(other.viewer, one.account.id, 'MEMBER'),
    ]);
    expect(answers.filter((answer) => answer.errors)).toHaveLength(1);
  });
});

describe('suspendAccount', () => {
  it('ends the sessions at once, and lets them sign in no more', async () => {
    const { account, input, tokens, viewer } = await person();
    const { standing } = dataOf(
      await suspend(moderator.viewer, account.id, ' sells watches '),
    ).suspendAccount;
    expect(standing).toMatchObject({ suspendedAt: expect.any(String), suspendedReason: 'sells watches' });
    await until(isRevoked(viewer));
    expectError(await auth.refresh(tokens.refreshToken), 'UNAUTHENTICATED');
    expectError(await auth.as(viewer).execute('{ account { id } }'), 'UNAUTHENTICATED');
    const refused = await auth.logIn(input.email);
    expectError(refused, 'FORBIDDEN');
    expect(refused.errors?.[0]?.message).toContain('sells watches');
    expectError(await auth.logIn(input.email, 'not the password'), 'UNAUTHENTICATED');

    const [told] = await auth.mailsTo(input.email, 'Your account is suspended');
    expect(told).toContain('Their reason: sells watches');

    dataOf(await reinstate(moderator.viewer, account.id));
    await auth.mailsTo(input.email, 'Your account is not suspended any more');
    dataOf(await auth.logIn(input.email));
    expectError(await auth.refresh(tokens.refreshToken), 'UNAUTHENTICATED');
    expect(await entriesAbout(account.id)).toMatchObject([
      { actor: { id: gid('User', moderator.account.id) }, action: 'ACCOUNT_REINSTATED', reason: null },
      {
        actor: { id: gid('User', moderator.account.id) },
        action: 'ACCOUNT_SUSPENDED',
        reason: 'sells watches',
      },
    ]);
  });

  it('writes nothing that is not so any more when the mail goes out', async () => {
    const { account, input } = await person();
    await auth.allMailTo(input.email);
    // Whoever looks for mail that waits does not get at it before both are done.
    await auth.db.query("ALTER TABLE mail ALTER due_at SET DEFAULT now() + interval '1 hour'");
    try {
      dataOf(await suspend(moderator.viewer, account.id));
      dataOf(await reinstate(moderator.viewer, account.id));
    } finally {
      await auth.db.query('ALTER TABLE mail ALTER due_at SET DEFAULT CURRENT_TIMESTAMP');
    }
    await auth.db.query("UPDATE mail SET due_at = now(); SELECT pg_notify('mail', '')");
    const mails = await auth.allMailTo(input.email);
    expect(mails.filter((mail) => mail.includes('Your account is'))).toHaveLength(1);
    await auth.mailsTo(input.email, 'Your account is not suspended any more');
  });

  it('leaves no session to those who sign in meanwhile', async () => {
    const { account, input } = await person();
    const [suspended, ...signIns] = await Promise.all([
      suspend(admin.viewer, account.id),
      ...Array.from({ length: 8 }, () => auth.logIn(input.email)),
    ]);
    dataOf(suspended);
    for (const { data } of signIns.filter((answer) => answer.data?.logIn)) {
      expectError(await auth.refresh(data.logIn.tokens.refreshToken), 'UNAUTHENTICATED');
    }
  });

  it('is for moderators over members and for admins over everybody else', async () => {
    const [member, other, otherAdmin] = [await person(), await person('MODERATOR'), await person('ADMIN')];
    for (const { account } of [other, otherAdmin, moderator]) {
      expectError(await suspend(moderator.viewer, account.id), 'FORBIDDEN');
      expectError(await reinstate(moderator.viewer, account.id), 'FORBIDDEN');
    }
    for (const act of [suspend, reinstate]) {
      expectError(await act(member.viewer, other.account.id), 'FORBIDDEN');
      expectError(await act(member.viewer, member.account.id), 'FORBIDDEN');
      expectError(await act(admin.viewer, admin.account.id), 'FORBIDDEN');
      expectError(await act(null, member.account.id), 'UNAUTHENTICATED');
      expectError(await act(admin.viewer, '018f0000-0000-7000-8000-000000000000'), 'NOT_FOUND');
    }
    dataOf(await suspend(admin.viewer, other.account.id));
    dataOf(await suspend(admin.viewer, otherAdmin.account.id));
  });

  it('takes no power from a moderator who is suspended, though the token has it', async () => {
    const [bad, member] = [await person('MODERATOR'), await person()];
    dataOf(await suspend(admin.viewer, bad.account.id));
    expectError(await suspend(bad.viewer, member.account.id), 'UNAUTHENTICATED');
  });

  it.each([[''], ['  '], ['x'.repeat(501)], ['a\u0000b']])('wants a reason, not %j', async (reason) => {
    const { account } = await person();
    expectError(await suspend(admin.viewer, account.id, reason), 'BAD_USER_INPUT', 'input.reason');
  });
});

describe('accountStanding', () => {
  it('tells moderators the role of somebody, and since when and why they are suspended', async () => {
    const { account } = await person();
    const read = async () => dataOf(await standingOf(moderator.viewer, account.id)).accountStanding;
    const user = { id: gid('User', account.id) };
    expect(await read()).toEqual({ user, role: 'MEMBER', suspendedAt: null, suspendedReason: null });
    dataOf(await setRole(admin.viewer, account.id, 'MODERATOR'));
    const { standing: suspended } = dataOf(await suspend(admin.viewer, account.id, 'spam')).suspendAccount;
    expect(await read()).toEqual(suspended);
    expect(suspended).toMatchObject({ role: 'MODERATOR', suspendedReason: 'spam' });
  });

  it('tells nobody else, not even of oneself', async () => {
    const { account, viewer } = await person();
    expectError(await standingOf(null, account.id), 'UNAUTHENTICATED');
    expectError(await standingOf(viewer, account.id), 'FORBIDDEN');
    expectError(
      await standingOf({ ...viewer, role: 'ADMIN', scopes: ['moderate'] }, admin.account.id),
      'FORBIDDEN',
    );
    expectError(await standingOf(moderator.viewer, uuidv7()), 'NOT_FOUND');
    expectError(await standingOf(moderator.viewer, '1'), 'BAD_USER_INPUT', 'userId');
  });
});

it('other services hear how the account stands after every change', async () => {
  const { account } = await person();
  dataOf(await setRole(admin.viewer, account.id, 'MODERATOR'));
  dataOf(await setRole(admin.viewer, account.id, 'MODERATOR'));
  dataOf(await suspend(admin.viewer, account.id));
  dataOf(await reinstate(admin.viewer, account.id));
  dataOf(await reinstate(admin.viewer, account.id));
  const heard = await auth.published(AccountStandingChanged);
  expect(heard.filter(({ userId }) => userId === account.id)).toMatchObject([
    { role: 'MODERATOR', standing: 'ACTIVE' },
    { role: 'MODERATOR', standing: 'SUSPENDED' },
    { role: 'MODERATOR', standing: 'ACTIVE' },
  ]);
});

describe('auditLog', () => {
  it('is read by admins, page by page, newest first', async () => {
    const { account } = await person();
    for (const role of ['MODERATOR', 'ADMIN', 'MEMBER'])
      dataOf(await setRole(admin.viewer, account.id, role));
    const all = dataOf(await log(admin.viewer, '(first: 3)')).auditLog;
    expect(all.edges.map((edge: { node: { toRole: string } }) => edge.node.toRole)).toEqual([
      'MEMBER',
      'ADMIN',
      'MODERATOR',
    ]);
    const first = dataOf(await log(admin.viewer, '(first: 1)')).auditLog;
    expect(first.edges).toEqual(all.edges.slice(0, 1));
    const rest = dataOf(await log(admin.viewer, `(first: 2, after: "${first.pageInfo.endCursor}")`)).auditLog;
    expect(rest.edges).toEqual(all.edges.slice(1));
    expectError(await log(admin.viewer, '(first: 101)'), 'BAD_USER_INPUT', 'first');
    expectError(await log(admin.viewer, '(after: "x")'), 'BAD_USER_INPUT', 'after');
    expectError(await log(moderator.viewer), 'FORBIDDEN');
    expectError(await log(null), 'UNAUTHENTICATED');
  });

  it('has what moderators did to posts and comments, once each', async () => {
    const { account } = await person();
    const [postId, commentId] = [uuidv7(), uuidv7()];
    const done = { postId, authorId: account.id, moderatorId: moderator.account.id };
    const at = new Date().toISOString();
    const envelope = { id: uuidv7() };
    for (const _twice of [1, 2]) {
      await auth.emit(PostRemoved, { ...done, mediaIds: [], reason: 'spam', at }, envelope);
    }
    await auth.emit(PostRestored, { ...done, mediaIds: [], at });
    await auth.emit(CommentRemoved, { ...done, commentId, reason: 'rude', at });
    await auth.emit(CommentRestored, { ...done, commentId, at });
    const { rows } = await auth.db.query('SELECT * FROM audit_entry WHERE subject_id = $1 ORDER BY id', [
      account.id,
    ]);
    const entry = { actor_id: moderator.account.id, created_at: new Date(at), post_id: postId };
    expect(rows).toMatchObject([
      { ...entry, action: 'POST_REMOVED', reason: 'spam', comment_id: null },
      { ...entry, action: 'POST_RESTORED', reason: null, comment_id: null },
      { ...entry, action: 'COMMENT_REMOVED', reason: 'rude', comment_id: commentId },
      { ...entry, action: 'COMMENT_RESTORED', reason: null, comment_id: commentId },
    ]);
    const last = dataOf(
      await auth.as(admin.viewer).execute(`{ auditLog(first: 100) {
        edges { node { action reason subject { id } post { id } comment { id } } } } }`),
    ).auditLog.edges.map((edge: { node: unknown }) => edge.node);
    expect(last).toContainEqual({
      action: 'COMMENT_REMOVED',
      reason: 'rude',
      subject: { id: gid('User', account.id) },
      post: { id: gid('Post', postId) },
      comment: { id: gid('Comment', commentId) },
    });
  });

  it.each([
    ["UPDATE audit_entry SET reason = 'nothing'"],
    ['DELETE FROM audit_entry'],
    ['TRUNCATE audit_entry'],
  ])('refuses %s', async (sql) => {
    await expect(auth.db.query(sql)).rejects.toThrow('the audit log is append-only');
  });
});

describe('npm run admin', { timeout: 90_000 }, () => {
  const run = (...words: string[]) =>
    promisify(execFile)(process.execPath, ['infra/local/src/admin.ts', ...words], {
      env: { ...process.env, AUTH_DATABASE_URL: auth.config.DATABASE_URL },
    });

  it('makes the first admin, who can make others', async () => {
    const { account, input, viewer } = await person();
    const { stdout } = await run('grant', input.username.toUpperCase());
    expect(stdout).toContain('is an admin');
    expect(await entriesAbout(account.id)).toMatchObject([
      { actor: null, action: 'ROLE_SET', toRole: 'ADMIN' },
    ]);
    dataOf(await setRole(viewer, (await person()).account.id, 'MODERATOR'));
    await run('revoke', input.username);
    expectError(await setRole(viewer, moderator.account.id, 'ADMIN'), 'UNAUTHENTICATED');
    await until(isRevoked(viewer));
  });

  it('lets in who has lost their authenticator app, and says so by mail and in the log', async () => {
    const { account, input, viewer } = await person();
    await turnOnTwoFactor(auth, viewer);
    expectError(await auth.logIn(input.email), 'TWO_FACTOR_REQUIRED');
    await run('drop-two-factor', input.username);
    dataOf(await auth.logIn(input.email));
    expect(await entriesAbout(account.id)).toMatchObject([{ actor: null, action: 'TWO_FACTOR_DROPPED' }]);
    await auth.mailsTo(input.email, 'Two-factor authentication is off');
    await expect(run('drop-two-factor', input.username)).rejects.toMatchObject({
      code: 1,
      stderr: `Nobody has two-factor authentication on with the username ${input.username}.\n`,
    });
  });

  it('says in one sentence what is wrong', async () => {
    await expect(run('grant', 'nobody_at_all')).rejects.toMatchObject({
      code: 1,
      stderr: 'Nobody has the username nobody_at_all.\n',
    });
    await expect(run('grant')).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('Usage') });
  });

  it('acts in the service’s container too, where the database’s address is in a file', async () => {
    const { account, input } = await person();
    const folder = await mkdtemp(join(tmpdir(), 'socialhub-admin-'));
    await writeFile(join(folder, 'url'), auth.config.DATABASE_URL);
    const env = { ...process.env, DATABASE_URL: '', DATABASE_URL_FILE: join(folder, 'url') };
    const words = ['infra/docker/admin.ts', 'grant', input.username];
    await promisify(execFile)(process.execPath, words, { env });
    await rm(folder, { recursive: true });
    expect(await entriesAbout(account.id)).toMatchObject([{ action: 'ROLE_SET', toRole: 'ADMIN' }]);
  });
});

it('a hundred references to passkeys or entries of the log cost a member one statement at most', async () => {
  const member = await person();
  const counted = async (type: 'AuditEntry' | 'Passkey') => {
    const query = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on ${type} { createdAt } } }`;
    const r = Array.from({ length: 100 }, () => ({ __typename: type, id: gid(type, uuidv7()) }));
    return auth.countQueries(async () => {
      const { _entities } = dataOf(await auth.as(viewerOf(member.tokens.accessToken)).execute(query, { r }));
      expect(_entities).toEqual(r.map(() => null));
    });
  };
  expect(await counted('AuditEntry')).toBe(0);
  expect(await counted('Passkey')).toBe(1);
});

it('a hundred references to entries of the log cost an admin three statements', async () => {
  const subject = await person();
  await suspend(admin.viewer, subject.account.id);
  const { rows } = await auth.db.query('SELECT id FROM audit_entry WHERE subject_id = $1', [
    subject.account.id,
  ]);
  const ids = [...rows.map(({ id }: { id: string }) => id), ...Array.from({ length: 99 }, () => uuidv7())];
  const r = ids.map((id) => ({ __typename: 'AuditEntry', id: gid('AuditEntry', id) }));
  const query = 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on AuditEntry { action } } }';
  const counted = () =>
    auth.countQueries(async () => {
      const { _entities } = dataOf(await auth.as({ ...admin.viewer, role: 'ADMIN' }).execute(query, { r }));
      expect(_entities).toEqual([{ action: 'ACCOUNT_SUSPENDED' }, ...Array.from({ length: 99 }, () => null)]);
    });
  // The account, its sessions and the entries; what the suspension has set going counts too until it is done.
  await until(async () => (await counted()) === 3, { what: 'three statements' });
});
