import { type System, startSystem } from '@socialhub/local/system';
import { until } from '@socialhub/platform/testing/until';
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery, printSchema } from 'graphql';
import { phone } from '../story/client.ts';
import { startOptions } from '../story/home.ts';
import { type Person, register } from '../story/people.ts';

/** A running system with two people and lists of more than one page in it, for clients to read. */
export interface World {
  system: System;
  url: string;
  /** What the gateway says of its schema, as clients' tools ask for it. */
  introspection: IntrospectionQuery;
  sdl: string;
  ann: Person;
  bob: Person;
  /** Each with at least five of what is listed below it; the comment stands below the post. */
  postId: string;
  commentId: string;
  conversationId: string;
}

export async function startWorld(): Promise<World> {
  const system = await startSystem(await startOptions());
  const url = system.gatewayUrl;
  const introspection = await phone(url).ask(getIntrospectionQuery({ specifiedByUrl: true }));
  const [ann, bob] = (await Promise.all(['Ann', 'Bob'].map((name) => register(url, name)))) as [
    Person,
    Person,
  ];
  const make = async (verb: string, type: string, input: object): Promise<string> => {
    const text = `mutation ($input: ${verb}Input!) { made: ${verb[0]?.toLowerCase()}${verb.slice(1)}(input: $input) { ${type} { id } } }`;
    // Services hear of a new account one after the other.
    const { made } = await until(async () => (await ann.send(text, { input })).data, { what: verb });
    return made[type].id;
  };
  const five = async (makeOne: (n: number) => Promise<string>) => {
    const ids: string[] = [];
    for (let n = 1; n <= 5; n += 1) ids.push(await makeOne(n));
    return ids[0] ?? '';
  };
  const postId = await five((n) => make('CreatePost', 'post', { text: `post ${n}` }));
  const commentId = await five((n) => make('CreateComment', 'comment', { postId, text: `comment ${n}` }));
  await five((n) => make('CreateComment', 'comment', { postId, parentId: commentId, text: `reply ${n}` }));
  const conversationId = await make('StartConversation', 'conversation', { memberIds: [bob.id] });
  await five((n) => make('SendMessage', 'message', { conversationId, text: `message ${n}` }));
  const sdl = printSchema(buildClientSchema(introspection as IntrospectionQuery));
  return {
    system,
    url,
    introspection: introspection as IntrospectionQuery,
    sdl,
    ann,
    bob,
    postId,
    commentId,
    conversationId,
  };
}
