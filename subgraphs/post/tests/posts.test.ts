import { MediaDeleted, MediaReady } from '@socialhub/platform/contracts/media';
import { PostCreated, PostDeleted, PostUpdated } from '@socialhub/platform/contracts/post';
import { uuidv7 } from '@socialhub/platform/ids';
import { exported } from '@socialhub/platform/testing/exported';
import { gid, uuidOf } from '@socialhub/platform/testing/gid';
import { dataOf, expectError } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startWorld, type World } from './world.ts';

let world: World;
let ann: string;
let bob: string;

beforeAll(async () => {
  world = await startWorld();
  ann = await world.person('ann');
  bob = await world.person('Bob');
});
afterAll(() => world?.stop());

test('a post has what its author gave it', async () => {
  const media = [await world.media(ann), await world.media(ann)];
  const quoted = await world.post(bob, 'first');
  const id = await world.post(ann, {
    text: '  Hello\u2028@bob and @nobody, #Zürich! ',
    contentWarning: 'bad\r\nweather',
    visibility: 'FOLLOWERS',
    mediaIds: media,
    quoteOfId: quoted,
  });
  const post = await world.read(
    ann,
    id,
    `author { id } text contentWarning visibility media { id } hashtags mentions { id } quoteOf { id text }
     createdAt editedAt edits { edges { cursor } } commentCount reactions { emoji }
     viewerReactions comments { edges { cursor } pageInfo { hasNextPage } }`,
  );
  expect(post).toEqual({
    author: { id: gid('User', ann) },
    text: 'Hello\n@bob and @nobody, #Zürich!',
    contentWarning: 'bad weather',
    visibility: 'FOLLOWERS',
    media: media.map((mediaId) => ({ id: mediaId })),
    hashtags: ['zürich'],
    mentions: [{ id: gid('User', bob) }],
    quoteOf: { id: quoted, text: 'first' },
    createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    editedAt: null,
    edits: { edges: [] },
    commentCount: 0,
    reactions: [],
    viewerReactions: [],
    comments: { edges: [], pageInfo: { hasNextPage: false } },
  });
  expect(Math.abs(Date.now() - Date.parse(post.createdAt))).toBeLessThan(5_000);
  const events = await world.published(PostCreated);
  expect(events.find(({ postId }) => postId === uuidOf(id))).toEqual({
    postId: uuidOf(id),
    authorId: ann,
    visibility: 'FOLLOWERS',
    mentionedIds: [bob],
    quoteOfId: uuidOf(quoted),
    quoteOfAuthorId: bob,
    createdAt: post.createdAt,
  });
});

test('a post is public unless it says otherwise', async () => {
  expect(await world.read(null, await world.post(ann, 'hi'), 'visibility')).toEqual({ visibility: 'PUBLIC' });
});

test('500 characters are 500 grapheme clusters', async () => {
  const family = '👨‍👩‍👧‍👦';
  expect(await world.post(ann, family.repeat(500))).toBeTruthy();
  expectError(await world.tryPost(ann, { text: family.repeat(501) }), 'BAD_USER_INPUT', 'input.text');
});

test('a post with media may do without text', async () => {
  const id = await world.post(ann, { text: ' ', mediaIds: [await world.media(ann)] });
  expect(await world.read(ann, id, 'text')).toEqual({ text: '' });
});

test.each([
  ['empty text', { text: '' }, 'input.text'],
  ['blank text', { text: ' \n ' }, 'input.text'],
  ['control characters', { text: 'a\u0000b' }, 'input.text'],
  ['a long content warning', { text: 'a', contentWarning: 'w'.repeat(201) }, 'input.contentWarning'],
  [
    'five media',
    { text: 'a', mediaIds: Array.from({ length: 5 }, () => gid('Media', uuidv7())) },
    'input.mediaIds',
  ],
  ['media ids that are none', { text: 'a', mediaIds: ['x'] }, 'input.mediaIds'],
  ['a quoted id that is none', { text: 'a', quoteOfId: 'x' }, 'input.quoteOfId'],
  ['an empty idempotency key', { text: 'a', idempotencyKey: '' }, 'input.idempotencyKey'],
])('%s is refused', async (_what, input, field) => {
  expectError(await world.tryPost(ann, input), 'BAD_USER_INPUT', field);
});

test('media that are not known, and media of another, are refused', async () => {
  expectError(
    await world.tryPost(ann, { text: 'a', mediaIds: [gid('Media', uuidv7())] }),
    'BAD_USER_INPUT',
    'input.mediaIds',
  );
  const foreign = await world.media(bob);
  expectError(
    await world.tryPost(ann, { text: 'a', mediaIds: [foreign] }),
    'BAD_USER_INPUT',
    'input.mediaIds',
  );
});

test('media that become ready a moment later are waited for', async () => {
  const mediaId = uuidv7();
  const posting = world.tryPost(ann, { text: 'a', mediaIds: [gid('Media', mediaId)] });
  await world.emit(MediaReady, { mediaId, ownerId: ann, kind: 'IMAGE' as const });
  expect((await posting).errors).toBeUndefined();
});

test('media that their owner deletes are left out, wherever the post is read, and can’t be attached any more', async () => {
  const [gone, left] = [await world.media(ann), await world.media(ann)];
  const id = await world.post(ann, { text: 'two', mediaIds: [gone, left] });
  const alone = await world.post(ann, { text: '', mediaIds: [gone] });
  await world.emit(MediaDeleted, { mediaId: uuidOf(gone), ownerId: ann });
  expect(await world.read(ann, id, 'text media { id }')).toEqual({ text: 'two', media: [{ id: left }] });
  expect(await world.read(ann, alone, 'text media { id }')).toEqual({ text: '', media: [] });
  const { posts = [] } = await exported(world, ann);
  expect(posts.slice(-2).map(({ mediaIds }) => mediaIds)).toEqual([[uuidOf(left)], []]);
  const early = uuidv7();
  await world.emit(MediaDeleted, { mediaId: early, ownerId: ann });
  await world.emit(MediaReady, { mediaId: early, ownerId: ann, kind: 'IMAGE' as const });
  for (const mediaId of [gone, gid('Media', early)]) {
    const answer = await world.tryPost(ann, { text: 'again', mediaIds: [mediaId] });
    expectError(answer, 'BAD_USER_INPUT', 'input.mediaIds');
  }
});

test('what is not open to everybody can not be quoted, but by its author', async () => {
  const hidden = await world.post(bob, { text: 'for few', visibility: 'FOLLOWERS' });
  expectError(await world.tryPost(ann, { text: 'see', quoteOfId: hidden }), 'NOT_FOUND');
  expectError(await world.tryPost(ann, { text: 'see', quoteOfId: gid('Post', uuidv7()) }), 'NOT_FOUND');
  await world.follow(ann, bob);
  expectError(
    await world.tryPost(ann, { text: 'see', quoteOfId: hidden }),
    'BAD_USER_INPUT',
    'input.quoteOfId',
  );
  await world.unfollow(ann, bob);
});

test('a quoted author who may not read the quoting post is not told of', async () => {
  const quoted = await world.post(bob, 'quotable');
  const id = await world.post(ann, { text: 'for my people', visibility: 'FOLLOWERS', quoteOfId: quoted });
  const events = await world.published(PostCreated);
  expect(events.find(({ postId }) => postId === uuidOf(id))).toMatchObject({
    quoteOfId: uuidOf(quoted),
    quoteOfAuthorId: null,
  });
});

test('a quote outlives what it quotes', async () => {
  const quoted = await world.post(bob, 'soon gone');
  const id = await world.post(ann, { text: 'see', quoteOfId: quoted });
  dataOf(await world.remove(bob, quoted));
  expect(await world.read(ann, id, 'text quoteOf { id }')).toEqual({ text: 'see', quoteOf: null });
});

test('the same key gives the same post, once, even at the same time', async () => {
  const input = { text: 'once', idempotencyKey: 'k1' };
  const ids = await Promise.all([world.post(ann, input), world.post(ann, input), world.post(ann, input)]);
  expect(new Set(ids).size).toBe(1);
  expect(await world.post(ann, input)).toBe(ids[0]);
  expect(await world.post(bob, input)).not.toBe(ids[0]);
  const events = await world.published(PostCreated);
  expect(events.filter(({ postId }) => postId === uuidOf(ids[0] ?? ''))).toHaveLength(1);
});

const updatePost = (who: string | null, input: object) =>
  world
    .as(who)
    .execute(
      'mutation ($input: UpdatePostInput!) { updatePost(input: $input) { post { id text editedAt } } }',
      {
        input,
      },
    );

test('an edit keeps the earlier words', async () => {
  const postId = await world.post(ann, { text: 'one #a', contentWarning: 'w' });
  dataOf(await updatePost(ann, { postId, text: 'two #b @bob' }));
  dataOf(await updatePost(ann, { postId, contentWarning: null }));
  const post = await world.read(
    ann,
    postId,
    'text contentWarning hashtags mentions { id } editedAt edits { edges { node { text contentWarning editedAt } } }',
  );
  expect(post).toEqual({
    text: 'two #b @bob',
    contentWarning: null,
    hashtags: ['b'],
    mentions: [{ id: gid('User', bob) }],
    editedAt: expect.any(String),
    edits: {
      edges: [
        { node: { text: 'one #a', contentWarning: 'w', editedAt: expect.any(String) } },
        { node: { text: 'two #b @bob', contentWarning: 'w', editedAt: post.editedAt } },
      ],
    },
  });
  const events = (await world.published(PostUpdated)).filter((event) => event.postId === uuidOf(postId));
  expect(events.map(({ mentionedIds }) => mentionedIds)).toEqual([[bob], [bob]]);
});

test('the same words again are no edit', async () => {
  const postId = await world.post(ann, 'same');
  expect(dataOf(await updatePost(ann, { postId, text: ' same ' })).updatePost.post.editedAt).toBeNull();
});

test('concurrent edits are all kept', async () => {
  const postId = await world.post(ann, 'v0');
  await Promise.all([1, 2, 3, 4, 5].map((n) => updatePost(ann, { postId, text: `v${n}` })));
  const { text, edits } = await world.read(ann, postId, 'text edits { edges { node { text } } }');
  const earlier = edits.edges.map(({ node }: { node: { text: string } }) => node.text);
  expect([text, ...earlier].sort()).toEqual(['v0', 'v1', 'v2', 'v3', 'v4', 'v5']);
});

test("another's post can't be changed, nor known of", async () => {
  const postId = await world.post(ann, { text: 'mine', visibility: 'MENTIONED' });
  expectError(await updatePost(bob, { postId, text: 'yours' }), 'NOT_FOUND');
  expectError(await updatePost(ann, { postId, text: ' ' }), 'BAD_USER_INPUT', 'input.text');
  expectError(await updatePost(ann, { postId: 'x', text: 'a' }), 'BAD_USER_INPUT', 'input.postId');
  expectError(await updatePost(null, { postId, text: 'a' }), 'UNAUTHENTICATED');
  expectError(await world.remove(bob, postId), 'NOT_FOUND');
  expectError(await world.remove(null, postId), 'UNAUTHENTICATED');
  expectError(await world.remove(ann, '1'), 'BAD_USER_INPUT', 'input.postId');
  expect(await world.read(ann, postId, 'text')).toEqual({ text: 'mine' });
});

test('a deleted post is gone with its comments and reactions', async () => {
  const cat = await world.person('cat');
  const postId = await world.post(cat, 'bye');
  const commentId = await world.comment(bob, postId, 'no!');
  await world.react(bob, postId, '😢');
  const postCount = async () => dataOf(await world.entity('User', cat, 'postCount'))._entities[0].postCount;
  expect(await postCount()).toBe(1);
  const answer = await world.remove(cat, postId);
  expect(dataOf(answer).deletePost.deletedId).toBe(postId);
  expect(await world.read(cat, postId)).toBeNull();
  expect(dataOf(await world.entity('Comment', commentId, 'id', bob))._entities).toEqual([null]);
  expect(await postCount()).toBe(0);
  const { rows } = await world.db.query(
    'SELECT (SELECT count(*) FROM comments WHERE post_id = $1) + (SELECT count(*) FROM post_reactions WHERE post_id = $1) AS n',
    [uuidOf(postId)],
  );
  expect(rows[0].n).toBe('0');
  expectError(await world.remove(cat, postId), 'NOT_FOUND');
  expect(await world.published(PostDeleted)).toContainEqual({ postId: uuidOf(postId), authorId: cat });
});

test('a post that nobody wrote is not found; an id that is none is refused', async () => {
  const find = (id: string) => world.as(ann).execute('query ($id: ID!) { post(id: $id) { id } }', { id });
  expect(dataOf(await find(gid('Post', uuidv7())))).toEqual({ post: null });
  for (const wrong of ['1', uuidv7(), gid('User', ann)]) {
    expectError(await find(wrong), 'BAD_USER_INPUT', 'id');
  }
});

test('signed out, nobody writes', async () => {
  expectError(await world.tryPost(null, { text: 'a' }), 'UNAUTHENTICATED');
  expectError(await world.as(null).execute('{ homeTimeline { edges { cursor } } }'), 'UNAUTHENTICATED');
});

test('nothing that clients did wrong was logged as an error', () => {
  expect(world.loggedErrors).toEqual([]);
});
