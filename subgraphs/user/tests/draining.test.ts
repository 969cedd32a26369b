import { testService } from '@socialhub/platform/testing/test-service';
import { until } from '@socialhub/platform/testing/until';
import { createUserService, readConfig } from '@socialhub/user';
import { expect, it } from 'vitest';

it('says that it goes, and answers on until whatever balances has noticed', async () => {
  const service = await testService({
    name: 'user',
    create: createUserService,
    readConfig,
    env: { DRAIN_DELAY_MS: '4000' },
  });
  const stopped = service.stop();
  await until(async () => (await fetch(`${service.url}/readyz`)).status === 503);
  // Each on a connection that is new, as those of whoever has not noticed are.
  const answer = await service.as(null).execute('{ __typename }');
  expect(answer).toEqual({ data: { __typename: 'Query' } });
  const response = await fetch(`${service.url}/livez`);
  expect([response.status, response.headers.get('connection')]).toEqual([200, 'close']);
  await stopped;
  await expect(fetch(`${service.url}/livez`)).rejects.toThrow();
});
