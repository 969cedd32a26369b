import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '@socialhub/platform/testing/until';
import { freePort } from '@socialhub/servers/ports';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../src/options.ts';

/** What a terminal shows of `npm start`, as a process of its own. */
interface Run {
  child: ChildProcess;
  output: () => string;
  exited: Promise<number | null>;
}

const homes: string[] = [];
async function home(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'socialhub-start-'));
  homes.push(path);
  return path;
}
afterAll(() => Promise.all(homes.map((path) => rm(path, { recursive: true, force: true }))));

function start(env: Record<string, string>, ...flags: string[]): Run {
  const child = spawn(process.execPath, ['infra/local/src/start.ts', '--no-web', '--no-demo', ...flags], {
    cwd: projectRoot,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const collect = (chunk: Buffer) => {
    output += chunk;
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  return {
    child,
    output: () => output,
    exited: once(child, 'close').then(([code]) => code as number | null),
  };
}

async function ready(run: Run): Promise<void> {
  await until(() => run.output().includes('SocialHub is ready') || run.child.exitCode !== null, {
    timeoutMs: 60_000,
  });
  expect(run.output()).toContain('SocialHub is ready');
}

/** The processes whose command line or environment names this home. */
async function processesOf(path: string): Promise<string[]> {
  const found: string[] = [];
  for (const pid of (await readdir('/proc')).filter(
    (entry) => /^\d+$/.test(entry) && Number(entry) !== process.pid,
  )) {
    const read = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => '');
    const [command, environment] = await Promise.all([read('cmdline'), read('environ')]);
    if (command.includes(path) || environment.includes(path)) found.push(command.replaceAll('\0', ' '));
  }
  return found;
}

describe('npm start', () => {
  let first: Run;
  let firstHome: string;
  let gatewayPort: number;

  beforeAll(async () => {
    firstHome = await home();
    gatewayPort = await freePort();
    first = start({ SOCIALHUB_HOME: firstHome, GATEWAY_PORT: String(gatewayPort) });
    await ready(first);
  }, 90_000);
  afterAll(async () => {
    first.child.kill('SIGINT');
    await first.exited;
  }, 60_000);

  it('answers where it says', async () => {
    expect(first.output()).toContain(`http://127.0.0.1:${gatewayPort}/graphql`);
    const readyz = await fetch(`http://127.0.0.1:${gatewayPort}/readyz`);
    expect(readyz.status).toBe(200);
  });

  it('runs a second copy beside it, with other ports and another home, which Ctrl-C ends without a trace', async () => {
    const secondHome = await home();
    const second = start({ SOCIALHUB_HOME: secondHome, GATEWAY_PORT: String(await freePort()) });
    await ready(second);
    expect((await processesOf(secondHome)).length).toBeGreaterThan(0);
    second.child.kill('SIGINT');
    expect(await second.exited).toBe(0);
    expect(await processesOf(secondHome)).toEqual([]);
    expect((await fetch(`http://127.0.0.1:${gatewayPort}/livez`)).status).toBe(200);
  }, 90_000);

  it.each([
    ['a home that is in use', async () => ({ SOCIALHUB_HOME: firstHome }), /already runs from/],
    [
      'a port that is taken',
      async () => ({ GATEWAY_PORT: String(gatewayPort) }),
      /Port \d+ is taken: set GATEWAY_PORT/,
    ],
    [
      'a database that does not answer',
      async () => ({ DATABASE_URL: `postgresql://u:secret@127.0.0.1:${await freePort()}/x` }),
      /DATABASE_URL: no PostgreSQL answers at 127\.0\.0\.1:\d+ \(ECONNREFUSED\)/,
    ],
    [
      'a broker that does not answer',
      async () => ({ RABBITMQ_URL: `amqp://u:secret@127.0.0.1:${await freePort()}` }),
      /RABBITMQ_URL: no RabbitMQ answers at/,
    ],
    [
      'an S3 that does not answer',
      async () => ({
        S3_ENDPOINT: `http://127.0.0.1:${await freePort()}`,
        AWS_ACCESS_KEY_ID: 'x',
        AWS_SECRET_ACCESS_KEY: 'secret',
      }),
      /S3_ENDPOINT: nothing answers at/,
    ],
    ['a port that is none', async () => ({ GATEWAY_PORT: '99999' }), /GATEWAY_PORT/],
  ] as const)(
    'says in one sentence what to do about %s, and leaves nothing',
    async (_what, environment, sentence) => {
      const ownHome = await home();
      const run = start({
        SOCIALHUB_HOME: ownHome,
        GATEWAY_PORT: String(await freePort()),
        ...(await environment()),
      });
      expect(await run.exited).toBe(1);
      const said = run.output().replace('Starting SocialHub ...\n', '').trim();
      expect(said).toMatch(sentence);
      expect(said.split('\n')).toHaveLength(1);
      expect(said).not.toMatch(/secret|\bat .*\.ts:\d/);
      expect(await processesOf(ownHome)).toEqual([]);
    },
    60_000,
  );
});

it('starts again from a home whose last run was killed', async () => {
  const ownHome = await home();
  const run = start({ SOCIALHUB_HOME: ownHome, GATEWAY_PORT: String(await freePort()) });
  await ready(run);
  run.child.kill('SIGKILL');
  await run.exited;
  // What a killed parent leaves (PostgreSQL may outlive it) the next start from the same home takes over.
  const again = start({ SOCIALHUB_HOME: ownHome, GATEWAY_PORT: String(await freePort()) });
  await ready(again);
  again.child.kill('SIGINT');
  expect(await again.exited).toBe(0);
  expect(await processesOf(ownHome)).toEqual([]);
}, 120_000);

it('a Node that is too old is told so before anything is installed', () => {
  const script = join(projectRoot, 'infra/local/src/ensure-installed.cjs');
  const pretend = `Object.defineProperty(process.versions, 'node', { value: '18.20.0' }); require(${JSON.stringify(script)})`;
  expect(() => execFileSync(process.execPath, ['-e', pretend], { stdio: 'pipe' })).toThrow(
    /SocialHub needs Node 20 or newer/,
  );
});
