import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { until } from '@socialhub/platform/testing/until';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { composeFixture, startGateway, type TestGateway } from '../fixture/gateway.ts';
import { type FixtureGraph, startGraph } from '../fixture/graph.ts';

let graph: FixtureGraph;
let good: string;
let registry: Awaited<ReturnType<typeof startRegistry>>;
let gateway: TestGateway | undefined;

beforeAll(async () => {
  graph = await startGraph();
  good = await composeFixture(graph.all);
  registry = await startRegistry();
});

afterEach(async () => {
  await gateway?.stop();
  gateway = undefined;
});

afterAll(async () => {
  await registry?.stop();
  await graph?.stop();
});

type Serve = (request: IncomingMessage, response: ServerResponse) => void;

/** Serves a supergraph, and sees how it is asked for it. */
async function startRegistry() {
  const answers: { status: number; etag: string | undefined }[] = [];
  let serve: Serve = (_request, response) => response.writeHead(500).end();
  const server = createServer((request, response) => {
    response.once('finish', () =>
      answers.push({ status: response.statusCode, etag: request.headers['if-none-match'] }),
    );
    serve(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/supergraph.graphql`,
    answers,
    serve(next: Serve) {
      serve = next;
      answers.length = 0;
    },
    /** One version, by its ETag. */
    publish(text: string, etag: string) {
      this.serve((request, response) => {
        const isKnown = request.headers['if-none-match'] === etag;
        response.writeHead(isKnown ? 304 : 200, { etag }).end(isKnown ? undefined : text);
      });
    },
    /** Waits until it has been asked so many times more. */
    asked: (count: number) => until(() => answers.length >= count),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const start = () => startGateway(graph.all, { SUPERGRAPH: registry.url, SUPERGRAPH_POLL_MS: '50' });
const codeOf = async (of: TestGateway, query: string) =>
  (await of.query(query)).body.errors?.[0]?.extensions.code;
const logs = (of: TestGateway, text: string) => of.logged.filter((line) => line.includes(text)).length;

test('a supergraph is read from a URL, asked for again with its ETag, and taken over when it changes', async () => {
  registry.publish(good, '"1"');
  gateway = await start();
  expect(await codeOf(gateway, '{ twin }')).toBeUndefined();
  await registry.asked(3);
  expect(registry.answers.slice(0, 3)).toEqual([
    { status: 200, etag: undefined },
    { status: 304, etag: '"1"' },
    { status: 304, etag: '"1"' },
  ]);
  const changed = await composeFixture(
    graph.all.map((one) =>
      one.name === 'user' ? { ...one, sdl: one.sdl.replace('twin: Int', 'twin: Int @authenticated') } : one,
    ),
  );
  registry.publish(changed, '"2"');
  await until(async () => gateway && (await codeOf(gateway, '{ twin }')) === 'UNAUTHENTICATED');
  expect(logs(gateway, 'is taken over')).toBe(1);
});

test('a bad version is refused once, and the last good one serves on until there is a better', async () => {
  registry.publish(good, '"1"');
  gateway = await start();
  registry.publish(good.replace('graph: POST, key: "id"', 'graph: POST, key: "nope"'), '"bad"');
  await registry.asked(4);
  expect(registry.answers.map(({ status }) => status)).toEqual([200, 304, 304, 304]);
  expect(logs(gateway, 'is refused')).toBe(1);
  expect(await codeOf(gateway, '{ twin }')).toBeUndefined();
  registry.publish(`${good}\n# better`, '"3"');
  await until(() => gateway && logs(gateway, 'is taken over') === 1);
});

test.each<[string, Serve]>([
  ['an error', (_request, response) => void response.writeHead(503).end('down')],
  ['a broken connection', (request) => void request.socket.destroy()],
  ['more bytes than a supergraph has', (_request, response) => void sendForever(response)],
  ['something that is no text', (_request, response) => void response.end(Buffer.from([0xff, 0xfe, 0xc0]))],
])('while it answers with %s the last good one serves on; that is logged once', async (_what, serve) => {
  registry.publish(good, '"1"');
  gateway = await start();
  let times = 0;
  registry.serve((request, response) => {
    times += 1;
    serve(request, response);
  });
  await until(() => times >= 3, { timeoutMs: 20_000 });
  await until(() => gateway && logs(gateway, "can't be read; the last good one serves on") === 1);
  expect(await codeOf(gateway, '{ twin }')).toBeUndefined();
  registry.publish(good, '"1"');
  await until(() => gateway && logs(gateway, 'can be read again') === 1);
});

test.each<[string, Serve, RegExp]>([
  ['an error', (_request, response) => void response.writeHead(404).end(), /answered with status 404/],
  ['no supergraph', (_request, response) => void response.end('<html>'), /is not a Federation 2 supergraph/],
])('a gateway does not start on %s, and says why', async (_what, serve, reason) => {
  registry.serve(serve);
  await expect(start()).rejects.toThrow(reason);
});

/** As long as the other side reads. */
function sendForever(response: ServerResponse): void {
  const part = 'x'.repeat(1_000_000);
  const more = () => {
    while (!response.destroyed && response.write(part));
  };
  response.on('drain', more);
  more();
}
