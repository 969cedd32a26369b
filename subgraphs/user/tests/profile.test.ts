import { UserRegistered } from '@socialhub/platform/contracts/auth';
import { MediaDeleted, MediaReady } from '@socialhub/platform/contracts/media';
import { UserUpdated } from '@socialhub/platform/contracts/user';
import { uuidv7 } from '@socialhub/platform/ids';
import { refusalsBy } from '@socialhub/platform/testing/counted';
import { dataOf, expectError, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gid, mediaGid, minutesAgo, profileFields, startUsers, type Users } from './people.ts';

let users: Users;
beforeAll(async () => {
  users = await startUsers();
});
afterAll(() => users.stop());

describe('viewer and user', () => {
  it('show the profile that a registration made', async () => {
    const id = await users.person({ username: 'ada', displayName: 'Ada' });
    const viewer = dataOf(await users.as(id).execute(`{ viewer { ${profileFields} } }`)).viewer;
    expect(viewer).toEqual({
      id: gid(id),
      username: 'ada',
      displayName: 'Ada',
      bio: null,
      avatar: null,
      banner: null,
      isPrivate: false,
      createdAt: expect.any(String),
      followerCount: 0,
      followingCount: 0,
      viewerRelationship: null,
    });
    expect(await users.profile(id)).toEqual(viewer);
    const byName = await users.as(null).execute('{ user(username: " ADA ") { id } }');
    expect(dataOf(byName).user).toEqual({ id: gid(id) });
  });

  it('say null when nobody is signed in', async () => {
    expect((await users.as(null).execute('{ viewer { id } }')).data).toEqual({ viewer: null });
  });

  it('wait for a person who registered a moment ago', async () => {
    const userId = uuidv7();
    const asked = users.as(userId).execute('{ viewer { username } }');
    const referred = users.entity('User', userId, 'username');
    await users.asked();
    await users.emit(UserRegistered, {
      userId,
      username: 'just_now',
      displayName: 'Just',
      registeredAt: new Date().toISOString(),
    });
    expect(dataOf(await asked).viewer).toEqual({ username: 'just_now' });
    expect(dataOf(await referred)._entities).toEqual([{ username: 'just_now' }]);
  });

  it('are waited for by two requests of a person at once; the third looks once, and is counted', async () => {
    const userId = uuidv7();
    const counted = await refusalsBy('waits for replicas');
    const ask = async () => dataOf(await users.as(userId).execute('{ viewer { username } }')).viewer;
    const asked = [ask(), ask(), ask()];
    expect(await Promise.race(asked)).toBeNull();
    expect(await counted()).toBe(1);
    await users.person({ id: userId, username: 'two_wait' });
    const found = (await Promise.all(asked)).filter((viewer) => viewer?.username === 'two_wait');
    expect(found).toHaveLength(2);
  });

  it('do not wait for a fresh id that a client names, though 300 do so at once', async () => {
    const bob = await users.person();
    const query = 'query ($id: ID!) { user(id: $id) { id } }';
    const ask = () => users.as(bob).execute(query, { id: gid(uuidv7()) });
    // Whoever waits looks again and again.
    expect(await users.countQueries(ask)).toBe(1);
    for (const answer of await Promise.all(Array.from({ length: 300 }, ask)))
      expect(dataOf(answer).user).toBeNull();
    expectError(await users.follow(bob, uuidv7()), 'NOT_FOUND');
  });

  it('do not wait for one who cannot be on the way', async () => {
    const started = Date.now();
    expect(
      dataOf(await users.as(null).execute(`{ user(id: "${gid(minutesAgo(1))}") { id } }`)).user,
    ).toBeNull();
    expect(dataOf(await users.entity('User', minutesAgo(1), 'username'))._entities).toEqual([null]);
    expect(Date.now() - started).toBeLessThan(2_000);
  });

  it.each([
    ['a name that nobody has', '{ user(username: "nobody_here") { id } }'],
    ['no name', '{ user(username: "") { id } }'],
    ['what can be no name', '{ user(username: "a\\u0000b") { id } }'],
    ['an id that nobody has', `{ user(id: "${gid(minutesAgo(2))}") { id } }`],
  ])('are null for %s', async (_what, query) => {
    expect(dataOf(await users.as(null).execute(query))).toEqual({ user: null });
  });

  it.each([
    ['{ user { id } }', 'BAD_USER_INPUT', 'id'],
    [`{ user(id: "${gid(minutesAgo(1))}", username: "ada") { id } }`, 'BAD_USER_INPUT', 'username'],
    ['{ user(id: "1") { id } }', 'BAD_USER_INPUT', 'id'],
    [`{ user(id: "${minutesAgo(1)}") { id } }`, 'BAD_USER_INPUT', 'id'],
    [`{ user(id: "${mediaGid(minutesAgo(1))}") { id } }`, 'BAD_USER_INPUT', 'id'],
  ])('answer %s with %s', async (query, code, field) => {
    const answer = await users.as(null).execute(query);
    expectError(answer, code, field);
    expect(answer.data).toEqual({ user: null });
  });

  it('keep the profile when the registration arrives again, or late', async () => {
    const userId = await users.person({ username: 'once', displayName: 'Once' });
    dataOf(await users.update(userId, { displayName: 'Changed' }));
    await users.person({ id: userId, username: 'once', displayName: 'Once' });
    expect((await users.profile(userId)).displayName).toBe('Changed');
  });
});

describe('updateProfile', () => {
  it('changes what is given, leaves what is absent and tells the others the whole', async () => {
    const id = await users.person({ username: 'changing' });
    const { user } = dataOf(
      await users.update(id, { displayName: ' New  Name ', bio: ' Hello\r\nthere ', isPrivate: true }),
    ).updateProfile;
    expect(user).toMatchObject({ displayName: 'New Name', bio: 'Hello\nthere', isPrivate: true });
    const second = dataOf(await users.update(id, { isPrivate: false })).updateProfile.user;
    expect(second).toMatchObject({ displayName: 'New Name', bio: 'Hello\nthere', isPrivate: false });
    const events = (await users.published(UserUpdated)).filter((event) => event.userId === id);
    expect(events).toEqual([
      { userId: id, username: 'changing', displayName: 'New Name', isPrivate: true },
      { userId: id, username: 'changing', displayName: 'New Name', isPrivate: false },
    ]);
  });

  it('clears with null, and says nothing when nothing changes', async () => {
    const id = await users.person();
    dataOf(await users.update(id, { bio: 'Hello' }));
    expect(dataOf(await users.update(id, { bio: null })).updateProfile.user.bio).toBeNull();
    const before = (await users.published(UserUpdated)).length;
    dataOf(await users.update(id, { bio: '', isPrivate: false }));
    dataOf(await users.update(id, {}));
    expect((await users.published(UserUpdated)).length).toBe(before);
  });

  it('takes up to 500 characters of bio, as people count them', async () => {
    const id = await users.person();
    dataOf(await users.update(id, { bio: '👍🏽'.repeat(500) }));
    expectError(await users.update(id, { bio: '👍🏽'.repeat(501) }), 'BAD_USER_INPUT', 'input.bio');
  });

  it.each([
    ['displayName', ''],
    ['displayName', null],
    ['displayName', 'x'.repeat(51)],
    ['displayName', '\u200b'],
    ['bio', 'x'.repeat(501)],
    ['bio', 'a\u0000b'],
    ['isPrivate', null],
    ['avatarId', 'x'],
    ['bannerId', '018f0000-0000-7000-8000-000000000000'],
  ])('refuses %s: %j', async (field, value) => {
    const id = await users.person();
    expectError(await users.update(id, { [field]: value }), 'BAD_USER_INPUT', `input.${field}`);
  });

  it('is for people who are signed in', async () => {
    expectError(await users.update(null, { bio: 'x' }), 'UNAUTHENTICATED');
  });

  it('is NOT_FOUND for somebody without a profile', async () => {
    expectError(await users.update(minutesAgo(1), { bio: 'x' }), 'NOT_FOUND');
  });
});

describe('avatar and banner', () => {
  const ready = async (ownerId: string, kind: 'IMAGE' | 'VIDEO' = 'IMAGE') => {
    const mediaId = minutesAgo(120);
    await users.emit(MediaReady, { mediaId, ownerId, kind });
    return mediaId;
  };

  it("are images of one's own, until null takes them away", async () => {
    const id = await users.person();
    const [avatarId, bannerId] = [await ready(id), await ready(id)];
    const { user } = dataOf(
      await users.update(id, { avatarId: mediaGid(avatarId), bannerId: mediaGid(bannerId) }),
    ).updateProfile;
    expect(user).toMatchObject({ avatar: { id: mediaGid(avatarId) }, banner: { id: mediaGid(bannerId) } });
    const cleared = dataOf(await users.update(id, { avatarId: null })).updateProfile.user;
    expect(cleared).toMatchObject({ avatar: null, banner: { id: mediaGid(bannerId) } });
  });

  it('may be set before the event of a new image has arrived', async () => {
    const id = await users.person();
    const mediaId = uuidv7();
    const event = { mediaId, ownerId: id, kind: 'IMAGE' } as const;
    const updating = users.update(id, { avatarId: mediaGid(mediaId) });
    await users.asked();
    await users.emit(MediaReady, event);
    await users.emit(MediaReady, event);
    expect(dataOf(await updating).updateProfile.user.avatar).toEqual({ id: mediaGid(mediaId) });
  });

  it("are never another's, a video or one that is not ready", async () => {
    const [id, other] = [await users.person(), await users.person()];
    const wrong = [await ready(other), await ready(id, 'VIDEO'), minutesAgo(200)];
    for (const avatarId of wrong.map(mediaGid)) {
      expectError(await users.update(id, { avatarId }), 'BAD_USER_INPUT', 'input.avatarId');
      expectError(await users.update(id, { bannerId: avatarId }), 'BAD_USER_INPUT', 'input.bannerId');
    }
    expect(await users.profile(id)).toMatchObject({ avatar: null, banner: null });
  });

  it('are gone when their owner deletes them, and can not come back, in whatever order it is heard of', async () => {
    const id = await users.person();
    const [avatarId, bannerId] = [await ready(id), await ready(id)];
    dataOf(await users.update(id, { avatarId: mediaGid(avatarId), bannerId: mediaGid(bannerId) }));
    await users.emit(MediaDeleted, { mediaId: avatarId, ownerId: id });
    expect(await users.profile(id)).toMatchObject({ avatar: null, banner: { id: mediaGid(bannerId) } });
    const early = minutesAgo(90);
    await users.emit(MediaDeleted, { mediaId: early, ownerId: id });
    for (const mediaId of [avatarId, early]) {
      await users.emit(MediaReady, { mediaId, ownerId: id, kind: 'IMAGE' });
      const answer = await users.update(id, { avatarId: mediaGid(mediaId) });
      expectError(answer, 'BAD_USER_INPUT', 'input.avatarId');
    }
    expect(await users.profile(id)).toMatchObject({ avatar: null });
  });

  it('are not put on while they are being deleted, whichever comes first', async () => {
    for (const first of ['update', 'deletion']) {
      const id = await users.person();
      const mediaId = await ready(id);
      const steps = {
        update: () => users.update(id, { avatarId: mediaGid(mediaId) }),
        deletion: () => users.emit(MediaDeleted, { mediaId, ownerId: id }),
      };
      const others = await users.db.connect();
      await others.query('BEGIN');
      await others.query('SELECT 1 FROM profile WHERE id = $1 FOR UPDATE', [id]);
      const waiting = async (count: number) =>
        until(async () => {
          const { rows } = await users.db.query(
            `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
          );
          return rows[0].n >= count;
        });
      const order = first === 'update' ? ['update', 'deletion'] : ['deletion', 'update'];
      const done: Promise<unknown>[] = [];
      for (const [at, step] of order.entries()) {
        done.push(steps[step as keyof typeof steps]());
        await waiting(at + 1);
      }
      await others.query('COMMIT');
      others.release();
      await Promise.all(done);
      expect(await users.profile(id), first).toMatchObject({ avatar: null });
    }
  });
});

it('logs no error for what a client did wrong', () => {
  expect(users.loggedErrors).toEqual([]);
});
