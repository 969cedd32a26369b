import { ConfigError } from '../config.ts';
import { hardExitMs } from '../end-deadlines.ts';

/** A part of SocialHub that listens on an address: a subgraph or the gateway. */
export interface Service {
  readonly name: string;
  /** Starts everything and gives the address; when it throws, nothing is left running. */
  start(): Promise<{ url: string }>;
  /** Drains and stops; safe to call twice. */
  stop(): Promise<void>;
}

/**
 * Runs a service as this process: start, then stop on SIGTERM or SIGINT (exit 0). A fault of configuration or of
 * start is one line on standard error and exit code 1. Tells a parent process `{ ready: url }`.
 */
export async function run(create: () => Service): Promise<void> {
  let service: Service;
  try {
    service = create();
    const { url } = await service.start();
    process.send?.({ ready: url });
  } catch (error) {
    process.stderr.write(`${startFault(error)}\n`);
    process.exit(1);
  }
  let stopping = false;
  const stop = async () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), hardExitMs).unref();
    await service.stop();
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  process.once('disconnect', stop);
}

function startFault(error: unknown): string {
  if (error instanceof ConfigError) return error.message;
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') return `The port is taken: ${(error as Error).message}. Set PORT to a free one.`;
  return `Could not start: ${error instanceof Error ? error.message : String(error)}`;
}
