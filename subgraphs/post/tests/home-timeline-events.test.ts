import { uuidOf } from '@socialhub/platform/testing/gid';
import { dataOf, expectError, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from './world.ts';

interface Event {
  cursor: string;
  post: { id: string; text: string };
}

let world: World;
let ann: string;
let bob: string;
let stranger: string;

beforeAll(async () => {
  world = await startWorld();
  ann = await world.person('ann');
  bob = await world.person('bob');
  stranger = await world.person('stranger');
  await world.follow(ann, bob);
});
afterAll(() => world?.stop());

const query = `subscription ($after: String) { homeTimelineEvents(after: $after) {
  cursor post { id text author { id } viewerReactions commentCount } } }`;

/** Follows somebody's home timeline, from the cursor or from this moment on; `received` fills as posts come. */
function follow(who: string, after?: string) {
  const received: Event[] = [];
  const stream = world.as(who).subscribe(query, { after });
  const reading = (async () => {
    for await (const answer of stream) received.push(dataOf(answer).homeTimelineEvents);
  })();
  return {
    received,
    ids: () => received.map(({ post }) => post.id),
    has: (id: string) => until(async () => received.some(({ post }) => post.id === id)),
    async stop() {
      await stream.return?.();
      await reading;
    },
  };
}

/** A cursor of theirs behind all that there is. */
async function presentCursor(who: string): Promise<string> {
  const stream = follow(who);
  const id = await world.post(who, 'here I am');
  await stream.has(id);
  await stream.stop();
  return stream.received.at(-1)?.cursor ?? '';
}

test('brings posts of people followed and one’s own, as they come, and no others', async () => {
  const { ids, has, stop } = follow(ann, await presentCursor(ann));
  const expected = [
    await world.post(bob, 'one'),
    await world.post(bob, { text: 'two', visibility: 'FOLLOWERS' }),
  ];
  await world.post(stranger, 'not followed');
  await world.post(stranger, { text: 'hi @ann', visibility: 'MENTIONED' });
  await world.post(bob, { text: 'to nobody', visibility: 'MENTIONED' });
  expected.push(
    await world.post(bob, { text: 'to @ann', visibility: 'MENTIONED' }),
    await world.post(ann, 'mine'),
  );
  await has(expected.at(-1) ?? '');
  expect(ids()).toEqual(expected);
  await stop();
});

test('a follow that is made meanwhile counts at once, and so does its end', async () => {
  const { ids, has, stop } = follow(ann, await presentCursor(ann));
  await world.follow(ann, stranger);
  const seen = await world.post(stranger, 'now you hear me');
  await has(seen);
  await world.unfollow(ann, stranger);
  await world.post(stranger, 'now you do not');
  const last = await world.post(bob, 'last');
  await has(last);
  expect(ids()).toEqual([seen, last]);
  await stop();
});

test('who comes back with a cursor gets what was missed, once and in order, and then what comes', async () => {
  const cursor = await presentCursor(ann);
  const missed = [await world.post(bob, 'missed 1'), await world.post(bob, 'missed 2')];
  const first = follow(ann, cursor);
  await first.has(missed[1] ?? '');
  await first.stop();
  const then = await world.post(bob, 'missed 3');
  const second = follow(ann, first.received[0]?.cursor);
  await second.has(then);
  const live = await world.post(bob, 'live');
  await second.has(live);
  expect(first.ids()).toEqual(missed);
  expect(second.ids()).toEqual([missed[1], then, live]);
  await second.stop();
});

test('random cuts lose nothing and repeat nothing while many write at once', async () => {
  const authors = await Promise.all(Array.from({ length: 6 }, (_, n) => world.person(`writer${n}`)));
  const reader = await world.person('reader');
  for (const author of authors) await world.follow(reader, author);
  let cursor = await presentCursor(reader);
  const posts: string[] = [];
  const writing = Promise.all(
    authors.map(async (author) => {
      for (let n = 0; n < 12; n += 1) posts.push(await world.post(author, `${n}`));
    }),
  );
  const got: string[] = [];
  const take = async (until: Promise<unknown>) => {
    const stream = follow(reader, cursor);
    await until;
    await stream.stop();
    got.push(...stream.ids());
    cursor = stream.received.at(-1)?.cursor ?? cursor;
  };
  for (let cut = 0; cut < 12; cut += 1) {
    const written = posts.length;
    await take(until(async () => posts.length > written + 2 || posts.length >= 70));
  }
  await writing;
  const rest = follow(reader, cursor);
  await until(async () => got.length + rest.received.length >= posts.length);
  await rest.stop();
  got.push(...rest.ids());
  expect(got.toSorted()).toEqual(posts.toSorted());
});

test('a transaction that ends late is not missed, and what came ahead of it comes once', async () => {
  const cursor = await presentCursor(ann);
  const late = await world.db.connect();
  try {
    await late.query('BEGIN');
    const { rows } = await late.query(
      `INSERT INTO posts (id, author_id, text, visibility) VALUES (gen_random_uuid(), $1, 'late', 'PUBLIC') RETURNING id`,
      [bob],
    );
    const ahead = await world.post(bob, 'ahead');
    const first = follow(ann, cursor);
    await first.has(ahead);
    await first.stop();
    await late.query('COMMIT');
    const last = await world.post(bob, 'last');
    const second = follow(ann, first.received.at(-1)?.cursor);
    await second.has(last);
    await second.stop();
    expect(first.ids()).toEqual([ahead]);
    expect(second.ids().map(uuidOf)).toEqual([rows[0].id, uuidOf(last)]);
  } finally {
    late.release();
  }
});

test('a cursor is for whoever got it, and is a real one', async () => {
  const cursor = await presentCursor(ann);
  const first = async (who: string | null, after: string | undefined) => {
    const answer = await world
      .as(who)
      .subscribe(query, { after })
      .next()
      .catch((errors: unknown) => ({ value: { errors } }));
    return answer.value as Parameters<typeof expectError>[0];
  };
  expectError(await first(bob, cursor), 'BAD_USER_INPUT', 'after');
  const [tag, [since, , ahead]] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
  for (const bad of [
    ['x', uuidOf],
    ['1', 'x'],
    ['-1', '00000000-0000-0000-0000-000000000000'],
    ['999999999999', '00000000-0000-0000-0000-000000000000'],
  ]) {
    const forged = Buffer.from(JSON.stringify([tag, [since, bad, ahead]])).toString('base64url');
    expectError(await first(ann, forged), 'BAD_USER_INPUT', 'after');
  }
  expectError(await first(ann, 'nonsense'), 'BAD_USER_INPUT', 'after');
  expectError(await first(null, undefined), 'UNAUTHENTICATED');
  expect(world.loggedErrors).toEqual([]);
});

test('posts that wait for somebody else’s transaction come soon after it has ended, though no signal tells of that', async () => {
  const cursor = await presentCursor(ann);
  const other = await world.db.connect();
  try {
    await other.query('BEGIN');
    await other.query('SELECT pg_current_xact_id()');
    const stream = follow(ann, cursor);
    const posts: string[] = [];
    for (let n = 0; n < 8; n += 1) posts.push(await world.post(bob, `while it lasts ${n}`));
    // Those of other tests last, too: fewer than the first five may have a place ahead of them.
    await stream.has(posts[2] ?? '');
    // What the last signals have the stream read is read before a whole round through the service.
    await world.settle();
    for (let round = 0; round < 5; round += 1)
      await world.as(ann).execute('{ homeTimeline { edges { cursor } } }');
    await other.query('COMMIT');
    // Transactions of other tests on this server may have begun before it has ended, and last.
    await until(
      async () =>
        (
          await world.db.query(
            `SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint > max(written_by) AS ended
             FROM posts WHERE author_id = $1`,
            [bob],
          )
        ).rows[0].ended,
      { what: 'an end of all transactions from before', timeoutMs: 60_000 },
    );
    const began = Date.now();
    await stream.has(posts[7] ?? '');
    expect(Date.now() - began).toBeLessThan(8_000);
    expect(stream.ids()).toEqual(posts);
    await stream.stop();
  } finally {
    other.release();
  }
});

test.each(['+200000-01-01T00:00:00.000Z', '-200000-01-01T00:00:00.000Z', 'yesterday'])(
  'a cursor of the time %s is none of this list',
  async (time) => {
    const cursor = await presentCursor(ann);
    const [tag, [, ...place]] = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    const forged = Buffer.from(JSON.stringify([tag, [time, ...place]])).toString('base64url');
    const { value } = await world.as(ann).subscribe(query, { after: forged }).next();
    expectError(value, 'BAD_USER_INPUT', 'after');
  },
);

test('a fault of the service ends a stream as one, without its words', async () => {
  const after = await presentCursor(ann);
  await world.db.query('ALTER TABLE follows RENAME TO elsewhere');
  try {
    const ended = await world.as(ann).subscribe(query, { after }).next().catch(JSON.stringify);
    expect(ended).toMatch(/INTERNAL_SERVER_ERROR/);
    expect(ended).not.toMatch(/follows/);
  } finally {
    await world.db.query('ALTER TABLE elsewhere RENAME TO follows');
  }
});
