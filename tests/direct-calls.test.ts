import { createAuthService, readConfig as readAuthConfig } from '@socialhub/auth';
import { createChatService, readConfig as readChatConfig } from '@socialhub/chat';
import { createMediaService, readConfig as readMediaConfig } from '@socialhub/media';
import { createNotificationService, readConfig as readNotificationConfig } from '@socialhub/notification';
import { IDENTITY_HEADER } from '@socialhub/platform/identity';
import { type TestService, testService } from '@socialhub/platform/testing/test-service';
import { createPostService, readConfig as readPostConfig } from '@socialhub/post';
import { createUserService, readConfig as readUserConfig } from '@socialhub/user';
import { describe, expect, it } from 'vitest';

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

describe.each(Object.keys(start))('a call that goes round the gateway, straight to %s', (name) => {
  it('is 401 for every operation, _service and _entities included, whatever it claims', async () => {
    const service = await start[name]?.();
    if (!service) throw new Error('no such service');
    try {
      const operations = [
        '{ __typename }',
        '{ _service { sdl } }',
        '{ _entities(representations: []) { __typename } }',
        '{',
      ];
      const claims: Record<string, string>[] = [
        {},
        { authorization: 'Bearer x' },
        { [IDENTITY_HEADER]: 'k1.e30.x' },
        { 'x-user-id': '1' },
      ];
      for (const query of operations) {
        for (const claim of claims) {
          const response = await fetch(`${service.url}/graphql`, {
            method: 'POST',
            headers: { 'content-type': 'application/json', ...claim },
            body: JSON.stringify({ query }),
          });
          expect(response.status).toBe(401);
          expect(await response.json()).toMatchObject({
            errors: [{ extensions: { code: 'UNAUTHENTICATED' } }],
          });
        }
      }
      expect(service.loggedErrors).toEqual([]);
    } finally {
      await service.stop();
    }
  });
});
