import { type IncomingHttpHeaders, request } from 'node:http';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startGateway, type TestGateway } from '../fixture/gateway.ts';
import { type FixtureGraph, startGraph } from '../fixture/graph.ts';

let graph: FixtureGraph;
let gateway: TestGateway;

beforeAll(async () => {
  graph = await startGraph();
  gateway = await startGateway(graph.all, { INTROSPECTION: 'true', COST_PER_OPERATION: '0' });
});

afterAll(async () => {
  await gateway?.stop();
  await graph?.stop();
});

interface Raw {
  status: number;
  headers: IncomingHttpHeaders;
  bytes: Buffer;
}

/** Unlike fetch it inflates nothing and adds no header of its own. */
function ask(query: string, headers: Record<string, string> = {}): Promise<Raw> {
  return new Promise((resolve, reject) => {
    const asked = request(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
    });
    asked.on('error', reject).on('response', (response) => {
      const chunks: Buffer[] = [];
      response
        .on('data', (chunk: Buffer) => chunks.push(chunk))
        .on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            bytes: Buffer.concat(chunks),
          }),
        );
    });
    asked.end(JSON.stringify({ query }));
  });
}

const names = Array.from(
  { length: 15 },
  (_, i) => `a${i}: user(id: ${i}) { displayName friends { displayName } }`,
);
const long = `{ ${names.join(' ')} }`;
const short = '{ mediaLimits }';
const longMutation = `mutation { ${names.map((name) => name.replace('user(', 'rename(name: "x", ')).join(' ')} }`;

const inflate = { gzip: gunzipSync, br: brotliDecompressSync };
const textOf = ({ headers, bytes }: Raw) => {
  const coding = headers['content-encoding'] as keyof typeof inflate | undefined;
  return String(coding ? inflate[coding](bytes) : bytes);
};

describe('an answer', () => {
  test.each<[string, string | undefined, number]>([
    ['gzip', 'gzip', 200],
    ['gzip, deflate, br', 'br', 200],
    ['br;q=0.5, gzip', 'gzip', 200],
    ['*', 'br', 200],
    ['identity', undefined, 200],
    ['gzip;q=0', undefined, 200],
    ['zstd', undefined, 200],
    ['', undefined, 200],
    ['gzip, identity;q=0', 'gzip', 200],
    ['identity;q=0', undefined, 406],
    ['*;q=0', undefined, 406],
  ])('to a client that takes %j is %s', async (accepted, coding, status) => {
    const plain = await ask(long);
    expect([plain.headers['content-encoding'], plain.headers.vary]).toEqual([
      undefined,
      'Origin, Accept-Encoding',
    ]);
    // The first passes Apollo Server, the second takes the fast path.
    for (const way of ['whole', 'short']) {
      const answer = await ask(`${long} # ${accepted}`, { 'accept-encoding': accepted });
      expect([way, answer.status, answer.headers['content-encoding']]).toEqual([way, status, coding]);
      expect(Number(answer.headers['content-length'])).toBe(answer.bytes.length);
      if (status !== 200) continue;
      expect(textOf(answer)).toBe(String(plain.bytes));
      expect(answer.headers.vary).toBe('Origin, Accept-Encoding');
      if (coding) expect(answer.bytes.length).toBeLessThan(plain.bytes.length / 2);
    }
  });

  test('that fits a packet is sent as it is', async () => {
    const answer = await ask(short, { 'accept-encoding': 'br, gzip' });
    expect([answer.headers['content-encoding'], String(answer.bytes)]).toEqual([
      undefined,
      '{"data":{"mediaLimits":4}}',
    ]);
  });

  test('of any length is gzip for a client that takes nothing plain', async () => {
    const answer = await ask(short, { 'accept-encoding': 'gzip, *;q=0' });
    expect(answer.headers['content-encoding']).toBe('gzip');
    expect(JSON.parse(textOf(answer))).toEqual({ data: { mediaLimits: 4 } });
  });

  // Tokens and recovery codes come out of mutations, beside text that others may have written.
  test('to a mutation has a length that depends on nothing but its length', async () => {
    const plain = await ask(longMutation, { 'accept-encoding': 'br, gzip' });
    expect(plain.bytes.length).toBeGreaterThan(1024);
    expect(plain.headers['content-encoding']).toBeUndefined();
    const asGzip = await ask(longMutation, { 'accept-encoding': 'gzip, identity;q=0' });
    expect(asGzip.headers['content-encoding']).toBe('gzip');
    expect(asGzip.bytes.length).toBeGreaterThan(plain.bytes.length);
    expect(textOf(asGzip)).toBe(String(plain.bytes));
  });

  test('to a request that nobody can be answered is not run', async () => {
    const before = graph.user.requests.length;
    const { status } = await ask('mutation { rename(id: 1, name: "x") { id } }', {
      'accept-encoding': '*;q=0',
    });
    expect([status, graph.user.requests.length]).toEqual([406, before]);
  });

  test('is right whoever asks at once, and however', async () => {
    const plain = String((await ask(long)).bytes);
    const codings = ['br', 'gzip', 'gzip, identity;q=0', 'identity'];
    const asked = Array.from({ length: 40 }, (_, i) =>
      ask(long, { 'accept-encoding': codings[i % 4] ?? '' }),
    );
    for (const answer of await Promise.all(asked)) expect(textOf(answer)).toBe(plain);
  });

  test('as a stream of events is never compressed', async () => {
    const answer = await ask(long, { accept: 'text/event-stream', 'accept-encoding': 'br, gzip' });
    expect(answer.headers['content-encoding']).toBeUndefined();
    expect(String(answer.bytes)).toContain('event: complete');
  });
});
