import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { createLogger } from '@socialhub/platform/log';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildExplorer } from '../../explorer/build.ts';
import { createExplorer } from '../../src/explorer/explorer.ts';

const log = createLogger({ service: 'gateway', level: 'silent' });

let parent: string;
let folder: string;
let server: Server;

beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'explorer-test-'));
  folder = join(parent, 'explorer');
  await buildExplorer(folder);
  const explorer = createExplorer({ enabled: true, log, folder });
  await explorer.prepare();
  server = createServer(async (incoming, response) => {
    if (!(await explorer.serve(incoming, response))) response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterAll(async () => {
  server?.close();
  await rm(parent, { recursive: true, force: true });
});

interface Got {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

/** As the bytes come over the wire; fetch would unpack them. */
function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  const { port } = server.address() as AddressInfo;
  return new Promise((resolve, reject) => {
    request({ port, path, headers, method, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    })
      .on('error', reject)
      .end();
  });
}

/** None where the system does not tell. */
function childrenOf(pid: number): string[] {
  const file = `/proc/${pid}/task/${pid}/children`;
  return existsSync(file) ? readFileSync(file, 'utf8').split(' ').filter(Boolean) : [];
}

const unpacked = ({ headers, body }: Got) =>
  headers['content-encoding'] === 'br'
    ? brotliDecompressSync(body)
    : headers['content-encoding'] === 'gzip'
      ? gunzipSync(body)
      : body;

async function filesOfThePage(): Promise<string[]> {
  const { body } = await get('/');
  return [...body.toString().matchAll(/(?:href|src)="(\/[^"]+)"/g)].map(([, path]) => path ?? '');
}

describe('the explorer', () => {
  it.each([
    [undefined, undefined],
    ['br, gzip', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip;q=0', undefined],
  ])(
    'sends each file to a client that accepts %s as %s, the same when it is unpacked',
    async (accepted, coding) => {
      for (const path of ['/', ...(await filesOfThePage())]) {
        const plain = await get(path);
        const got = await get(path, accepted === undefined ? {} : { 'accept-encoding': accepted });
        expect(got.status).toBe(200);
        expect(got.headers['content-encoding']).toBe(coding);
        expect(got.headers.vary).toBe('accept-encoding');
        expect(Number(got.headers['content-length'])).toBe(got.body.length);
        expect(unpacked(got)).toEqual(plain.body);
      }
    },
  );

  it('is kept for good by a browser, but for the page, which is asked for again', async () => {
    const files = await filesOfThePage();
    expect(files.length).toBeGreaterThan(1);
    for (const path of files) {
      expect(path).toMatch(/-\w{8}\.\w+$/);
      expect((await get(path)).headers['cache-control']).toBe('public, max-age=31536000, immutable');
    }
    expect((await get('/')).headers['cache-control']).toBe('no-cache');
  });

  it('answers who has the page already with 304, whatever their coding', async () => {
    for (const headers of [{}, { 'accept-encoding': 'br' }] as Record<string, string>[]) {
      const { etag } = (await get('/', headers)).headers;
      for (const tag of [String(etag), `W/${etag}`, `"other", ${etag}`, '*']) {
        const again = await get('/', { ...headers, 'if-none-match': tag });
        expect(again.status).toBe(304);
        expect(again.body.length).toBe(0);
        expect(again.headers.etag).toBe(etag);
        expect(again.headers.vary).toBe('accept-encoding');
      }
      expect((await get('/', { ...headers, 'if-none-match': '"other"' })).status).toBe(200);
    }
    const tags = [(await get('/')).headers.etag, (await get('/', { 'accept-encoding': 'br' })).headers.etag];
    expect(tags[0]).not.toBe(tags[1]);
  });

  it('gives HEAD the headers alone, and knows no other path', async () => {
    const head = await get('/', { 'accept-encoding': 'br' }, 'HEAD');
    expect(head.body.length).toBe(0);
    expect(head.headers).toMatchObject({
      ...(await get('/', { 'accept-encoding': 'br' })).headers,
      date: expect.any(String),
    });
    for (const path of [
      '/explorer/../version',
      '/explorer/version',
      '/explorer/index.html',
      '/explorer/main.js',
      '/explorer/',
      '//',
    ])
      expect((await get(path)).status).toBe(404);
    const [script = ''] = (await filesOfThePage()).filter((path) => path.endsWith('.js'));
    expect((await get(`${script}.br`)).status).toBe(404);
  });

  it('runs and styles nothing that is inline or from elsewhere', async () => {
    const { headers, body } = await get('/', { host: 'api.example:4000' });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain('wss://api.example:4000');
    expect(policy).not.toMatch(/unsafe|\*/);
    expect(body.toString()).not.toMatch(/<script(?![^>]*src=)|<style|style=|https?:/);
    expect(
      String((await get('/', { host: "a; script-src 'x'" })).headers['content-security-policy']),
    ).not.toContain("'x'");
  });

  it('weighs less than 200 kB, in three files', async () => {
    const loaded = ['/', ...(await filesOfThePage()).filter((path) => /\.(js|css)$/.test(path))];
    expect(loaded).toHaveLength(3);
    let bytes = 0;
    for (const path of loaded) bytes += (await get(path, { 'accept-encoding': 'gzip, br' })).body.length;
    expect(bytes).toBeLessThan(200_000);
  });

  it('says what each package in it is licensed under', async () => {
    const [path = ''] = (await filesOfThePage()).filter((name) => name.endsWith('.txt'));
    const text = (await get(path)).body.toString();
    for (const name of ['@codemirror/view', 'cm6-graphql', 'graphql', 'graphql-ws'])
      expect(text).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+: MIT$`, 'm'));
  });
});

describe('the build of the explorer', () => {
  it('does nothing when it was built of the same', async () => {
    const before = await stat(join(folder, 'version'));
    expect(await buildExplorer(folder)).toBe(false);
    expect((await stat(join(folder, 'version'))).mtimeMs).toBe(before.mtimeMs);
  });

  it('can be read by whoever serves it, whoever built it', async () => {
    const umask = process.umask(0o077);
    const other = join(parent, 'by-another');
    try {
      await buildExplorer(other);
    } finally {
      process.umask(umask);
    }
    expect((await stat(other)).mode & 0o777).toBe(0o755);
    for (const name of await readdir(other))
      expect([name, (await stat(join(other, name))).mode & 0o777]).toEqual([name, 0o644]);
  });

  it('leaves no bundler running', async () => {
    const names = await Promise.all(
      childrenOf(process.pid).map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8')),
    );
    expect(names.filter((name) => name.includes('esbuild'))).toEqual([]);
  });

  it('leaves nothing half-built behind, and a gateway without it says so and goes on', async () => {
    expect((await readdir(parent)).filter((name) => name.startsWith('explorer-'))).toEqual([]);
    const said: unknown[] = [];
    const warning = { ...log, warn: (_: unknown, text: string) => void said.push(text) };
    const explorer = createExplorer({
      enabled: true,
      log: warning as typeof log,
      folder: join(parent, 'none'),
    });
    await explorer.prepare();
    expect(said).toEqual([expect.stringContaining('npm run build:explorer')]);
  });
});
