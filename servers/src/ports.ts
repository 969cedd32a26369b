import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { StartFault } from './start-fault.ts';

// Below those that systems give to connections they open (from 32,768 on Linux, 49,152 elsewhere): until whoever asked
// for a port listens on it, only somebody who picks the same can take it.
const lowest = 10_240;
const highest = 32_767;
const attempts = 50;

/** A port on 127.0.0.1 that nobody listens on now. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const port = randomInt(lowest, highest + 1);
    if (await canListen(port)) return port;
  }
  throw new StartFault(`No free port was found between ${lowest} and ${highest}.`);
}

/** Whether it can be listened on now. */
export function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}

/** Throws StartFault, naming the variable that chooses it, when the port can't be listened on. */
export function checkPort(port: number, variable: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'is taken' : `can't be used (${error.code})`;
      reject(new StartFault(`Port ${port} ${why}: set ${variable} to another one.`));
    });
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve()));
  });
}
