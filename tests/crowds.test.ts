import { type System, startSystem } from '@socialhub/local/system';
import { uuidOf } from '@socialhub/platform/testing/gid';
import { until } from '@socialhub/platform/testing/until';
import { type PostgresServer, startTemporaryPostgres } from '@socialhub/servers/embedded-postgres';
import { createClient } from 'graphql-ws';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { removeHomes, startOptions } from './story/home.ts';
import { type Person, register } from './story/people.ts';
import { notificationQuery, sendMessage } from './story/story-so-far.ts';

// What many hear at once, and what one hears of far too often, in one process.

let postgres: PostgresServer;
let system: System;
const stops: (() => unknown)[] = [];

beforeAll(async () => {
  postgres = await startTemporaryPostgres();
  system = await startSystem(
    await startOptions({
      databaseUrl: postgres.url,
      operatorSettings: {
        gateway: {
          NEW_OPERATIONS_PER_MINUTE_PER_ADDRESS: '0',
          NEW_OPERATIONS_PER_MINUTE_PER_VIEWER: '0',
          COST_PER_MINUTE: '0',
        },
      },
    }),
  );
}, 120_000);
afterAll(async () => {
  for (const stop of stops) await stop();
  await system?.stop();
  await postgres?.stop();
  await removeHomes();
}, 60_000);

const inTurn = async <T>(count: number, make: (n: number) => Promise<T>): Promise<T[]> => {
  const made: T[] = [];
  for (let n = 0; n < count; n += 1) made.push(await make(n));
  return made;
};

async function databaseOf(name: string): Promise<pg.Client> {
  const url = new URL(postgres.url);
  url.pathname = `/${name}`;
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  stops.push(() => client.end());
  return client;
}

const perSocket = 25;

/** Subscribes to so many texts, no two alike, so that none shares another's stream; gives what each has heard. */
function listen(who: Person, texts: readonly number[]): string[][] {
  const client = createClient({
    url: `${system.gatewayUrl.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { authorization: `Bearer ${who.accessToken}` },
    retryAttempts: 0,
  });
  stops.push(() => client.dispose());
  return texts.map((n) => {
    const heard: string[] = [];
    const begin = () =>
      client.subscribe<Record<string, { message: { text: string } | null }>>(
        { query: `subscription { e${n}: chatEvents { message { text sender { username } } } }` },
        {
          next: ({ data }) => heard.push(data?.[`e${n}`]?.message?.text ?? 'nothing'),
          error(error) {
            const told = JSON.stringify(error);
            // On a busy machine some wait for their turn for too long, and ask again, as clients do.
            if (heard.length === 0 && told.includes('RATE_LIMITED')) begin();
            else heard.push(`an end: ${told}`);
          },
          complete: () => undefined,
        },
      );
    begin();
    return heard;
  });
}

it('5,000 listeners of one conversation in one process each hear every message once and in order', {
  timeout: 240_000,
}, async () => {
  const people = await inTurn(51, (n) => register(system.gatewayUrl, `Crowd${n}`));
  const [speaker, ...members] = people as [Person, ...Person[]];
  const { startConversation } = await speaker.ask(
    'mutation ($ids: [ID!]!) { startConversation(input: { memberIds: $ids, title: "All" }) { conversation { id } } }',
    { ids: members.map(({ id }) => id) },
  );
  const conversationId = startConversation.conversation.id;
  const say = (text: string) => speaker.ask(sendMessage, { input: { conversationId, text } });
  let calls = 0;
  /** Until all of them listen: whoever was late to subscribe has the next call. */
  const listening = async (heard: readonly string[][]) => {
    while (!heard.every(({ length }) => length > 0)) {
      const call = `is anybody there ${++calls}`;
      await say(call);
      const soon = Date.now() + 2_000;
      // Who is on the way has the next call; one for each moment would be a flood.
      await until(
        () =>
          heard.every((one) => one.includes(call)) ||
          (Date.now() > soon && heard.every((one) => one.length === 0 || one.includes(call))),
        { what: `${call} at all who listen`, timeoutMs: 60_000 },
      );
    }
  };
  const [first, ...others] = members as [Person, ...Person[]];
  const socketsOfTexts = Array.from({ length: 100 / perSocket }, (_, socket) =>
    Array.from({ length: perSocket }, (_, n) => socket * perSocket + n),
  );
  const heard: string[][] = [];
  // Few operations may be new at once: the first of the members has them planned.
  for (const texts of socketsOfTexts) {
    const own = listen(first, texts);
    await listening(own);
    heard.push(...own);
  }
  for (const one of others) for (const texts of socketsOfTexts) heard.push(...listen(one, texts));
  expect(heard).toHaveLength(5_000);
  await listening(heard);
  const texts = Array.from({ length: 5 }, (_, n) => `message ${n}`);
  for (const text of texts) {
    await say(text);
    // What waits for ten seconds is refused and its stream ended: on a busy machine 25,000 look-ups at once would be.
    await until(() => heard.every((one) => one.includes(text)), {
      what: `${text} at all 5,000`,
      timeoutMs: 60_000,
    });
  }
  const ofThese = heard.map((one) => one.filter((text) => !text.startsWith('is anybody')));
  expect(ofThese.filter((one) => one.join() !== texts.join())).toEqual([]);
});

it('a thousand signals a second for one person are merged, and nothing of theirs is lost or repeated', {
  timeout: 60_000,
}, async () => {
  const [author, friend] = (await inTurn(2, (n) => register(system.gatewayUrl, `Storm${n}`))) as [
    Person,
    Person,
  ];
  const { createPost } = await author.ask('mutation { createPost(input: { text: "mine" }) { post { id } } }');
  const postId = createPost.post.id;
  const watch = await author.watch(notificationQuery);
  const comment = (n: number) =>
    friend.ask(
      'mutation ($postId: ID!, $text: String!) { createComment(input: { postId: $postId, text: $text }) { comment { id } } }',
      { postId, text: `comment ${n}` },
    );
  // Whoever was late to subscribe has had it by then.
  await until(async () => {
    await comment(-1);
    return watch.answers.length > 0;
  });
  const database = await databaseOf('notification_db');
  await database.query('CREATE EXTENSION IF NOT EXISTS pg_stat_statements');
  const reads = async () => {
    const { rows } = await database.query(
      `SELECT coalesce(sum(calls), 0)::int AS calls FROM pg_stat_statements
       WHERE query ~ 'FROM\\s+notifications' AND query !~ 'pg_stat_statements' AND dbid = (SELECT oid FROM pg_database WHERE datname = 'notification_db')`,
    );
    return rows[0].calls as number;
  };
  const topic = `notification.${uuidOf(author.id)}`;
  const signals = 3_000;
  const before = await reads();
  watch.answers.splice(0);
  const storm = (async () => {
    for (let sent = 0; sent < signals; sent += 100) {
      await database.query(
        `WITH written AS (
           INSERT INTO outbox (kind, name, aggregate, event_id, payload)
           SELECT 'signal', $1, $1, gen_random_uuid(), 'null' FROM generate_series(1, 100) RETURNING id)
         SELECT pg_notify('outbox', '') FROM (SELECT 1 FROM written LIMIT 1) AS one`,
        [topic],
      );
    }
  })();
  const comments = 20;
  for (let n = 0; n < comments; n += 1) await comment(n);
  await storm;
  await until(async () => (await database.query('SELECT 1 FROM outbox LIMIT 1')).rowCount === 0, {
    what: 'an end of the storm',
  });
  await until(() => watch.answers.length >= comments, { what: 'the last comment' });
  const cursors = watch.answers.map(({ data }) => data?.notificationReceived.cursor);
  expect(new Set(cursors).size).toBe(cursors.length);
  expect((await reads()) - before).toBeLessThan(signals / 3);
  watch.drop();
});
