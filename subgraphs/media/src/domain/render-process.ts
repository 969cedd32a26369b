import { getPriority, setPriority } from 'node:os';
import { examineImage } from './examine-image.ts';
import { type Bounds, exits, type Job } from './render-job.ts';

/**
 * The process in which files are examined, one at a time. It watches over itself and ends when a file costs more than it
 * may: a picture that is being decoded can be stopped in no other way.
 */

const watchMs = 50;
/** Behind everybody who answers requests. */
const niceness = 5;

// A priority that is lower already stays so: raising it takes a right that a container has not.
if (getPriority() < niceness) setPriority(niceness);
process.on('disconnect', () => process.exit());
process.on('message', async ({ bytes, declaredType, bounds }: Job) => {
  const watching = watch(bounds);
  const verdict = await examineImage(Buffer.from(bytes), declaredType);
  clearInterval(watching);
  process.send?.(verdict);
});

function watch({ cpuMs, memoryBytes }: Bounds): NodeJS.Timeout {
  const before = process.cpuUsage();
  return setInterval(() => {
    const { user, system } = process.cpuUsage(before);
    if ((user + system) / 1_000 > cpuMs) process.exit(exits.timedOut);
    if (process.memoryUsage.rss() > memoryBytes) process.exit(exits.tooLarge);
  }, watchMs);
}
