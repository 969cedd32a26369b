import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { until } from '@socialhub/platform/testing/until';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { readStandaloneOptions } from '../../src/standalone/options.ts';
import { composeFixture } from '../fixture/gateway.ts';
import { type FixtureGraph, startGraph } from '../fixture/graph.ts';

const command = fileURLToPath(new URL('../../src/standalone/main.ts', import.meta.url));

let graph: FixtureGraph;
let folder: string;
let supergraphFile: string;
const children: ChildProcess[] = [];

beforeAll(async () => {
  graph = await startGraph();
  folder = await mkdtemp(join(tmpdir(), 'standalone-test-'));
  supergraphFile = join(folder, 'supergraph.graphql');
  await writeFile(supergraphFile, await composeFixture(graph.all));
});

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await graph?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Runs the command with nothing of SocialHub in its environment. */
function start(args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  const child = fork(command, args, {
    silent: true,
    execArgv: [],
    env: { PATH: process.env.PATH, LOG_LEVEL: 'warn', ...env },
  });
  children.push(child);
  return child;
}

async function serve(args: readonly string[], env: Record<string, string> = {}) {
  const child = start(args, env);
  const [{ ready: url }] = (await once(child, 'message')) as [{ ready: string }];
  const ask = async (query: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
    return response.json() as Promise<{ data?: unknown; errors?: { extensions: { code: string } }[] }>;
  };
  return { child, url, ask };
}

async function failure(args: readonly string[], env: Record<string, string> = {}) {
  const child = start(args, env);
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    said += chunk.toString();
  });
  const [code] = await once(child, 'close');
  return { code, said };
}

describe('the open gateway', () => {
  let gateway: Awaited<ReturnType<typeof serve>>;

  beforeAll(async () => {
    gateway = await serve(['--supergraph', supergraphFile, '--port', '0', '--open']);
  });

  test('answers across the subgraphs that the file names, at the addresses that it names', async () => {
    const { data, errors } = await gateway.ask('{ posts { text author { displayName postCount } } }');
    expect(errors).toBeUndefined();
    expect(data).toEqual({ posts: [{ text: 'hello', author: { displayName: 'User 1', postCount: 3 } }] });
  });

  test('neither needs nor checks nor forwards an Authorization, and signs nothing', async () => {
    const before = graph.post.requests.length;
    const { errors } = await gateway.ask('{ posts { text } }', { authorization: 'Bearer not-a-token' });
    expect(errors).toBeUndefined();
    const headers = graph.post.requests[before]?.headers ?? {};
    expect(Object.keys(headers)).not.toContain('authorization');
    expect(Object.keys(headers)).not.toContain('x-socialhub-identity');
  });

  test('refuses what the schema keeps for people who are signed in', async () => {
    const { errors } = await gateway.ask('{ viewer { id } }', { authorization: 'Bearer not-a-token' });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
  });

  test('answers without it where it is told to', async () => {
    const filtering = await serve([
      ...['--supergraph', supergraphFile, '--port', '0', '--open', '--unauthorized', 'filter'],
    ]);
    const { data, errors } = await filtering.ask('{ viewer { id } posts { text } }');
    expect(data).toEqual({ viewer: null, posts: [{ text: 'hello' }] });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
    filtering.child.kill('SIGTERM');
    await once(filtering.child, 'exit');
  });

  test('may be introspected', async () => {
    expect(await gateway.ask('{ __schema { queryType { name } } }')).toEqual({
      data: { __schema: { queryType: { name: 'Query' } } },
    });
  });

  test('carries subscriptions over WebSocket, whatever authorization the client sends along', async () => {
    const client = createClient({
      url: `${gateway.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: { authorization: 'Bearer not-a-token' },
      retryAttempts: 0,
    });
    const events = client.iterate({ query: 'subscription { chatEvents { cursor message { text } } }' });
    const first = events.next();
    await until(() => graph.feed.listeners() === 1);
    graph.feed.push({ cursor: 'c1', kind: 'message', message: { id: 'm', text: 'hi' } });
    expect((await first).value).toEqual({ data: { chatEvents: { cursor: 'c1', message: { text: 'hi' } } } });
    await events.return?.();
    await client.dispose();
  });

  test('takes over a supergraph that has changed', async () => {
    const changed = (await composeFixture(graph.all)).replaceAll('mediaLimits', 'mediaBounds');
    await writeFile(`${supergraphFile}.new`, changed);
    await rename(`${supergraphFile}.new`, supergraphFile);
    await until(async () =>
      JSON.stringify(await gateway.ask('{ __type(name: "Query") { fields { name } } }')).includes(
        'mediaBounds',
      ),
    );
  });

  test('ends in order on SIGTERM', async () => {
    gateway.child.kill('SIGTERM');
    expect(await once(gateway.child, 'exit')).toEqual([0, null]);
  });
});

describe('the guarded gateway', () => {
  test('refuses a token that it cannot verify and signs for the subgraphs', async () => {
    const gateway = await serve(['--supergraph', supergraphFile, '--port', '0'], {
      JWKS_URL: 'http://127.0.0.1:9/jwks.json',
      IDENTITY_KEYS: `k1:${'x'.repeat(40)}`,
    });
    const before = graph.post.requests.length;
    expect((await gateway.ask('{ posts { text } }')).errors).toBeUndefined();
    expect(graph.post.requests[before]?.headers).toHaveProperty('x-socialhub-identity');
    const { errors } = await gateway.ask('{ posts { text } }', { authorization: 'Bearer not-a-token' });
    expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['UNAUTHENTICATED']);
    gateway.child.kill('SIGTERM');
    await once(gateway.child, 'exit');
  });
});

describe('a fault is told in a sentence, with exit code 1', () => {
  test('when there is no such file', async () => {
    const path = join(folder, 'nowhere.graphql');
    expect(await failure(['--supergraph', path, '--port', '0', '--open'])).toEqual({
      code: 1,
      said: `Could not start: there is no supergraph at ${path}\n`,
    });
  });

  test('when the file is the schema of a subgraph', async () => {
    const path = join(folder, 'subgraph.graphql');
    await writeFile(path, 'type Query { a: Int }');
    const { code, said } = await failure(['--supergraph', path, '--port', '0', '--open']);
    expect(code).toBe(1);
    expect(said).toMatch(`Could not start: ${path} is not a Federation 2 supergraph: `);
    expect(said).not.toMatch(/\n {4}at /);
  });

  test('when the command line or the environment lacks something', () => {
    const reading =
      (...args: string[]) =>
      () =>
        readStandaloneOptions(args, {});
    expect(reading('--open')).toThrow(/--supergraph is missing; usage: npm run gateway/);
    expect(reading('--supergraph', 'x', '--prot', '1')).toThrow(/Unknown option '--prot'.*usage/);
    expect(reading('--supergraph', 'x', '--port', 'x', '--open')).toThrow(/PORT: must be a port/);
    expect(reading('--supergraph', 'x', '--open', '--unauthorized', 'x')).toThrow(
      /UNAUTHORIZED: must be one of refuse, filter/,
    );
    expect(reading('--supergraph', 'x')).toThrow(/JWKS_URL is missing; IDENTITY_KEYS is missing; .*--open/);
  });
});
