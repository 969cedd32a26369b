import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type System, startSystem } from '@socialhub/local/system';
import { until } from '@socialhub/platform/testing/until';
import { startPostgres } from '@socialhub/servers/embedded-postgres';
import { freePort } from '@socialhub/servers/ports';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Watch } from './story/client.ts';
import { makeHome, removeHomes, startOptions } from './story/home.ts';
import { type Person, register } from './story/people.ts';

let postgres: Awaited<ReturnType<typeof startDatabase>>;
let system: System;
let ada: Person;
let ben: Person;
let conversationId: string;

/** A server that comes back at the same address. */
async function startDatabase() {
  const options = { dataDir: join(await makeHome(), 'data'), port: await freePort() };
  let server = await startPostgres(options);
  return {
    url: server.url,
    stop: () => server.stop(),
    async restart() {
      server = await startPostgres(options);
    },
  };
}

beforeAll(async () => {
  postgres = await startDatabase();
  system = await startSystem(await startOptions({ databaseUrl: postgres.url }));
  [ada, ben] = await Promise.all([register(system.gatewayUrl, 'Ada'), register(system.gatewayUrl, 'Ben')]);
  for (const [one, other] of [
    [ada, ben],
    [ben, ada],
  ] as const)
    await one.ask('mutation ($id: ID!) { followUser(input: { userId: $id }) { user { id } } }', {
      id: other.id,
    });
  const started = await ada.ask(
    'mutation ($ids: [ID!]!) { startConversation(input: { memberIds: $ids }) { conversation { id } } }',
    { ids: [ben.id] },
  );
  conversationId = started.startConversation.conversation.id;
}, 120_000);
afterAll(async () => {
  await system?.stop();
  await postgres?.stop();
  await removeHomes();
}, 60_000);

const chat = 'subscription ($after: String) { chatEvents(after: $after) { cursor message { text } } }';
const home = 'subscription ($after: String) { homeTimelineEvents(after: $after) { cursor post { text } } }';
const textsOf = ({ answers }: Watch) =>
  answers.map(({ data }) => (data?.chatEvents?.message ?? data?.homeTimelineEvents?.post)?.text);

/** Ada writes to Ben, and posts: as soon as that can be done, and once. */
async function say(text: string): Promise<void> {
  const input = { text, idempotencyKey: text };
  for (const [mutation, given] of [
    [
      'mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }',
      { conversationId },
    ],
    ['mutation ($input: CreatePostInput!) { createPost(input: $input) { post { id } } }', {}],
  ] as const)
    await until(async () => !(await ada.send(mutation, { input: { ...input, ...given } })).errors, {
      timeoutMs: 30_000,
      what: `a mutation that says ${text}`,
    });
}

/** Whether a running stream of a service has ended since its database is away: none of its fields is to blame. */
async function hasEndedStream(service: string): Promise<boolean> {
  const files = await readdir(system.logDir);
  const logs = await Promise.all(files.map((file) => readFile(join(system.logDir, file), 'utf8')));
  return logs
    .flatMap((log) => log.split('\n'))
    .filter((line) => line.includes('"the database did not answer"'))
    .map((line) => JSON.parse(line))
    .some((line) => line.service === service && line.path === undefined);
}

it('live streams go on where they were when the databases come back: nothing lost, nothing twice', async () => {
  const before = await Promise.all([chat, home].map((query) => ben.watch(query)));
  // Sockets are open before subgraphs listen; what comes between is theirs by when they asked.
  await say('one');
  const cursors = await Promise.all(
    before.map((watch) =>
      watch.first((data) => (data.chatEvents ?? data.homeTimelineEvents)?.cursor as string | undefined),
    ),
  );
  await postgres.stop();
  // Who comes back meanwhile with a cursor waits as those do who were there.
  const [chatCursor, homeCursor] = cursors;
  const late = await Promise.all([
    ben.watch(chat, { after: chatCursor }),
    ben.watch(home, { after: homeCursor }),
  ]);
  // Nothing tells them of it before they look for themselves.
  await until(async () => (await hasEndedStream('chat')) && (await hasEndedStream('post')), {
    timeoutMs: 40_000,
    what: 'streams that their database has ended',
  });
  await postgres.restart();
  await say('two');
  await say('three');
  for (const watch of [...before, ...late])
    await watch.first((data) => JSON.stringify(data).includes('three'));
  for (const watch of before) expect(textsOf(watch)).toEqual(['one', 'two', 'three']);
  for (const watch of late) expect(textsOf(watch)).toEqual(['two', 'three']);
  for (const watch of [...before, ...late]) {
    expect(watch.answers.filter(({ errors }) => errors)).toEqual([]);
    watch.drop();
  }
}, 120_000);
