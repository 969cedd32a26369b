import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { composeServices } from '@apollo/composition';
import { parse } from 'graphql';
import { expect, test } from 'vitest';

const home = join(import.meta.dirname, '..');

test('the example of the README runs as it stands', async () => {
  const users: unknown[] = [];
  const subgraph = createServer((request, response) => {
    users.push(request.headers['x-user']);
    request.resume().on('end', () => {
      response.setHeader('content-type', 'application/json');
      response.end('{"data":{"product":{"name":"Table"}}}');
    });
  });
  await new Promise<void>((resolve) => subgraph.listen(0, '127.0.0.1', resolve));
  const folder = await mkdtemp(join(tmpdir(), 'readme-'));
  try {
    const { port } = subgraph.address() as AddressInfo;
    const typeDefs = parse('type Query { product(id: ID!): Product } type Product { id: ID! name: String }');
    const { supergraphSdl } = composeServices([
      { name: 'products', url: `http://127.0.0.1:${port}`, typeDefs },
    ]);
    const file = join(folder, 'supergraph.graphql');
    await writeFile(file, String(supergraphSdl));
    const example = /```ts\n([\s\S]*?)```/.exec(await readFile(join(home, 'README.md'), 'utf8'))?.[1];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--input-type=module-typescript', '--eval', String(example)],
      { cwd: home, env: { ...process.env, SUPERGRAPH: file }, timeout: 25_000 },
    );
    expect(JSON.parse(stdout)).toEqual({ data: { product: { name: 'Table' } } });
    expect(users).toEqual(['ada']);
  } finally {
    subgraph.close();
    await rm(folder, { recursive: true });
  }
});
