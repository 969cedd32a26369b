import { uuidOf } from '@socialhub/platform/testing/gid';
import { dataOf, expectError } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { idsOf, startWorld, type World } from './world.ts';

let world: World;
let ann: string;
let ben: string;
let cat: string;
beforeAll(async () => {
  world = await startWorld();
  [ann, ben, cat] = [await world.person('ann'), await world.person('ben'), await world.person('cat')];
});
afterAll(() => world?.stop());

test('two people, one of whom blocks the other, see nothing of each other under a third one’s post', async () => {
  const postId = await world.post(cat, 'hi @ann and @ben');
  const theirs = new Map([
    [ann, await world.comment(ann, postId, 'ann')],
    [ben, await world.comment(ben, postId, 'ben')],
  ]);
  const seen = async (who: string | null) => {
    const post = await world.read(who, postId, 'mentions { id } comments { edges { node { id } } }');
    return {
      mentions: post?.mentions.map(({ id }: { id: string }) => uuidOf(id)),
      comments: idsOf(post?.comments),
    };
  };
  const all = { mentions: [ann, ben], comments: [...theirs.values()] };
  await world.block(ann, ben);
  for (const [one, other] of [
    [ann, ben],
    [ben, ann],
  ] as const) {
    expect(await seen(one)).toEqual({ mentions: [one], comments: [theirs.get(one)] });
    const comment = await world.entity('Comment', theirs.get(other) ?? '', 'id', one);
    expect(dataOf(comment)._entities).toEqual([null]);
    const reply = { postId, parentId: theirs.get(other), text: 'hm' };
    expectError(await world.tryComment(one, reply), 'BAD_USER_INPUT', 'input.parentId');
    const naming = await world.post(one, 'hi @ann and @ben');
    expect(await world.read(null, naming, 'mentions { id }')).toEqual({ mentions: [] });
  }
  for (const who of [cat, null]) expect(await seen(who)).toEqual(all);
  await world.unblock(ann, ben);
  for (const who of [ann, ben]) expect(await seen(who)).toEqual(all);
});

test('a post that is quoted is there for those alone who may read it', async () => {
  const quoted = await world.post(ann, 'mine');
  const quote = await world.post(cat, { text: 'see', quoteOfId: quoted });
  await world.block(ann, ben);
  expect(await world.read(ben, quote, 'quoteOf { id }')).toEqual({ quoteOf: null });
  expect(await world.read(null, quote, 'quoteOf { id }')).toEqual({ quoteOf: { id: quoted } });
  expectError(await world.tryPost(ben, { text: 'see', quoteOfId: quoted }), 'NOT_FOUND');
  await world.unblock(ann, ben);
});

test('a late block does not bring an ended one back', async () => {
  const postId = await world.post(ann, 'hello');
  await world.unblock(ann, ben, { sequence: 9_001n });
  await world.block(ann, ben, { sequence: 9_000n });
  expect(await world.read(ben, postId)).toEqual({ id: postId });
});
