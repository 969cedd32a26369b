import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { MediaReady } from '@socialhub/platform/contracts/media';
import type { Broker } from '@socialhub/platform/events/broker';
import { createEvent } from '@socialhub/platform/events/envelope';
import { uuidv7 } from '@socialhub/platform/ids';

const script = fileURLToPath(new URL('waiting-consumer.ts', import.meta.url));

export interface SharedWork {
  instances: number;
  perSecond: number;
}

/** How many events a second so many instances of a service apply, each event waiting for `waitMs`, when more wait than they can take. */
export async function measureSharedWork(
  open: (namespace: string) => Promise<Broker>,
  url: string,
  given: { instances: number; seconds: number; waitMs: number },
): Promise<SharedWork> {
  const namespace = `bench-${randomUUID().slice(0, 8)}`;
  const publishing = await open(namespace);
  let applied = 0;
  const children: ChildProcess[] = [];
  try {
    // Four events at a time, twice as many as can be applied while they are measured.
    const count = Math.ceil((2 * given.instances * 4 * 1_000 * (given.seconds + 4)) / given.waitMs);
    for (let sent = 0; sent < count; sent += 500) {
      const some = Array.from({ length: 500 }, () =>
        createEvent(MediaReady, { mediaId: uuidv7(), ownerId: uuidv7(), kind: 'IMAGE' }),
      );
      await Promise.all(some.map((event) => publishing.publish(event)));
    }
    for (let n = 0; n < given.instances; n += 1) {
      const child = spawn(process.execPath, [script, url, namespace, String(given.waitMs)], {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, NODE_ENV: 'production' },
      });
      child.stdout.on('data', (some: Buffer) => {
        applied += some.length;
      });
      children.push(child);
    }
    // Until each has its share.
    while (applied === 0) {
      if (children.some(({ exitCode }) => exitCode !== null)) throw new Error('an instance ended');
      await wait(50);
    }
    await wait(3_000);
    const [before, at] = [applied, performance.now()];
    await wait(given.seconds * 1_000);
    return {
      instances: given.instances,
      perSecond: (applied - before) / ((performance.now() - at) / 1_000),
    };
  } finally {
    await Promise.all(
      children.map(async (child) => {
        if (child.exitCode !== null) return;
        const ended = once(child, 'exit');
        child.kill('SIGTERM');
        await ended;
      }),
    );
    await publishing.close();
  }
}
