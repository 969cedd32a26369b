import { enableCompileCache } from 'node:module';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { ConfigError } from '@socialhub/platform/config';
import { StartFault } from '@socialhub/servers/start-fault';
import { projectRoot, readOptions } from './options.ts';
import type { System } from './system.ts';

/** `npm start`: brings SocialHub up, says what runs where, and takes it down on Ctrl-C. */

const print = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const began = Date.now();
  const options = readOptions(process.argv.slice(2), process.env);
  // Thousands of files are stripped of types and compiled at every start: the second start reads the outcome.
  enableCompileCache(join(projectRoot, 'node_modules/.cache/node'));
  const { startSystem } = await import('./system.ts');
  const starting = startSystem(options);

  // From the first moment on: Ctrl-C while parts are still coming up takes those down that are.
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    print('\nStopping ...');
    const system = await starting.catch(() => null);
    await system?.stop();
    process.exit(0);
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  process.on('SIGHUP', stop);

  print('Starting SocialHub ...');
  const system = await starting;
  if (!stopping) for (const line of summary(system, Date.now() - began)) print(line);
}

function summary(system: System, tookMs: number): string[] {
  const row = (name: string, where: string) => `  ${name.padEnd(12)} ${where}`;
  return [
    '',
    ...(system.webUrl ? [row('Web', system.webUrl)] : []),
    row('GraphQL', `${system.gatewayUrl}/graphql (HTTP and WebSocket)`),
    row('Explorer', `${system.gatewayUrl}/`),
    ...system.parts.map((part) => row(part.name, part.where)),
    row('Logs', system.logDir),
    ...(system.demo.length > 0 ? ['', '  Sign in as'] : []),
    ...system.demo.map((person) => row(person.username, `password ${person.password}`)),
    '',
    `${styleText('green', 'SocialHub is ready')} (${(tookMs / 1000).toFixed(1)} s). Ctrl-C stops it.`,
  ];
}

main().catch((error: unknown) => {
  const isPlain =
    error instanceof StartFault ||
    error instanceof ConfigError ||
    (error instanceof Error && error.name === 'WebError');
  const sentence = isPlain ? error.message : `SocialHub could not start: ${describe(error)}`;
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
});

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
