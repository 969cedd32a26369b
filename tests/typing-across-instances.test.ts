import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createChatService, readConfig } from '@socialhub/chat';
import {
  createIdentitySigner,
  deriveIdentityKeys,
  formatIdentityKeys,
  IDENTITY_HEADER,
} from '@socialhub/platform/identity/identity-signer';
import { uuidv7 } from '@socialhub/platform/ids';
import type { Service } from '@socialhub/platform/lifecycle/service';
import { createLogger } from '@socialhub/platform/log';
import { cloneDatabase } from '@socialhub/platform/testing/database';
import { gid } from '@socialhub/platform/testing/gid';
import { signedSocket } from '@socialhub/platform/testing/signed-socket';
import { masterKeys, testClient } from '@socialhub/platform/testing/test-service';
import { dataOf, type OperationResult, until } from '@socialhub/platform/testing/until';
import { findRabbitMq, type RabbitMqServer, startRabbitMq } from '@socialhub/servers/rabbitmq';
import { createClient } from 'graphql-ws';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const keys = deriveIdentityKeys(masterKeys, 'chat');
const sign = createIdentitySigner(keys, 'chat');
const identityOf = (userId: string | null) =>
  sign({
    viewer: userId ? { userId, sessionId: uuidv7(), role: 'MEMBER', scopes: [] } : null,
    client: testClient,
  });

describe.skipIf(!findRabbitMq())('who is typing, between two instances of the chat', () => {
  let folder: string;
  let rabbit: RabbitMqServer;
  let database: Awaited<ReturnType<typeof cloneDatabase>>;
  let services: Service[];
  let urls: string[];
  const [ada, bob, cyd] = [uuidv7(), uuidv7(), uuidv7()];
  let conversationId: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'socialhub-typing-'));
    [rabbit, database] = await Promise.all([startRabbitMq({ dataDir: folder }), cloneDatabase('chat')]);
    const env = {
      DATABASE_URL: database.url,
      RABBITMQ_URL: rabbit.url,
      IDENTITY_KEYS: formatIdentityKeys(keys),
    };
    const log = createLogger({ service: 'test', level: 'silent' });
    services = [1, 2].map(() => createChatService(readConfig(env), { log }));
    urls = [];
    for (const service of services) urls.push((await service.start()).url);
    const db = new pg.Client({ connectionString: database.url });
    await db.connect();
    await db.query('INSERT INTO people (id) SELECT unnest($1::uuid[])', [[ada, bob, cyd]]);
    await db.end();
    const made = await ask(0, ada, 'startConversation', {
      memberIds: [bob, cyd].map((id) => gid('User', id)),
    });
    conversationId = made.startConversation.conversation.id;
  }, 120_000);
  afterAll(async () => {
    for (const service of services ?? []) await service.stop();
    await rabbit?.stop();
    await database?.drop();
    if (folder) await rm(folder, { recursive: true, force: true });
  }, 60_000);

  async function ask(at: number, who: string, field: string, input: object) {
    const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`;
    const query = `mutation ($input: ${type}!) { ${field}(input: $input) { conversation { id } } }`;
    const response = await fetch(`${urls[at]}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [IDENTITY_HEADER]: identityOf(who) },
      body: JSON.stringify({ query, variables: { input } }),
    });
    return dataOf((await response.json()) as OperationResult);
  }
  const type = (at: number, who: string, isTyping: boolean) =>
    ask(at, who, 'setTyping', { conversationId, isTyping });

  function listen(at: number, who: string) {
    const heard: OperationResult[] = [];
    let isOver = false;
    createClient({
      url: `${String(urls[at]).replace('http', 'ws')}/graphql`,
      webSocketImpl: signedSocket(identityOf(null)),
      retryAttempts: 0,
    }).subscribe(
      {
        query: 'subscription ($id: ID!) { typing(conversationId: $id) { user { id } until } }',
        variables: { id: conversationId },
        extensions: { identity: identityOf(who) },
      },
      {
        next: (answer) => heard.push(answer as OperationResult),
        error: () => undefined,
        complete: () => {
          isOver = true;
        },
      },
    );
    return { heard, isOver: () => isOver };
  }

  it('is heard at the other, until one is removed there, and nowhere without the broker', async () => {
    const [bobs, cyds] = [listen(1, bob), listen(1, cyd)];
    let turn = 0;
    // No answer says that a subscription runs, and it is told no oftener than once in two seconds.
    await until(async () => {
      turn += 1;
      await type(0, ada, turn % 2 === 0);
      return bobs.heard.length > 0 && cyds.heard.length > 0;
    });
    for (const { heard } of [bobs, cyds])
      expect(dataOf(heard[0] ?? {}).typing.user.id).toBe(gid('User', ada));
    await ask(0, ada, 'removeConversationMember', { conversationId, userId: gid('User', bob) });
    const before = { bob: bobs.heard.length, cyd: cyds.heard.length };
    await until(async () => {
      turn += 1;
      await type(0, ada, turn % 2 === 0);
      return cyds.heard.length > before.cyd && bobs.isOver();
    });
    expect(bobs.heard).toHaveLength(before.bob);
    await rabbit.stop();
    expect((await type(0, cyd, true)).setTyping.conversation.id).toBe(conversationId);
  }, 60_000);
});
