import { uuidOf } from '@socialhub/platform/testing/gid';
import { dataOf } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startWorld, type World } from './world.ts';

let world: World;
const people: Record<string, string | null> = { anonymous: null };
beforeAll(async () => {
  world = await startWorld();
  const author = await world.person('author');
  const closed = await world.person('closed', { isPrivate: true });
  for (const name of ['first', 'second', 'follower', 'stranger']) people[name] = await world.person(name);
  Object.assign(people, { author, closed });
  for (const followed of [author, closed]) await world.follow(people.follower as string, followed);
});
afterAll(() => world?.stop());

const texts = ['only @first', 'nobody', '@first and @second', '@second'];

/** A post that had each of the texts, one after the other. */
async function edited(author: string, visibility: string): Promise<string> {
  const [text, ...later] = texts;
  const postId = await world.post(author, { text, visibility });
  const update = 'mutation ($input: UpdatePostInput!) { updatePost(input: $input) { post { id } } }';
  for (const next of later) dataOf(await world.as(author).execute(update, { input: { postId, text: next } }));
  return postId;
}

describe('earlier texts are shown to those who could have read them', () => {
  const earlier = texts.slice(0, -1);
  test.each([
    ['author', 'MENTIONED', 'author', earlier],
    // Named by the last text: the earlier ones were not for them, but for the one that named them too.
    ['author', 'MENTIONED', 'second', ['@first and @second']],
    // Not named any more: the post is not there for them.
    ['author', 'MENTIONED', 'first', null],
    ['author', 'MENTIONED', 'follower', null],
    ['author', 'FOLLOWERS', 'follower', earlier],
    ['author', 'FOLLOWERS', 'second', ['@first and @second']],
    ['author', 'FOLLOWERS', 'stranger', null],
    ['author', 'PUBLIC', 'anonymous', earlier],
    ['author', 'PUBLIC', 'second', earlier],
    ['closed', 'PUBLIC', 'follower', earlier],
    ['closed', 'PUBLIC', 'second', ['@first and @second']],
    ['closed', 'PUBLIC', 'anonymous', null],
  ])('of %s, %s, to %s', async (author, visibility, reader, expected) => {
    const postId = await edited(people[author] as string, visibility);
    const post = await world.read(people[reader] ?? null, postId, 'edits { edges { node { text } } }');
    expect(post?.edits.edges.map(({ node }: { node: { text: string } }) => node.text) ?? null).toEqual(
      expected,
    );
  });

  test('but to nobody by names that were not kept', async () => {
    const postId = await edited(people.author as string, 'MENTIONED');
    await world.db.query('UPDATE post_edits SET mentioned_ids = DEFAULT WHERE post_id = $1', [
      uuidOf(postId),
    ]);
    expect(await world.read(people.second as string, postId, 'edits { edges { cursor } }')).toEqual({
      edits: { edges: [] },
    });
  });
});

test('earlier texts come page by page, oldest first', async () => {
  const postId = await edited(people.author as string, 'PUBLIC');
  const seen: string[] = [];
  let after: string | null = null;
  do {
    const args = `first: 2${after ? `, after: "${after}"` : ''}`;
    const selection = `edits(${args}) { edges { node { text } } pageInfo { endCursor hasNextPage } }`;
    const { edits } = await world.read(null, postId, selection);
    seen.push(...edits.edges.map(({ node }: { node: { text: string } }) => node.text));
    after = edits.pageInfo.hasNextPage ? edits.pageInfo.endCursor : null;
  } while (after);
  expect(seen).toEqual(texts.slice(0, -1));
});
