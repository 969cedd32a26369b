import { until } from '@socialhub/platform/testing/until';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startGateway, type TestGateway } from '../fixture/gateway.ts';
import { type FixtureGraph, startGraph } from '../fixture/graph.ts';

let graph: FixtureGraph;
let gateway: TestGateway;

beforeAll(async () => {
  graph = await startGraph();
});

afterEach(() => gateway?.stop());

afterAll(() => graph?.stop());

const schemas = ['a', 'b', 'c', 'd'].map((name) => `${name}: __schema { queryType { name } }`);
const query = `{ posts { id } ${schemas.join(' ')} }`;
const [one, other] = ['198.51.100.1', '198.51.100.2'];
const ask = async (address: string) => (await gateway.post({ query }, { 'x-forwarded-for': address })).status;

/** Asks once for what is held until it is released, and 33 times more. */
async function askBesideOneThatIsHeld(env: Record<string, string>) {
  gateway = await startGateway(graph.all, {
    INTROSPECTION: 'true',
    TRUSTED_PROXIES: '1',
    SUBGRAPH_TIMEOUTS: 'post=30000',
    ...env,
  });
  expect([await ask(one), await ask(one)]).toEqual([200, 200]);
  const release = graph.post.holdNext();
  const before = graph.post.requests.length;
  const first = ask(one);
  await until(() => graph.post.requests.length > before);
  return { first, release, more: Array.from({ length: 33 }, () => ask(one)) };
}

test('costly operations of one address wait for each other, and for nobody else', async () => {
  const { first, release, more } = await askBesideOneThatIsHeld({});
  expect(await Promise.race(more)).toBe(429);
  expect(await Promise.race([first, ask(other).then(() => 'the other')])).toBe('the other');
  release();
  const statuses = await Promise.all([first, ...more]);
  expect(statuses.filter((status) => status === 200)).toHaveLength(33);
});

test('where nothing is said of costs they run as they come', async () => {
  const { first, release, more } = await askBesideOneThatIsHeld({ COST_PER_MINUTE: '0' });
  expect(await Promise.race([first, ...more])).toBe(200);
  expect(new Set(await Promise.all(more))).toEqual(new Set([200]));
  release();
  expect(await first).toBe(200);
});
