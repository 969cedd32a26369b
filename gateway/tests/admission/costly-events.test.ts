import { LightAbortSignal } from '@socialhub/federation-engine';
import { refusalsBy } from '@socialhub/platform/testing/counted';
import { expect, test } from 'vitest';
import { createHeavyOperations } from '../../src/admission/heavy-operations.ts';
import { RateLimited } from '../../src/admission/rate-limit.ts';
import type { GatewayContext } from '../../src/context.ts';

const asker: GatewayContext = {
  viewer: null,
  client: { ipAddress: '192.0.2.1', userAgent: null },
  requestId: '',
  signal: new LightAbortSignal(),
};

test('more than 512 costly events of one asker do not wait, and are counted', async () => {
  const heavy = createHeavyOperations();
  const counted = await refusalsBy('costly events');
  const { promise, resolve } = Promise.withResolvers<void>();
  const all = Array.from({ length: 514 }, () =>
    heavy.runEvent(() => promise, asker, 2000).catch((error: unknown) => error),
  );
  expect(await all[513]).toBeInstanceOf(RateLimited);
  expect(await counted()).toBe(1);
  resolve();
  expect((await Promise.all(all)).filter((outcome) => outcome !== undefined)).toHaveLength(1);
});
