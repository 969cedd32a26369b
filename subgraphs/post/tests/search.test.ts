import { MediaDeleted } from '@socialhub/platform/contracts/media';
import { uuidOf } from '@socialhub/platform/testing/gid';
import { dataOf, expectError, until } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allPages, idsOf, startWorld, type World } from './world.ts';

let world: World;
let ann: string;
let bob: string;
beforeAll(async () => {
  world = await startWorld();
  [ann, bob] = [await world.person('ann'), await world.person('bob')];
});
afterAll(() => world?.stop());

const operation = `query ($query: String!, $first: Int, $after: String) {
  searchPosts(query: $query, first: $first, after: $after) {
    edges { cursor node { id } } pageInfo { endCursor hasNextPage } } }`;
type Args = { first?: number; after?: string | null };
const ask = (who: string | null, query: string, args: Args = {}) =>
  world.as(who).execute(operation, { query, ...args });
const pageOf = async (who: string, query: string, args?: Args) =>
  dataOf(await ask(who, query, args)).searchPosts;
const found = async (who: string, query: string) => idsOf(await pageOf(who, query, { first: 100 }));
const edit = async (who: string, postId: string, text: string) =>
  dataOf(
    await world
      .as(who)
      .execute('mutation ($input: UpdatePostInput!) { updatePost(input: $input) { post { id } } }', {
        input: { postId, text },
      }),
  );

describe('what is searched for', () => {
  it('is found in any form and case, newest first', async () => {
    const one = await world.post(ann, 'We RUN every morning');
    const two = await world.post(bob, 'He was running late; Straße');
    await world.post(ann, 'A runner rested');
    for (const query of ['run', 'Runs', 'RUNNING']) expect(await found(ann, query)).toEqual([two, one]);
    expect(await found(ann, 'running late')).toEqual([two]);
    expect(await found(ann, 'strasse')).toEqual([two]);
    expect(await found(ann, 'run nothing')).toEqual([]);
  });

  it('is a phrase in quotes, as it stands and in its order', async () => {
    const one = await world.post(ann, 'the quick brown fox');
    const two = await world.post(ann, 'the brown quick fox');
    expect(await found(bob, '"quick brown"')).toEqual([one]);
    expect(await found(bob, '"quick brown')).toEqual([one]);
    expect(await found(bob, 'quick brown')).toEqual([two, one]);
    expect(await found(bob, '"quick browns"')).toEqual([]);
    expect(await found(bob, 'fox -"quick brown"')).toEqual([two]);
  });

  it('is in Japanese, Chinese, Thai, Russian and Greek too', async () => {
    const japanese = await world.post(ann, '機械学習が好きです');
    const thai = await world.post(ann, 'ฉันรักภาษาไทย');
    const russian = await world.post(ann, 'Читаю книги');
    const greek = await world.post(ann, 'ΟΔΟΣ');
    expect(await found(bob, '学習')).toEqual([japanese]);
    expect(await found(bob, '機械学習')).toEqual([japanese]);
    expect(await found(bob, '習機')).toEqual([]);
    expect(await found(bob, 'ภาษา')).toEqual([thai]);
    expect(await found(bob, 'книга')).toEqual([russian]);
    expect(await found(bob, 'οδος')).toEqual([greek]);
  });

  it('is by somebody, in a time, with media, with a hashtag, or without', async () => {
    const plain = await world.post(ann, 'walrus');
    const withMedia = await world.post(ann, { text: 'walrus', mediaIds: [await world.media(ann)] });
    const tagged = await world.post(bob, '#Walrus walrus');
    const warned = await world.post(bob, { text: 'look', contentWarning: 'walrus ahead' });
    const all = [warned, tagged, withMedia, plain];
    await world.db.query(`UPDATE posts SET created_at = '2020-02-29T12:00:00Z' WHERE id = $1`, [
      uuidOf(plain),
    ]);
    await world.db.query(`UPDATE post_search SET created_at = '2020-02-29T12:00:00Z' WHERE post_id = $1`, [
      uuidOf(plain),
    ]);
    expect(await found(ann, 'walrus')).toEqual(all);
    expect(await found(bob, 'walrus from:ANN')).toEqual([withMedia, plain]);
    expect(await found(bob, 'walrus -from:@ann')).toEqual([warned, tagged]);
    expect(await found(bob, 'walrus from:nobody_at_all')).toEqual([]);
    expect(await found(bob, 'walrus from:!?')).toEqual([]);
    expect(await found(bob, 'walrus -from:nobody_at_all')).toEqual(all);
    expect(await found(bob, 'walrus has:media')).toEqual([withMedia]);
    const [mediaId = ''] = (
      await world.db.query('SELECT media_ids FROM posts WHERE id = $1', [uuidOf(withMedia)])
    ).rows[0].media_ids;
    expect(await found(bob, 'walrus -has:media')).toEqual([warned, tagged, plain]);
    await world.emit(MediaDeleted, { mediaId, ownerId: ann });
    expect(await found(bob, 'walrus has:media')).toEqual([]);
    expect(await found(bob, '#walrus')).toEqual([tagged]);
    expect(await found(bob, 'walrus -#WALRUS')).toEqual([warned, withMedia, plain]);
    expect(await found(bob, 'walrus before:2020-03-01')).toEqual([plain]);
    expect(await found(bob, 'walrus before:2020-02-29')).toEqual([]);
    expect(await found(bob, 'walrus after:2020-02-28 before:2020-03-01')).toEqual([plain]);
    expect(await found(bob, 'walrus after:2020-02-29')).toEqual([warned, tagged, withMedia]);
  });

  it('is what posts say now', async () => {
    const id = await world.post(ann, 'pelican');
    await edit(ann, id, 'flamingo');
    expect(await found(bob, 'pelican')).toEqual([]);
    expect(await found(bob, 'flamingo')).toEqual([id]);
    dataOf(await world.remove(ann, id));
    expect(await found(bob, 'flamingo')).toEqual([]);
  });

  it.each(["o'clock", '\\back\\slash', 'a | b & c', '!not (this', ':*', 'x <-> y', "';--"])(
    'is words alone, whatever stands in it: %j',
    async (text) => {
      const id = await world.post(ann, `armadillo ${text}`);
      expect(await found(bob, `armadillo ${text}`)).toContain(id);
    },
  );
});

describe('a search', () => {
  it('finds what the viewer may read, and nothing else', async () => {
    const [closed, blocker, gone] = [
      await world.person('closed', { isPrivate: true }),
      await world.person('blocker'),
      await world.person('gone'),
    ];
    await world.follow(bob, closed);
    const open = await world.post(ann, 'narwhal');
    const few = await world.post(ann, { text: 'narwhal', visibility: 'FOLLOWERS' });
    const named = await world.post(ann, { text: 'narwhal @bob', visibility: 'MENTIONED' });
    const hidden = await world.post(closed, 'narwhal');
    const blocked = await world.post(blocker, 'narwhal');
    await world.post(gone, 'narwhal');
    await world.block(blocker, bob);
    await world.stands(gone, 'SUSPENDED');
    const cat = await world.person('cat');
    expect(await found(cat, 'narwhal')).toEqual([blocked, open]);
    expect(await found(bob, 'narwhal')).toEqual([hidden, named, open]);
    expect(await found(ann, 'narwhal')).toEqual([blocked, named, few, open]);
    expect(await found(bob, 'narwhal from:blocker')).toEqual([]);
    expectError(await ask(null, 'narwhal'), 'UNAUTHENTICATED');
  });

  it('pages without a gap or a repeat while more come in', async () => {
    const written: string[] = [];
    for (let n = 0; n < 7; n += 1) written.unshift(await world.post(ann, `ibex ${n}`));
    const seen = await allPages(async (after) => {
      const page = await pageOf(bob, 'ibex', { first: 2, after });
      await world.post(ann, 'ibex later');
      return page;
    });
    expect(seen).toEqual(written);
    const { edges } = await pageOf(bob, 'ibex');
    expectError(await ask(bob, 'other', { after: edges[0].cursor }), 'BAD_USER_INPUT', 'after');
    expectError(await ask(ann, 'ibex', { after: edges[0].cursor }), 'BAD_USER_INPUT', 'after');
    expectError(await ask(bob, 'ibex', { first: 101 }), 'BAD_USER_INPUT', 'first');
  });

  it.each([
    '',
    '%_\\',
    '-no',
    'from:ann',
    'has:media',
    'x'.repeat(201),
    'a before:2026-02-31',
    'a has:links',
    'a\u0000',
  ])('for %j is refused', async (query) => expectError(await ask(bob, query), 'BAD_USER_INPUT', 'query'));

  it('takes 200 characters and 32 words, each of which may be cut', async () => {
    const id = await world.post(ann, 'x'.repeat(200));
    expect(await found(bob, 'x'.repeat(200))).toEqual([id]);
    dataOf(await ask(bob, Array.from({ length: 32 }, (_, n) => `w${n}`).join(' ')));
    expect(world.loggedErrors).toEqual([]);
  });
});

describe('the index', () => {
  it('takes those that were there before it by a task that outlives restarts', async () => {
    const { rows } = await world.db.query(
      `INSERT INTO posts (id, author_id, text, visibility, hashtags, media_ids)
       SELECT gen_random_uuid(), $1, 'archaeopteryx', 'PUBLIC', '{}', '{}'
       FROM generate_series(1, 250) RETURNING id`,
      [ann],
    );
    expect(await found(bob, 'archaeopteryx')).toEqual([]);
    await world.db.query(
      `INSERT INTO task (id, kind, subject) VALUES (gen_random_uuid(), 'index_posts', 'all')`,
    );
    await world.db.query('NOTIFY task');
    await until(
      async () => (await world.db.query(`SELECT 1 FROM task WHERE kind = 'index_posts'`)).rows.length === 0,
      {
        timeoutMs: 20_000,
      },
    );
    const seen = await allPages((after) => pageOf(bob, 'archaeopteryx', { first: 100, after }));
    expect(seen.map(uuidOf).toSorted()).toEqual(rows.map(({ id }) => id).toSorted());
    expect(world.loggedErrors).toEqual([]);
  });
});

describe('among many posts', () => {
  /** So many posts of Ann's, of which each n-th, in seconds before now, has other words. */
  const write = (count: number, text: string, visibility = `'PUBLIC'`) =>
    world.db.query(
      `WITH written AS (
         INSERT INTO posts (id, author_id, text, visibility, created_at)
         SELECT gen_random_uuid(), $1, ${text}, (${visibility})::visibility, now() - n * interval '1 second'
         FROM generate_series(1, ${count}) AS n RETURNING id, text, created_at)
       INSERT INTO post_search (post_id, created_at, words) SELECT id, created_at,
         to_tsvector('simple', text) || array_to_tsvector(ARRAY[to_char(created_at AT TIME ZONE 'UTC', '~YYYY-MM')])
       FROM written`,
      [ann],
    );

  it('a word is found by its index where it is rare, and page by page where it is frequent', async () => {
    await write(
      30_000,
      `CASE WHEN n % 2 = 0 THEN 'everywhere' ELSE 'else' END || CASE WHEN n IN (3, 700, 29000) THEN ' seldom' ELSE '' END`,
    );
    for (const word of ['seldom', 'seldom -everywhere', '"else seldom"'])
      expect((await found(bob, word)).length).toBe(word === 'seldom' ? 3 : 1);
    const first = await pageOf(bob, 'everywhere', { first: 100 });
    const next = await pageOf(bob, 'everywhere', { first: 100, after: first.pageInfo.endCursor });
    expect(new Set([...idsOf(first), ...idsOf(next)]).size).toBe(200);
    // The stems of its words, and a stretch of the latest posts.
    expect(await world.countQueries(() => pageOf(bob, 'everywhere'))).toBe(2);
    expect(await world.countQueries(() => pageOf(bob, 'seldom'))).toBe(3);
  });

  it('a word that was frequent long ago is found there, month by month, and a page says where it goes on', async () => {
    await world.db.query(
      `WITH written AS (
         INSERT INTO posts (id, author_id, text, visibility, hashtags, media_ids, created_at)
         SELECT gen_random_uuid(), $1, CASE WHEN n > 10200 THEN 'filler' ELSE 'bygone' END, 'PUBLIC', '{}', '{}',
           CASE WHEN n > 10800 THEN timestamptz '2025-02-15T00:00:00Z' WHEN n > 10200 THEN timestamptz '2023-06-15T00:00:00Z'
             WHEN n <= 5 THEN timestamptz '2024-05-01T00:00:00Z' ELSE timestamptz '2020-03-01T00:00:00Z' END
             - n % 7 * interval '10 days' - (n / 40 % 2) * interval '1 hour'
         FROM generate_series(1, 11400) AS n RETURNING id, text, created_at)
       INSERT INTO post_search (post_id, created_at, words)
       SELECT id, created_at, array_to_tsvector(ARRAY[text, to_char(created_at AT TIME ZONE 'UTC', '~YYYY-MM')]) FROM written`,
      [ann],
    );
    const pages: number[] = [];
    const seen: string[] = [];
    let after: string | null = null;
    for (let n = 0; n < 5; n += 1) {
      const page = await pageOf(bob, 'bygone before:2025-12-31', { first: 100, after });
      pages.push(page.edges.length);
      seen.push(...idsOf(page));
      after = page.pageInfo.endCursor;
      expect(page.pageInfo.hasNextPage).toBe(true);
    }
    expect(pages).toEqual([5, 0, 100, 100, 100]);
    const { rows } = await world.db.query(
      `SELECT post_id FROM post_search WHERE words @@ 'bygone' ORDER BY created_at DESC, post_id DESC LIMIT 305`,
    );
    expect(seen.map(uuidOf)).toEqual(rows.map(({ post_id }) => post_id));
  });

  it('a phrase of frequent words that is nowhere costs a page no more than 10,000 posts or so', async () => {
    await world.db.query(
      `WITH written AS (
         INSERT INTO posts (id, author_id, text, visibility, hashtags, media_ids, created_at)
         SELECT gen_random_uuid(), $1, 'knees weak', 'PUBLIC', '{}', '{}',
           timestamptz '2018-01-15T00:00:00Z' + n % 12 * interval '1 month' + n * interval '1 second'
         FROM generate_series(1, 24000) AS n RETURNING id, created_at)
       INSERT INTO post_search (post_id, created_at, words)
       SELECT id, created_at, ('knees:1 weak:2 ''' || to_char(created_at AT TIME ZONE 'UTC', '~YYYY-MM') || '''')::tsvector FROM written`,
      [ann],
    );
    const query = '"weak knees" before:2019-01-01';
    // The latest of them, all at once in vain, when the first was written, and six months of 2,000 or what is left of them.
    expect(await world.countQueries(() => pageOf(bob, query))).toBe(9);
    expect(await allPages((after) => pageOf(bob, query, { after }))).toEqual([]);
  });

  it('a page of a frequent word that is hardly ever for the viewer says where it goes on, and nothing is left out', async () => {
    await write(45_000, `'veiled'`, `CASE WHEN n IN (10, 30000, 44990) THEN 'PUBLIC' ELSE 'FOLLOWERS' END`);
    const pages: number[] = [];
    const seen = await allPages(async (after) => {
      const page = await pageOf(bob, 'veiled', { after });
      pages.push(page.edges.length);
      return page;
    });
    expect(new Set(seen).size).toBe(3);
    expect(seen).toHaveLength(3);
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.length).toBeLessThan(12);
  });
});
