import { BellRung, BellSilenced, UserFollowed, UserUnfollowed } from '@socialhub/platform/contracts/user';
import { uuidv7 } from '@socialhub/platform/ids';
import { dataOf, expectError, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gid, minutesAgo, startUsers, type Users } from './people.ts';

let users: Users;
beforeAll(async () => {
  users = await startUsers();
});
afterAll(() => users?.stop());

const pair = async () => (await users.people(2)) as [string, string];
const follower = async () => {
  const [ada, bob] = await pair();
  dataOf(await users.follow(ada, bob));
  return [ada, bob] as const;
};
const bellOf = async (who: string, of: string): Promise<boolean> =>
  (await users.profile(of, who)).viewerRelationship.bell;
/** What was published of one person's bells. */
const toldOf = async (followerId: string, contract: typeof BellRung | typeof BellSilenced) =>
  (await users.published(contract)).filter((event) => event.followerId === followerId);

describe('a bell', () => {
  it('is silent until a follower rings it, and rings once however often it is asked', async () => {
    const [ada, bob] = await follower();
    expect(await bellOf(ada, bob)).toBe(false);
    for (let i = 0; i < 3; i += 1) {
      const { user } = dataOf(await users.ring(ada, bob)).ringBell;
      expect(user).toMatchObject({
        id: gid(bob),
        followerCount: 1,
        viewerRelationship: { follow: 'FOLLOWING', bell: true },
      });
    }
    expect(await toldOf(ada, BellRung)).toEqual([
      { followerId: ada, followeeId: bob, at: expect.any(String) },
    ]);
  });

  it('is silenced once however often it is asked, and the follow stays', async () => {
    const [ada, bob] = await follower();
    dataOf(await users.ring(ada, bob));
    for (let i = 0; i < 2; i += 1) {
      const { user } = dataOf(await users.silence(ada, bob)).silenceBell;
      expect(user.viewerRelationship).toMatchObject({ follow: 'FOLLOWING', bell: false });
    }
    expect(await toldOf(ada, BellSilenced)).toHaveLength(1);
    dataOf(await users.ring(ada, bob));
    expect(await bellOf(ada, bob)).toBe(true);
    expect(await toldOf(ada, BellRung)).toHaveLength(2);
  });

  it('is of one direction, and of whom it belongs to alone', async () => {
    const [ada, bob] = await follower();
    const [eve] = await pair();
    dataOf(await users.follow(bob, ada));
    dataOf(await users.follow(eve, bob));
    dataOf(await users.ring(ada, bob));
    expect([await bellOf(ada, bob), await bellOf(bob, ada), await bellOf(eve, bob)]).toEqual([
      true,
      false,
      false,
    ]);
  });

  const endings: Record<string, (ada: string, bob: string) => Promise<unknown>> = {
    'an unfollow': (ada, bob) => users.unfollow(ada, bob),
    'a block': async (ada, bob) => {
      dataOf(await users.block(ada, bob));
      return users.unblock(ada, bob);
    },
    'a block by the other': async (ada, bob) => {
      dataOf(await users.block(bob, ada));
      return users.unblock(bob, ada);
    },
  };

  it.each(Object.keys(endings))('ends with the follow: %s', async (what) => {
    const [ada, bob] = await follower();
    dataOf(await users.ring(ada, bob));
    dataOf((await endings[what]?.(ada, bob)) as never);
    expect(await bellOf(ada, bob)).toBe(false);
    dataOf(await users.follow(ada, bob));
    expect(await bellOf(ada, bob), 'a new follow begins without it').toBe(false);
  });

  it('stays when the account goes private, for those who follow it', async () => {
    const [ada, bob] = await follower();
    dataOf(await users.ring(ada, bob));
    dataOf(await users.update(bob, { isPrivate: true }));
    dataOf(await users.follow(ada, bob));
    expect(await bellOf(ada, bob)).toBe(true);
  });

  it('is not rung by a request that turns into a follow', async () => {
    const [ada, bob] = await pair();
    dataOf(await users.update(bob, { isPrivate: true }));
    dataOf(await users.follow(ada, bob));
    expectError(await users.ring(ada, bob), 'BAD_USER_INPUT', 'input.userId');
    dataOf(await users.update(bob, { isPrivate: false }));
    expect(await bellOf(ada, bob)).toBe(false);
    dataOf(await users.ring(ada, bob));
    expect(await bellOf(ada, bob)).toBe(true);
  });
});

describe('at once', () => {
  it('one person who rings from several devices does it once', async () => {
    const [ada, bob] = await follower();
    for (const answer of await Promise.all(Array.from({ length: 4 }, () => users.ring(ada, bob))))
      dataOf(answer);
    expect(await toldOf(ada, BellRung)).toHaveLength(1);
  });

  it('two people who ring for each other both do', async () => {
    const [ada, bob] = await follower();
    dataOf(await users.follow(bob, ada));
    for (const answer of await Promise.all([users.ring(ada, bob), users.ring(bob, ada)])) dataOf(answer);
    expect([await bellOf(ada, bob), await bellOf(bob, ada)]).toEqual([true, true]);
  });

  it('a bell that waits for the end of its follow finds none', async () => {
    const [ada, bob] = await follower();
    const holder = await users.db.connect();
    const waiting = async (count: number) => {
      const { rows } = await users.db.query(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
      );
      return rows.length === count;
    };
    try {
      await holder.query('BEGIN');
      await holder.query('SELECT 1 FROM profile WHERE id = $1 FOR UPDATE', [bob]);
      const ending = users.unfollow(ada, bob);
      await until(() => waiting(1));
      const ringing = users.ring(ada, bob);
      await until(() => waiting(2));
      await holder.query('COMMIT');
      dataOf(await ending);
      expectError(await ringing, 'BAD_USER_INPUT', 'input.userId');
    } finally {
      holder.release();
    }
    expect(await bellOf(ada, bob)).toBe(false);
    expect(await toldOf(ada, BellRung)).toEqual([]);
  });

  it('of many who follow, ring and end it, what is told in its order is what is', async () => {
    const [star = '', ...fans] = await users.people(9);
    await users.db.query(`
      CREATE TABLE told (nth bigint, name text, follower_id uuid);
      CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        INSERT INTO told VALUES (NEW.id, NEW.name, (NEW.payload ->> 'followerId')::uuid);
        RETURN NEW;
      END $$;
      CREATE TRIGGER keep AFTER INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION keep();`);
    const acts = ['follow', 'ring', 'unfollow', 'follow', 'silence', 'ring'] as const;
    await Promise.all(fans.flatMap((fan) => acts.map((act) => users[act](fan, star))));
    await users.db.query('DROP TRIGGER keep ON outbox');

    const { rows: told } = await users.db.query('SELECT name, follower_id AS fan FROM told ORDER BY nth');
    const bells = new Map<string, boolean>();
    for (const { name, fan } of told) {
      if (name === UserFollowed.name) bells.set(fan, false);
      else if (name === UserUnfollowed.name) bells.delete(fan);
      else if (bells.has(fan)) bells.set(fan, name === BellRung.name);
    }
    const { rows } = await users.db.query(
      'SELECT follower_id AS fan, bell FROM follow WHERE followee_id = $1 ORDER BY follower_id',
      [star],
    );
    expect([...bells].sort()).toEqual(rows.map(({ fan, bell }) => [fan, bell]));
    expect(told.length).toBeGreaterThan(fans.length * 2);
    expect(users.loggedErrors).toEqual([]);
  });
});

describe('the bell of somebody', () => {
  const hidden = async (change: (ada: string, bob: string) => Promise<unknown>) => {
    const [ada, bob] = await follower();
    await change(ada, bob);
    return [ada, bob] as const;
  };
  const cases: [
    string,
    () => Promise<readonly [string, string]>,
    ring: string | null,
    silence: string | null,
  ][] = [
    ['whom one does not follow', pair, 'BAD_USER_INPUT', null],
    [
      'whom one has asked to follow',
      async () => {
        const [ada, bob] = await pair();
        dataOf(await users.update(bob, { isPrivate: true }));
        dataOf(await users.follow(ada, bob));
        return [ada, bob];
      },
      'BAD_USER_INPUT',
      null,
    ],
    ['whom one blocks', () => hidden((ada, bob) => users.block(ada, bob)), 'BAD_USER_INPUT', null],
    ['who blocks one', () => hidden((ada, bob) => users.block(bob, ada)), 'NOT_FOUND', 'NOT_FOUND'],
    [
      'whose account is not active',
      () => hidden((_, bob) => users.stands(bob, 'SUSPENDED')),
      'NOT_FOUND',
      'NOT_FOUND',
    ],
    [
      'who is oneself',
      async () => {
        const [ada] = await pair();
        return [ada, ada];
      },
      'BAD_USER_INPUT',
      'BAD_USER_INPUT',
    ],
    ['who is nobody', async () => [(await pair())[0], minutesAgo(1)], 'NOT_FOUND', 'NOT_FOUND'],
    ['without an id', async () => [(await pair())[0], 'bob'], 'BAD_USER_INPUT', 'BAD_USER_INPUT'],
    ['with the id of nothing', async () => [(await pair())[0], ''], 'BAD_USER_INPUT', 'BAD_USER_INPUT'],
  ];

  it.each(cases)('%s is rung and silenced with its code', async (_what, given, ring, silence) => {
    const [who, whom] = await given();
    for (const [act, code] of [
      ['ring', ring],
      ['silence', silence],
    ] as const) {
      const answer = await users[act](who, whom);
      if (code === null) dataOf(answer);
      else expectError(answer, code, code === 'BAD_USER_INPUT' ? 'input.userId' : undefined);
    }
    expect(await toldOf(who, BellRung)).toEqual([]);
    expect(await toldOf(who, BellSilenced)).toEqual([]);
    expect(users.loggedErrors).toEqual([]);
  });

  it('whose account is not active is not rung by a moderator either, who finds them', async () => {
    const [mod, bob] = await follower();
    await users.stands(bob, 'SUSPENDED');
    const moderator = { userId: mod, sessionId: uuidv7(), role: 'MODERATOR' as const, scopes: ['moderate'] };
    const text = 'mutation ($id: ID!) { ringBell(input: { userId: $id }) { user { id } } }';
    expectError(await users.as(moderator).execute(text, { id: gid(bob) }), 'NOT_FOUND');
    expect(await toldOf(mod, BellRung)).toEqual([]);
  });

  it('is for people who are signed in', async () => {
    const [, bob] = await pair();
    expectError(await users.ring(null, bob), 'UNAUTHENTICATED');
    expectError(await users.silence(null, bob), 'UNAUTHENTICATED');
  });

  it('is read with the rest of the relationship, in one statement for many people', async () => {
    const [ada, bob] = await follower();
    const eve = await users.person();
    dataOf(await users.ring(ada, bob));
    const ids = [bob, eve, ada].map(gid);
    let nodes: unknown[] = [];
    const statements = await users.countQueries(async () => {
      const query =
        'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on User { viewerRelationship { follow followedBy blocking bell } } } }';
      nodes = dataOf(await users.as(ada).execute(query, { ids })).nodes;
    });
    const none = { follow: 'NONE', followedBy: false, blocking: false, bell: false };
    expect(nodes).toEqual([
      { viewerRelationship: { ...none, follow: 'FOLLOWING', bell: true } },
      { viewerRelationship: none },
      { viewerRelationship: null },
    ]);
    // The people, and how the viewer stands to them.
    expect(statements).toBe(2);
  });
});
