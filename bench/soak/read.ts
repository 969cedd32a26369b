import type { Person } from '../whole/people.ts';

// biome-ignore lint/suspicious/noExplicitAny: whatever was asked for
type Answer = any;
const pageSize = 100;

/** All nodes of a list, by its pages. */
async function all(who: Person, query: string, variables: object, listIn: (data: Answer) => Answer) {
  const nodes: Answer[] = [];
  for (let after: string | null = null; ; ) {
    const { edges, pageInfo } = listIn(await who.ask(query, { ...variables, n: pageSize, after }));
    for (const { node } of edges) nodes.push(node);
    if (!pageInfo.hasNextPage) return nodes;
    after = pageInfo.endCursor;
  }
}

const list = (field: string, node: string) =>
  `${field}(first: $n, after: $after) { edges { node { ${node} } } pageInfo { hasNextPage endCursor } }`;

/** What is there in the end, as anybody reads it through the public door. */
export interface World {
  messages: string[];
  posts: string[];
  comments: string[];
  /** Who reacted, as far as counts tell: how many did to whose. */
  reactions: number[];
  /** Who follows whom, by their numbers. */
  follows: Set<string>;
  /** By whom they read: the texts of their home timeline. */
  homes: string[][];
}

export async function readWorld(
  people: readonly Person[],
  postIds: readonly string[],
  conversationId: string,
): Promise<World> {
  const [anybody] = people;
  if (!anybody) throw new Error('there is nobody');
  const numbers = new Map(people.map(({ id }, number) => [id, number]));
  const each = <T>(read: (who: Person, number: number) => Promise<T>) => Promise.all(people.map(read));

  const messages = await all(
    anybody,
    `query ($id: ID!, $n: Int, $after: String) { conversation(id: $id) { ${list('messages', 'text')} } }`,
    { id: conversationId },
    ({ conversation }) => conversation.messages,
  );
  const posts = await each((who) =>
    all(
      who,
      `query ($id: ID!, $n: Int, $after: String) { user(id: $id) { ${list('posts', 'text')} } }`,
      { id: who.id },
      ({ user }) => user.posts,
    ),
  );
  const comments = await each((who, number) =>
    all(
      who,
      `query ($id: ID!, $n: Int, $after: String) { post(id: $id) { ${list('comments', 'text')} } }`,
      { id: postIds[number] },
      ({ post }) => post.comments,
    ),
  );
  const reactions = await each(async (who, number) => {
    const { post }: Answer = await who.ask('query ($id: ID!) { post(id: $id) { reactions { count } } }', {
      id: postIds[number],
    });
    return post.reactions.reduce((sum: number, { count }: { count: number }) => sum + count, 0);
  });
  const following = await each((who) =>
    all(
      who,
      `query ($id: ID!, $n: Int, $after: String) { user(id: $id) { ${list('following', 'id')} } }`,
      { id: who.id },
      ({ user }) => user.following,
    ),
  );
  const homes = await each((who) =>
    all(
      who,
      `query ($n: Int, $after: String) { ${list('homeTimeline', 'text')} }`,
      {},
      (data) => data.homeTimeline,
    ),
  );
  return {
    messages: messages.map(({ text }) => text),
    posts: posts.flat().map(({ text }) => text),
    comments: comments.flat().map(({ text }) => text),
    reactions,
    follows: new Set(following.flatMap((of, from) => of.map(({ id }) => `${from} ${numbers.get(id)}`))),
    homes: homes.map((home) => home.map(({ text }) => text)),
  };
}
