import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * What `npm run gateway` runs, in this checkout or in another one. Not through npm, whose memory would
 * count as the gateway's.
 */
export function ownGateway(supergraphFile: string, port: number, checkout = root): string[] {
  const { scripts } = JSON.parse(readFileSync(join(checkout, 'package.json'), 'utf8'));
  const [, script = '', ...rest] = String(scripts.gateway).split(/\s+/);
  const args = ['--supergraph', supergraphFile, '--port', String(port), '--open'];
  return [process.execPath, join(checkout, script), ...rest, ...args];
}

/** A log line for each request is a cost that no peer has here. */
export const ownGatewayEnv = { LOG_LEVEL: 'warn' };
