import { dataOf, expectError, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { gid, startUsers, type Users } from './people.ts';

let users: Users;
let me: string;
beforeAll(async () => {
  users = await startUsers();
  me = await users.person({ username: 'me_myself', displayName: 'Me Myself' });
});
afterAll(() => users?.stop());

const pageOf = async (who: string | null, query: string, args = '') => {
  const text = `query ($query: String!) { searchUsers(query: $query ${args}) {
    edges { node { username } } pageInfo { endCursor hasNextPage hasPreviousPage } } }`;
  return users.as(who).execute(text, { query });
};
const found = async (query: string, who = me, args = ''): Promise<string[]> =>
  dataOf(await pageOf(who, query, args)).searchUsers.edges.map(
    (edge: { node: { username: string } }) => edge.node.username,
  );

describe('who is looked for by', () => {
  beforeAll(async () => {
    for (const [username, displayName] of [
      ['margaret_h', 'Margaret Hamilton'],
      ['ada_l', 'Ada Lovelace'],
      ['jose77', 'José Ñuñez'],
      ['strasser', 'Käthe Straße'],
      ['hanako', '山田 花子'],
      ['tarou', 'ヤマダ太郎'],
      ['per_cent', '100% _real_ \\o/'],
    ] as const)
      await users.person({ username, displayName });
  });

  test.each([
    ['the beginning of a username', 'marg', ['margaret_h']],
    ['a username as texts name it', '@ADA_L', ['ada_l']],
    ['the beginning of a name', 'ada lov', ['ada_l']],
    ['one letter', 'm', ['me_myself', 'margaret_h']],
    ['a later word', 'hamil', ['margaret_h']],
    ['a name with a letter too few', 'magaret', ['margaret_h']],
    ['a name with letters exchanged', 'hamiltno', ['margaret_h']],
    ['a wrong letter', 'lovelase', ['ada_l']],
    ['a name without its accents', 'jose nunez', ['jose77']],
    ['a name with accents that it has not', 'Márgàret', ['margaret_h']],
    ['what is folded to more letters', 'KATHE STRASSE', ['strasser']],
    ['wide letters', 'ＡＤＡ', ['ada_l']],
    ['a Japanese name', '山田', ['hanako']],
    ['one Japanese character', '山', ['hanako']],
    ['halfwidth kana', 'ﾔﾏﾀﾞ', ['tarou']],
    ['signs that are wildcards elsewhere', '100% _', ['per_cent']],
    ['a name that nobody has', 'zzyzx', []],
    ['wildcards alone', '%_', []],
    ['operators alone', '& | ! <-> *', []],
    ['a backslash', '\\', []],
    ['the sign of a username alone', '@', []],
  ])('%s: %s', async (_what, query, usernames) => {
    expect((await found(query)).toSorted()).toEqual(usernames.toSorted());
  });
});

it('finds by the name that somebody has now', async () => {
  const one = await users.person({ username: 'renamed', displayName: 'Before' });
  dataOf(await users.update(one, { displayName: 'Nachher' }));
  expect(await found('before')).toEqual([]);
  expect(await found('nachher')).toEqual(['renamed']);
});

it('gives whom one follows first, then who is called so, who begins so, and who is like it', async () => {
  const people: Record<string, string> = {};
  for (const [username, displayName] of [
    ['kerberos', 'Somebody'],
    ['x_follow', 'Kerber'],
    ['x_name', 'Kerbero Last'],
    ['x_like', 'Karberos'],
    ['kerberos_2', 'Other'],
  ] as const)
    people[username] = await users.person({ username, displayName });
  dataOf(await users.follow(me, people.x_follow ?? ''));
  const order = await found('kerberos');
  expect(order.slice(0, 2)).toEqual(['x_follow', 'kerberos']);
  expect(order.slice(2).toSorted()).toEqual(['kerberos_2', 'x_like', 'x_name'].toSorted());
  expect(order.indexOf('kerberos_2')).toBeLessThan(order.indexOf('x_like'));
  const [stranger = ''] = await users.people(1);
  expect((await found('kerberos', stranger))[0]).toBe('kerberos');
});

it('finds who is called so among a hundred whom one follows', async () => {
  const [viewer = ''] = await users.people(1);
  await users.person({ username: 'zebra', displayName: 'Somebody' });
  await users.db.query(
    `WITH herd AS (
       INSERT INTO profile (id, username, display_name, search_name, created_at)
       SELECT gen_random_uuid(), 'zebra_' || n, 'Zebra Herd', 'zebra herd', now() FROM generate_series(1, 120) n RETURNING id)
     INSERT INTO follow (follower_id, followee_id, standing) SELECT $1, id, 'FOLLOWING' FROM herd`,
    [viewer],
  );
  const all = await found('zebra', viewer, 'first: 100');
  expect(all).toHaveLength(100);
  expect(all).toContain('zebra');
});

it('finds oneself, and nobody who is away, blocks one or is blocked, whoever asks', async () => {
  const [viewer = ''] = await users.people(1);
  const people: string[] = [];
  for (let n = 0; n < 4; n += 1)
    people.push(await users.person({ username: `quorum_${n}`, displayName: 'Quorum Member' }));
  const [away = '', blocking = '', blocked = '', there = ''] = people;
  await users.stands(away, 'SUSPENDED', 50n);
  dataOf(await users.block(blocking, viewer));
  dataOf(await users.block(viewer, blocked));
  dataOf(await users.follow(viewer, there));
  for (const query of ['quorum', 'quo', 'quorun', 'q', 'quorum member', 'membre'])
    expect(await found(query, viewer), query).toEqual(['quorum_3']);
  const moderator = { userId: viewer, sessionId: viewer, role: 'MODERATOR', scopes: ['moderate'] } as const;
  const answer = await users
    .as(moderator)
    .execute('{ searchUsers(query: "quorum") { edges { node { username } } } }');
  expect(dataOf(answer).searchUsers.edges).toEqual([{ node: { username: 'quorum_3' } }]);
  expect((await found('quorum_3', there))[0]).toBe('quorum_3');
  await users.stands(away, 'ACTIVE', 51n);
  expect((await found('quorum_0', viewer)).toSorted()).toEqual(['quorum_0', 'quorum_3']);
});

it('goes through all that are found page by page, without a gap, and through 100 at most', async () => {
  await users.db.query(
    `INSERT INTO profile (id, username, display_name, search_name, created_at)
     SELECT gen_random_uuid(), 'multitude' || n, 'Multitude', 'multitude', now() FROM generate_series(1, 130) n`,
  );
  for (const [query, count] of [
    ['multitude', 100],
    ['multitude12', 12],
    ['mu', 100],
    ['multitdue', 100],
  ] as const) {
    const all: string[] = [];
    let after = '';
    for (;;) {
      const { edges, pageInfo } = dataOf(await pageOf(me, query, `first: 30 ${after}`)).searchUsers;
      all.push(...edges.map((edge: { node: { username: string } }) => edge.node.username));
      if (!pageInfo.hasNextPage) break;
      after = `after: "${pageInfo.endCursor}"`;
    }
    expect(new Set(all).size, query).toBe(all.length);
    expect(all.length, query).toBeGreaterThanOrEqual(count);
    expect(all.length, query).toBeLessThanOrEqual(100);
    if (count === 100) expect(all, query).toEqual(await found(query, me, 'first: 100'));
  }
});

it('refuses what is empty, not seen, too long or not text, a cursor of another search, and who is signed out', async () => {
  for (const query of ['', '   ', '\u200b\u2060', 'a'.repeat(101), 'é'.repeat(200), 'a\u0000b', '\ud800'])
    expectError(await pageOf(me, query), 'BAD_USER_INPUT', 'query');
  expect(await found('x'.repeat(100))).toEqual([]);
  expect(await found('ﷺ'.repeat(100))).toEqual([]);
  const { pageInfo } = dataOf(await pageOf(me, 'm', 'first: 1')).searchUsers;
  expectError(await pageOf(me, 'n', `after: "${pageInfo.endCursor}"`), 'BAD_USER_INPUT', 'after');
  dataOf(await pageOf(me, 'M', `after: "${pageInfo.endCursor}"`));
  expectError(await pageOf(me, 'm', 'first: 101'), 'BAD_USER_INPUT', 'first');
  expectError(await pageOf(null, 'm'), 'UNAUTHENTICATED');
});

it('folds the names of those who were here before', async () => {
  await users.db.query(
    `INSERT INTO profile (id, username, display_name, created_at)
     SELECT gen_random_uuid(), 'earlier' || n, 'Frühere ' || n, now() FROM generate_series(1, 1200) n`,
  );
  expect(await found('fruhere 7')).toEqual([]);
  await users.db.query(
    `INSERT INTO task (id, kind, subject) VALUES (gen_random_uuid(), 'fold_names', 'profiles')`,
  );
  await users.db.query(`NOTIFY task`);
  await until(async () => (await users.db.query('SELECT 1 FROM task')).rowCount === 0, {
    what: 'the end of the task',
    timeoutMs: 20_000,
  });
  expect((await found('fruhere 700'))[0]).toBe('earlier700');
  const { rows } = await users.db.query(`SELECT count(*)::int AS n FROM profile WHERE search_name = ''`);
  expect(rows[0].n).toBe(0);
});

it('is of the display name as of the username, however long it is', async () => {
  const one = await users.person({ username: 'longname', displayName: 'x' });
  dataOf(await users.update(one, { displayName: 'ﷺ'.repeat(50) }));
  dataOf(await users.update(one, { displayName: '👨‍👩‍👧‍👦'.repeat(50) }));
  expect(await found('longname')).toEqual(['longname']);
  expect(gid(one)).not.toBe('');
});
