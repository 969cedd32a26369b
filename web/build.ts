import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { checkPort, freePort } from '@socialhub/servers/ports';

/** Takes lines of progress for people; a pino logger is one. */
export interface Log {
  info(line: string): void;
}

/** The web's server or its build could not do what was asked; the message is one sentence for people. */
export class WebError extends Error {
  override name = 'WebError';
}

const here = fileURLToPath(new URL('.', import.meta.url));
const output = join(here, '.next');
// What the web takes of the platform.
const readText = join(here, '../platform/src/text');
// `next build` clears its output folder but for `cache`.
const lockFile = join(output, 'cache/socialhub-build.lock');
const stampFile = join(output, 'cache/socialhub-build.json');
const server = join(here, 'server.ts');
const nextCli = createRequire(import.meta.url).resolve('next/dist/bin/next');

const BUILD_MS = 5 * 60_000;
const READY_MS = 30_000;
/** Longer than the server takes to answer what it has begun. */
const STOP_MS = 8_000;
const NOT_BUILT = new Set([
  'node_modules',
  '.next',
  'tests',
  'next-env.d.ts',
  'build.ts',
  'exit-with-parent.ts',
  'server.ts',
  'http-server.ts',
  'admission.ts',
  'client-identity.ts',
  'config.ts',
  'refused-requests.ts',
  'whole-body.ts',
  'README.md',
]);

// What the web may know of this process: keys and database addresses of the services are none of it.
const PASSED_ON = /^(PATH|HOME|TMPDIR|TEMP|TMP|LANG|LC_.*|TZ|NODE_EXTRA_CA_CERTS|NEXT_.*|SystemRoot)$/;

function childEnv(more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const passed = Object.entries(process.env).filter(([name]) => PASSED_ON.test(name));
  return { ...Object.fromEntries(passed), NEXT_TELEMETRY_DISABLED: '1', NODE_ENV: 'production', ...more };
}

async function sourcesOf(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const found = await Promise.all(
    entries
      .filter((entry) => !NOT_BUILT.has(entry.name) && !/\.(tsbuildinfo|test\.ts)$/.test(entry.name))
      .map((entry) => {
        const path = join(folder, entry.name);
        return entry.isDirectory() ? sourcesOf(path) : [path];
      }),
  );
  return found.flat().sort();
}

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const path of [
    ...(await sourcesOf(here)),
    ...(await sourcesOf(readText)),
    join(here, '../package-lock.json'),
  ]) {
    hash
      .update(relative(here, path))
      .update('\0')
      .update(await readFile(path))
      .update('\0');
  }
  return hash.digest('hex');
}

async function readOr(path: string, fallback: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return fallback;
    throw error;
  });
}

// The stamp names the build that it belongs to, so that a later `next build` by hand is noticed.
async function isBuilt(wanted: string): Promise<boolean> {
  const buildId = await readOr(join(output, 'BUILD_ID'), '');
  return buildId !== '' && (await readOr(stampFile, '')) === JSON.stringify({ wanted, buildId });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function takeLock(log: Log): Promise<() => Promise<void>> {
  const deadline = Date.now() + BUILD_MS;
  let told = false;
  await mkdir(join(output, 'cache'), { recursive: true });
  for (;;) {
    try {
      const file = await open(lockFile, 'wx');
      await file.writeFile(String(process.pid));
      await file.close();
      return () => rm(lockFile, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = Number(await readOr(lockFile, ''));
    // Empty for the moment between its making and its writing.
    if (holder > 0 && !isAlive(holder)) await rm(lockFile, { force: true });
    if (Date.now() > deadline) {
      throw new WebError(
        `Another process builds the web app without an end: remove ${lockFile} if none does.`,
      );
    }
    if (!told) log.info('Waiting for another process that builds the web app');
    told = true;
    await pause(200);
  }
}

async function runBuild(): Promise<void> {
  const child = spawn(process.execPath, [nextCli, 'build'], {
    cwd: here,
    env: childEnv(),
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: BUILD_MS,
  });
  let said = '';
  const keep = (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-8_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const [code] = await once(child, 'close');
  if (code !== 0)
    throw new WebError(`The web app does not build (next build, exit code ${code}):\n${said.trim()}`);
}

/**
 * Builds the web app when its sources, the lockfile or its configuration changed since the last build; one
 * of several callers builds, the others wait. Gives whether this call built. Throws WebError.
 */
export async function buildIfStale({ log }: { log: Log }): Promise<{ built: boolean }> {
  if (await isBuilt(await fingerprint())) return { built: false };
  const unlock = await takeLock(log);
  try {
    const wanted = await fingerprint();
    if (await isBuilt(wanted)) return { built: false };
    log.info('Building the web app');
    const began = Date.now();
    await rm(stampFile, { force: true });
    await runBuild();
    const buildId = await readFile(join(output, 'BUILD_ID'), 'utf8');
    await writeFile(stampFile, JSON.stringify({ wanted, buildId }));
    log.info(`Built the web app in ${((Date.now() - began) / 1000).toFixed(1)} s`);
    return { built: true };
  } finally {
    await unlock();
  }
}

async function untilReady(url: string, child: ChildProcess, said: () => string): Promise<void> {
  const deadline = Date.now() + READY_MS;
  while (child.exitCode === null && child.signalCode === null) {
    const answers = await fetch(`${url}/livez`, { signal: AbortSignal.timeout(2_000) }).then(
      (response) => response.ok,
      () => false,
    );
    if (answers) return;
    if (Date.now() > deadline) {
      throw new WebError(
        `The web app did not answer at ${url} within ${READY_MS / 1000} s. ${said()}`.trim(),
      );
    }
    await pause(50);
  }
  throw new WebError(`The web app ended while it started. ${said()}`.trim());
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
  await gone;
  clearTimeout(force);
}

/**
 * Starts the built web app on 127.0.0.1 and waits until it answers. gatewayUrl may lack `/graphql`;
 * mediaOrigin is where pictures may come from (one or more URLs); with identityKeys the gateway believes the web where
 * its browsers are; settings are variables that the web's config.ts names. stop() leaves no process behind; the
 * server also ends by itself when this process dies. ended gives its exit code, null where it had to be killed. Throws WebError, StartFault when the port is taken.
 */
export async function startWeb(o: {
  port: number;
  gatewayUrl: string;
  mediaOrigin: string;
  identityKeys?: string;
  settings?: Readonly<Record<string, string>>;
  log: Log;
}): Promise<{ url: string; stop(): Promise<void>; ended: Promise<number | null> }> {
  if ((await readOr(join(output, 'BUILD_ID'), '')) === '') {
    throw new WebError('The web app is not built: run `npm run build -w web` first.');
  }
  const port = o.port || (await freePort());
  await checkPort(port, 'WEB_PORT');
  const url = `http://127.0.0.1:${port}`;
  const parentWatch = new URL('./exit-with-parent.ts', import.meta.url).href;
  const child = spawn(
    process.execPath,
    ['--import', parentWatch, server, '--hostname', '127.0.0.1', '--port', String(port)],
    {
      cwd: here,
      env: childEnv({
        GATEWAY_URL: o.gatewayUrl,
        MEDIA_ORIGIN: o.mediaOrigin,
        ...o.settings,
        ...(o.identityKeys && { IDENTITY_KEYS: o.identityKeys }),
      }),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
  let last = '';
  const tell = (chunk: Buffer) => {
    for (const line of chunk.toString().split('\n')) {
      if (line.trim() === '') continue;
      last = line.trim();
      o.log.info(`web: ${last}`);
    }
  };
  child.stdout?.on('data', tell);
  child.stderr?.on('data', tell);
  try {
    await untilReady(url, child, () => (last === '' ? '' : `Its last words: ${last}`));
  } catch (error) {
    await end(child);
    throw error;
  }
  return { url, stop: () => end(child), ended };
}
