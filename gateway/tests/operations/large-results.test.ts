import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { startGateway, type TestGateway } from '../fixture/gateway.ts';
import { type FixtureGraph, startGraph } from '../fixture/graph.ts';

// A text that is asked for by many names, at many places, is written out at each of them.

let graph: FixtureGraph;
let gateway: TestGateway;

beforeAll(async () => {
  graph = await startGraph();
});

afterEach(() => gateway?.stop());

afterAll(() => graph?.stop());

async function start(env: Record<string, string> = {}): Promise<void> {
  gateway = await startGateway(graph.all, { TRUSTED_PROXIES: '1', ...env });
}

const times = (count: number, write: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => write(at)).join(' ');
const query = `query ($id: ID!) { ${times(19, (at) => `u${at}: user(id: $id) { ...F }`)} }
  fragment F on User { ${times(10, (at) => `d${at}: displayName`)} }`;
/** 190 names of so many characters. */
const named = (chars: number) => ({ query, variables: { id: 'x'.repeat(chars) } });
const from = (address: string) => ({ 'x-forwarded-for': address });

test('an answer of more than ten million characters is refused, whether the operation is known or new', async () => {
  await start();
  for (let at = 0; at < 2; at += 1) {
    const { text, body } = await gateway.post(named(60_000));
    expect(text.length).toBeLessThan(1000);
    expect(body.data).toBeNull();
    expect(body.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', limit: 10_000_000 } }]);
  }
  const { body } = await gateway.post(named(40_000));
  expect(body.errors).toBeUndefined();
  const refused = await new Promise((resolve, reject) =>
    gateway.socket().subscribe(named(60_000), { next: resolve, error: reject, complete: () => undefined }),
  );
  expect(refused).toMatchObject({ data: null, errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
});

test('large answers count as costs of whoever asks, and nobody else’s', async () => {
  await start({ COST_PER_MINUTE: '100000' });
  const large = named(40_000);
  const [one, other] = [from('198.51.100.1'), from('198.51.100.2')];
  expect((await gateway.post(large, one)).status).toBe(200);
  expect((await gateway.post(named(100), one)).status).toBe(429);
  for (let at = 0; at < 20; at += 1) expect((await gateway.post(named(100), other)).status).toBe(200);
});
