import { grantRoleAt } from '@socialhub/auth/operator-commands';
import { authDatabaseUrl } from '@socialhub/local/admin';
import type { StartOptions } from '@socialhub/local/options';
import { until } from '@socialhub/platform/testing/until';
import sharp from 'sharp';
import { upload } from '../access/cast.ts';
import { type Phone, phone } from '../story/client.ts';
import { type Person, register } from '../story/people.ts';

/** People who know each other, with enough of everything that no list is shorter than its page. */
export interface Neighbourhood {
  ada: Person;
  bob: Person;
  admin: Person;
  /** Has a private account; the others ask to follow. */
  keeper: Person;
  /** Twelve more, all in Ada's group; she is followed by them, and mutes those behind the first three. */
  others: Person[];
  ids: Record<string, string>;
  /** Somebody whom nobody knows yet. Registered before anything is measured. */
  newcomer(): Promise<Person>;
}

/** How often each operation is measured. */
export const turns = 3;
const pageOf = 20;

/** Makes them through the public door. */
export async function makeNeighbourhood(url: string, options: StartOptions): Promise<Neighbourhood> {
  const [ada, bob, plainAdmin] = await Promise.all(
    ['Ada', 'Bob', 'Admin'].map((name) => register(url, name)),
  );
  if (!ada || !bob || !plainAdmin) throw new Error('three people were registered');
  const others = await inTurn(12, (n) => register(url, `Other${n}`));
  const newcomers = await inTurn(7 * turns, (n) => register(url, `New${n}`));
  await grantRoleAt(
    authDatabaseUrl({ SOCIALHUB_HOME: options.home, DATABASE_URL: options.databaseUrl }),
    plainAdmin.username,
    'ADMIN',
  );
  const admin = await signedInAgain(url, plainAdmin);

  const act = async (who: Phone, field: string, input: object, selection: string) => {
    const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
    const text = `mutation ($input: ${type}!) { ${field}(input: $input) ${selection} }`;
    return (await who.ask(text, { input }))[field];
  };
  const post = async (who: Phone, input: object) =>
    (await act(who, 'createPost', input, '{ post { id } }')).post.id as string;
  const follow = (who: Phone, userId: string) => act(who, 'followUser', { userId }, '{ user { id } }');

  const keeper = await register(url, 'Keeper');
  await act(keeper, 'updateProfile', { isPrivate: true }, '{ user { id } }');
  await Promise.all(others.map((one) => follow(one, keeper.id)));
  await follow(ada, bob.id);
  await Promise.all(others.map((one) => follow(one, ada.id)));
  const ids: Record<string, string> = {};
  const picture = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();
  ids.picture = await upload(ada, picture);
  for (let turn = 0; turn < turns; turn += 1) ids[`picture${turn}`] = await upload(ada, picture);
  for (let n = 0; n < pageOf; n += 1) ids.post = ids[`bobs${n}`] = await post(bob, { text: `#Post ${n}` });
  for (let n = 0; n < pageOf; n += 1)
    await act(ada, 'bookmarkPost', { postId: ids[`bobs${n}`] }, '{ post { id } }');
  ids.ownPost = await post(ada, { text: 'mine' });
  for (let turn = 0; turn < turns; turn += 1) ids[`spare${turn}`] = await post(ada, { text: 'spare' });
  const comment = async (who: Phone, text: string) =>
    (await act(who, 'createComment', { postId: ids.post, text }, '{ comment { id } }')).comment.id as string;
  for (let n = 0; n < pageOf; n += 1)
    ids.comment = ids[`bobsComment${n}`] = await comment(bob, `Comment ${n}`);
  ids.ownComment = await comment(ada, 'mine');
  for (let turn = 0; turn < turns; turn += 1) ids[`spareComment${turn}`] = await comment(ada, 'spare');
  for (const one of others.slice(0, 3))
    await act(one, 'createComment', { postId: ids.ownPost, text: 'To you' }, '{ comment { id } }');

  const start = async (who: Phone, memberIds: string[], title?: string) =>
    (await act(who, 'startConversation', { memberIds, title }, '{ conversation { id } }')).conversation
      .id as string;
  ids.group = await start(
    ada,
    others.map(({ id }) => id),
    'Neighbours',
  );
  const crew = others.map(({ id }) => id);
  ids.crew = await start(ada, crew);
  for (let turn = 0; turn < turns; turn += 1) ids[`crew${turn}`] = await start(ada, crew);
  ids.direct = await start(ada, [bob.id]);
  ids.unread = await start(bob, [ada.id, admin.id], 'To be read');
  const send = (conversationId: string, who: Phone) =>
    act(who, 'sendMessage', { conversationId, text: 'hello' }, '{ message { id } }');
  for (let n = 0; n < pageOf; n += 1) ids[`said${n}`] = (await send(ids.group, ada)).message.id;
  for (let n = 0; n <= turns; n += 1) await send(ids.unread, bob);

  // Of those who come last, some are known already.
  const known = newcomers.splice(0, 2 * turns);
  const next = () => {
    const one = known.pop();
    if (!one) throw new Error('nobody is left');
    return one.id;
  };
  for (let turn = 0; turn < turns; turn += 1) {
    const [followed, blocked] = [next(), next()];
    ids[`followed${turn}`] = followed;
    ids[`blocked${turn}`] = blocked;
    await follow(ada, followed);
    await act(ada, 'blockUser', { userId: blocked }, '{ user { id } }');
  }
  for (const { id: userId } of others.slice(turns))
    await act(ada, 'muteUser', { userId, notifications: false }, '{ user { id } }');
  const told: { node: { id: string } }[] = await until(
    async () => {
      const { edges } = (await ada.ask('{ notifications { edges { node { id } } } }')).notifications;
      return edges.length > turns && edges;
    },
    { what: 'notifications' },
  );
  for (const [turn, { node }] of told.slice(-turns).entries()) ids[`notification${turn}`] = node.id;
  return {
    keeper,
    ada,
    bob,
    admin,
    others,
    ids,
    async newcomer() {
      const one = newcomers.pop();
      if (!one) throw new Error('nobody new is left');
      return one;
    },
  };
}

/** A few at a time: each of them costs a hash. */
async function inTurn<T>(count: number, make: (n: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let at = 0; at < count; at += 4)
    made.push(
      ...(await Promise.all(Array.from({ length: Math.min(4, count - at) }, (_, n) => make(at + n)))),
    );
  return made;
}

async function signedInAgain(url: string, person: Person): Promise<Person> {
  const { logIn } = await phone(url).ask(
    'mutation ($input: LogInInput!) { logIn(input: $input) { tokens { accessToken refreshToken } } }',
    { input: { identifier: person.username, password: person.password } },
  );
  const { accessToken, refreshToken } = logIn.tokens;
  return { ...person, ...phone(url, accessToken), accessToken, refreshToken };
}
