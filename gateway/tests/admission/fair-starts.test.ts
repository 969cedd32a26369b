import { connect } from 'node:net';
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

const body = JSON.stringify({ query: '{ __typename }' });

function requestFrom(address: string): string {
  const head = [
    'POST /graphql HTTP/1.1',
    'host: a',
    'content-type: application/json',
    `content-length: ${body.length}`,
    `x-forwarded-for: ${address}`,
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}

/** Opens a connection and counts the answers on it. */
function open() {
  const { hostname, port } = new URL(gateway.url);
  const socket = connect(Number(port), hostname);
  const state = { socket, answers: 0 };
  socket.on('data', (data) => {
    state.answers += data.toString('latin1').split('HTTP/1.1 200').length - 1;
  });
  return state;
}

test('who sends thousands of requests without awaiting answers waits for themselves, not everybody else', async () => {
  gateway = await startGateway(graph.all, { TRUSTED_PROXIES: '1' });
  await gateway.post({ query: '{ __typename }' });
  const floods = Array.from({ length: 40 }, open);
  const innocent = open();
  const sum = () => floods.reduce((total, { answers }) => total + answers, 0);
  for (const { socket } of floods) socket.write(requestFrom('198.51.100.1').repeat(60));
  await until(() => sum() > 0);
  innocent.socket.write(requestFrom('198.51.100.2'));
  await until(() => innocent.answers === 1);
  expect(sum()).toBeLessThan(1200);
  await until(() => sum() === 2400);
  for (const { socket } of [...floods, innocent]) socket.destroy();
});
