import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { childEnv, type Log, WebError, webFolder } from './web-process.ts';

const output = join(webFolder, '.next');
// What the web takes of the platform.
const readText = join(webFolder, '../platform/src/text');
// `next build` clears its output folder but for `cache`.
const lockFile = join(output, 'cache/socialhub-build.lock');
const stampFile = join(output, 'cache/socialhub-build.json');
const nextCli = createRequire(join(webFolder, 'package.json')).resolve('next/dist/bin/next');

const BUILD_MS = 5 * 60_000;
const NOT_BUILT = new Set([
  'node_modules',
  '.next',
  'tests',
  'next-env.d.ts',
  'generate.ts',
  'generate-texts.ts',
  'server.ts',
  'http-server.ts',
  'page-status.ts',
  'make-icons.ts',
  'action-frames.ts',
  'admission.ts',
  'refused-requests.ts',
  'whole-body.ts',
  'README.md',
]);

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
    ...(await sourcesOf(webFolder)),
    ...(await sourcesOf(readText)),
    join(webFolder, '../package-lock.json'),
  ]) {
    hash
      .update(relative(webFolder, path))
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

/** Names the build that is there; empty when there is none. */
export const presentBuild = () => readOr(join(output, 'BUILD_ID'), '');

// The stamp names the build that it belongs to, so that a later `next build` by hand is noticed.
async function isBuilt(wanted: string): Promise<boolean> {
  const buildId = await presentBuild();
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
    cwd: webFolder,
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
