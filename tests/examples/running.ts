import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { until } from '@socialhub/platform/testing/until';

const modules = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** An example that runs as a program of its own, as for somebody who has copied it. */
export interface Running {
  /** What it has shown so far. */
  // biome-ignore lint/suspicious/noExplicitAny: a test reads into whatever was shown
  readonly shown: any[];
  /** Waits until it has shown something that fits; fails with what it said of its faults. */
  until(fits: () => boolean, what: string): Promise<void>;
  stop(): Promise<void>;
}

const given = `
const accessToken = () => process.env.TOKEN;
const show = (thing) =>
  process.stdout.write(\`\${JSON.stringify(thing instanceof Error ? { failed: thing.message } : (thing ?? null))}\\n\`);
`;

/** Starts an example in TypeScript, at a gateway that is elsewhere than the documentation has it. */
export async function runExample(code: string, at: { gatewayUrl: string; token: string }): Promise<Running> {
  const folder = await mkdtemp(join(tmpdir(), 'socialhub-example-'));
  await symlink(modules, join(folder, 'node_modules'));
  const file = join(folder, 'example.mts');
  await writeFile(file, given + elsewhere(code, at.gatewayUrl));
  const child: ChildProcess = spawn(process.execPath, [file], {
    env: { PATH: process.env.PATH, TOKEN: at.token },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const shown: unknown[] = [];
  let said = '';
  if (child.stdout) createInterface(child.stdout).on('line', (line) => shown.push(JSON.parse(line)));
  child.stderr?.on('data', (chunk) => {
    said += String(chunk);
  });
  const gone = once(child, 'exit');
  return {
    shown,
    async until(fits, what) {
      try {
        await until(fits, { timeoutMs: 20_000, what });
      } catch (error) {
        throw new Error(`${(error as Error).message}; it showed ${JSON.stringify(shown)} and said: ${said}`);
      }
    },
    async stop() {
      child.kill('SIGKILL');
      await gone;
      await rm(folder, { recursive: true });
    },
  };
}

/** Puts a gateway's address in the place of the documented one. */
export const elsewhere = (code: string, gatewayUrl: string): string =>
  code.replaceAll('127.0.0.1:4000', new URL(gatewayUrl).host);
