import { spawn } from 'node:child_process';
import { tryInstallation } from './installation-story.ts';

/**
 * `npm run check:containers`: builds the images, brings compose.yaml up as an installation of its own, uses it through the
 * published ports, stops it, and takes it away with its volumes. In the environment: WEB_PORT, GATEWAY_PORT and S3_PORT (others
 * than those of an installation that runs here), COMPOSE (docker compose).
 */

const ports = { WEB_PORT: '13000', GATEWAY_PORT: '14000', S3_PORT: '18333' };
const env = { ...ports, ...process.env };
const [command = '', ...words] = (process.env.COMPOSE ?? 'docker compose').split(' ');
// Those of whom a stop has to be clean: what they have in hand they finish.
const ours = ['auth', 'user', 'post', 'media', 'notification', 'chat', 'gateway', 'web'];

/** Runs `docker compose` and gives what it writes. */
async function compose(...args: string[]): Promise<string> {
  const child = spawn(command, [...words, '--project-name', 'socialhub-check', ...args], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let said = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-5_000);
  });
  const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
  if (code !== 0) throw new Error(`docker compose ${args.join(' ')} ended with ${code}:\n${said}`);
  return output;
}

const seconds = (since: number) => `${Math.round((performance.now() - since) / 1_000)} s`;
const say = (line: string) => process.stdout.write(`${line}\n`);

async function timed(what: string, ...args: string[]): Promise<void> {
  const began = performance.now();
  await compose(...args);
  say(`ok    ${what} (${seconds(began)})`);
}

/** Whoever did not end by itself, with its exit code; one line of JSON each, or in one list. */
async function endedBadly(): Promise<string[]> {
  const listed = (await compose('ps', '--all', '--format', 'json')).trim();
  const containers: { Service: string; ExitCode: number }[] = listed.startsWith('[')
    ? JSON.parse(listed)
    : listed.split('\n').map((line) => JSON.parse(line));
  return containers
    .filter(({ Service, ExitCode }) => ours.includes(Service) && ExitCode !== 0)
    .map(({ Service, ExitCode }) => `${Service} ended with ${ExitCode}`);
}

let faults = 0;
const judge = (what: string, fault: string | undefined) => {
  if (fault !== undefined) faults += 1;
  say(fault === undefined ? `ok    ${what}` : `FAULT ${what}: ${fault}`);
};

try {
  await timed('builds', 'build');
  await timed('comes up, healthy', 'up', '--detach', '--no-build', '--wait', '--wait-timeout', '300');
  const trials = await tryInstallation({
    web: `http://localhost:${env.WEB_PORT}`,
    gateway: `http://localhost:${env.GATEWAY_PORT}`,
  });
  for (const { what, fault } of trials) judge(what, fault);
  await timed('stops', 'stop');
  judge('each process ends by itself', (await endedBadly()).join(', ') || undefined);
} catch (error) {
  judge('runs', error instanceof Error ? error.message : String(error));
}
if (faults > 0) say(await compose('logs', '--no-color', '--tail', '40').catch(String));
await compose('down', '--volumes', '--timeout', '30').catch((error: unknown) =>
  judge('is taken away', String(error)),
);
process.exitCode = faults > 0 ? 1 : 0;
