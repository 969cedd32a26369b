import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { createAuthService, readConfig as readAuthConfig } from '@socialhub/auth';
import { createChatService, readConfig as readChatConfig } from '@socialhub/chat';
import { createMediaService, readConfig as readMediaConfig } from '@socialhub/media';
import { createNotificationService, readConfig as readNotificationConfig } from '@socialhub/notification';
import {
  createIdentitySigner,
  deriveIdentityKeys,
  IDENTITY_HEADER,
} from '@socialhub/platform/identity/identity-signer';
import { signedSocket } from '@socialhub/platform/testing/signed-socket';
import { masterKeys, type TestService, testService } from '@socialhub/platform/testing/test-service';
import { createPostService, readConfig as readPostConfig } from '@socialhub/post';
import { createUserService, readConfig as readUserConfig } from '@socialhub/user';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

const s3 = {
  S3_ENDPOINT: 'http://127.0.0.1:1',
  S3_BUCKET: 'pictures',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'x',
  AWS_SECRET_ACCESS_KEY: 'x',
};
const start: Record<string, () => Promise<TestService>> = {
  auth: () =>
    testService({
      name: 'auth',
      create: createAuthService,
      readConfig: readAuthConfig,
      env: { SIGNING_KEY_SECRET: 's'.repeat(43) },
    }),
  user: () => testService({ name: 'user', create: createUserService, readConfig: readUserConfig }),
  post: () => testService({ name: 'post', create: createPostService, readConfig: readPostConfig }),
  media: () =>
    testService({ name: 'media', create: createMediaService, readConfig: readMediaConfig, env: s3 }),
  notification: () =>
    testService({
      name: 'notification',
      create: createNotificationService,
      readConfig: readNotificationConfig,
    }),
  chat: () => testService({ name: 'chat', create: createChatService, readConfig: readChatConfig }),
};

/** What the gateway would say to another service, and what somebody says who has not the keys. */
const signFor = (audience: string, keys = masterKeys) =>
  createIdentitySigner(
    deriveIdentityKeys(keys, audience),
    audience,
  )({
    viewer: {
      userId: '01890a5d-ac96-774b-bcce-b302099a8057',
      sessionId: 's',
      role: 'ADMIN',
      scopes: ['moderate', 'administer'],
    },
    client: { ipAddress: null, userAgent: null },
  });

const operations = [
  '{ __typename }',
  '{ __schema { types { name } } }',
  '{ _service { sdl } }',
  '{ _entities(representations: []) { __typename } }',
  'subscription { chatEvents { cursor } }',
  'subscription { notificationReceived { cursor } }',
  '{ nonsense }',
  '{',
];

describe.each(Object.keys(start))('a call that goes round the gateway, straight to %s', (name) => {
  let service: TestService;
  beforeAll(async () => {
    service = (await start[name]?.()) as TestService;
  });
  afterAll(async () => {
    expect(service?.loggedErrors).toEqual([]);
    await service?.stop();
  });

  const forged = () => [
    '',
    'k1.e30.x',
    'test.e30.x',
    signFor(name, [{ id: 'test', secret: 'x'.repeat(40) }]),
    signFor(name === 'auth' ? 'chat' : 'auth'),
  ];

  it('is 401 for every operation, _service and _entities included, whatever it claims', async () => {
    const claims: Record<string, string>[] = [
      {},
      { authorization: 'Bearer x' },
      { 'x-user-id': '1' },
      ...forged().map((identity) => ({ [IDENTITY_HEADER]: identity })),
    ];
    for (const query of operations) {
      for (const claim of claims) {
        const response = await fetch(`${service.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...claim },
          body: JSON.stringify({ query }),
        });
        expect(response.status).toBe(401);
        expect(await response.json()).toEqual({
          errors: [
            {
              message: 'This service answers the gateway alone',
              extensions: { code: 'UNAUTHENTICATED' },
            },
          ],
        });
      }
    }
  });

  it('is refused a WebSocket, whatever it claims', async () => {
    for (const identity of ['', ...forged()]) {
      const url = `${service.url.replace('http', 'ws')}/graphql`;
      const socket = new WebSocket(url, 'graphql-transport-ws', { headers: { [IDENTITY_HEADER]: identity } });
      socket.on('error', () => undefined);
      const [, response] = (await once(socket, 'unexpected-response')) as [unknown, IncomingMessage];
      expect([response.statusCode, JSON.parse(await text(response))]).toEqual([
        401,
        {
          errors: [
            {
              message: 'This service answers the gateway alone',
              extensions: { code: 'UNAUTHENTICATED' },
            },
          ],
        },
      ]);
    }
  });

  it('is refused over its WebSocket, every operation, and told nothing of the schema', async () => {
    const client = createClient({
      url: `${service.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: signedSocket(signFor(name)),
      retryAttempts: 0,
      connectionParams: { authorization: 'Bearer x', identity: signFor(name) },
    });
    const answerTo = (query: string, extensions: Record<string, unknown>) =>
      new Promise((resolve) => {
        client.subscribe({ query, extensions }, { next: resolve, error: resolve, complete: () => undefined });
      });
    try {
      for (const query of operations) {
        for (const identity of [undefined, null, 1, ...forged()]) {
          expect(await answerTo(query, { identity })).toEqual([
            expect.objectContaining({
              message: 'This service answers the gateway alone',
              extensions: { code: 'UNAUTHENTICATED' },
            }),
          ]);
        }
      }
      // The same road, with what the gateway would say.
      expect(await answerTo('{ nonsense }', { identity: signFor(name) })).toEqual([
        expect.objectContaining({ extensions: { code: 'BAD_USER_INPUT' } }),
      ]);
    } finally {
      client.terminate();
    }
  });
});
