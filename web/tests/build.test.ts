import { once } from 'node:events';
import { createServer } from 'node:net';
import { buildIfStale } from '@socialhub/local/web/build';
import { startWeb } from '@socialhub/local/web/start';
import { freePort } from '@socialhub/servers/ports';
import { expect, test } from 'vitest';

const log = { info: () => undefined };
const nowhere = { gatewayUrl: 'http://127.0.0.1:9', mediaOrigin: 'http://127.0.0.1:9', log };

test('what is built stays built until something changes, whoever asks', async () => {
  await buildIfStale({ log });
  const again = await Promise.all([buildIfStale({ log }), buildIfStale({ log })]);
  expect(again).toEqual([{ built: false }, { built: false }]);
}, 180_000);

test('a taken port is one clear sentence', async () => {
  const squatter = createServer().listen(0, '127.0.0.1');
  await once(squatter, 'listening');
  const address = squatter.address();
  const port = address !== null && typeof address !== 'string' ? address.port : 0;
  try {
    await expect(startWeb({ ...nowhere, port })).rejects.toThrow(
      `Port ${port} is taken: set WEB_PORT to another one.`,
    );
  } finally {
    squatter.close();
  }
});

test('a server tells what it counts at an address of its own, and when it is stopped it is gone and its port is free', async () => {
  const metrics = await freePort();
  const web = await startWeb({ ...nowhere, port: 0, settings: { WEB_METRICS_PORT: String(metrics) } });
  const counted = await fetch(`http://127.0.0.1:${metrics}/metrics`);
  expect(await counted.text()).toContain('# TYPE socialhub_refusals_total counter');
  expect((await fetch(`${web.url}/metrics`)).status).toBe(404);
  expect((await fetch(`${web.url}/livez`)).status).toBe(200);
  await web.stop();
  await expect(fetch(`${web.url}/livez`)).rejects.toThrow();
  const again = await startWeb({ ...nowhere, port: Number(new URL(web.url).port) });
  await again.stop();
}, 30_000);
