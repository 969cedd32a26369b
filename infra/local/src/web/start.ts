import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { checkPort, freePort } from '@socialhub/servers/ports';
import { presentBuild } from './build.ts';
import { childEnv, type Log, WebError, webFolder } from './web-process.ts';

const server = join(webFolder, 'server.ts');
const next = join(webFolder, '../node_modules/next/dist/bin/next');
const READY_MS = 30_000;
/** Longer than the server takes to answer what it has begun. */
const STOP_MS = 8_000;

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
 * browsers call the gateway there too unless `settings` say
 * otherwise; mediaOrigin is where pictures may come from (one or more URLs); with identityKeys the gateway believes the web where
 * its browsers are; settings are variables that the web's config.ts names. stop() leaves no process behind; the
 * server also ends by itself when this process dies. ended gives its exit code, null where it had to be killed. Throws WebError, StartFault when the port is taken.
 */
export async function startWeb(o: {
  port: number;
  gatewayUrl: string;
  mediaOrigin: string;
  identityKeys?: string;
  settings?: Readonly<Record<string, string>>;
  /** Next by itself, as Vercel runs it; else our own server. */
  asOnVercel?: boolean;
  log: Log;
}): Promise<{ url: string; stop(): Promise<void>; ended: Promise<number | null> }> {
  if ((await presentBuild()) === '') {
    throw new WebError('The web app is not built: run `npm run build -w web` first.');
  }
  const port = o.port || (await freePort());
  await checkPort(port, 'WEB_PORT');
  const url = `http://127.0.0.1:${port}`;
  const parentWatch = new URL('./exit-with-parent.ts', import.meta.url).href;
  const child = spawn(
    process.execPath,
    [
      '--import',
      parentWatch,
      ...(o.asOnVercel ? [next, 'start'] : [server]),
      '--hostname',
      '127.0.0.1',
      '--port',
      String(port),
    ],
    {
      cwd: webFolder,
      env: childEnv({
        GATEWAY_URL: o.gatewayUrl,
        MEDIA_ORIGIN: o.mediaOrigin,
        PUBLIC_GATEWAY_URL: o.gatewayUrl,
        ...o.settings,
        ...(o.asOnVercel && { VERCEL: '1' }),
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
