import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { onCore, pinThreads } from './processes.ts';

const coresOf = (pid: number) =>
  readdirSync(`/proc/${pid}/task`).map(
    (thread) =>
      /^Cpus_allowed_list:\s*(\S+)/m.exec(readFileSync(`/proc/${pid}/task/${thread}/status`, 'utf8'))?.[1],
  );

test('threads are tied to cores though some of them have ended meanwhile and others have begun', async () => {
  const [program, ...args] = onCore(0, [process.execPath, '-e', 'process.stdin.resume()']);
  const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'inherit'] });
  const ended = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  try {
    await Promise.all([once(child, 'spawn'), once(ended, 'exit')]);
    const pid = child.pid ?? -1;
    let looks = 0;
    const pinned = pinThreads(pid, '0-1', () => {
      looks += 1;
      const [first = '', ...others] = readdirSync(`/proc/${pid}/task`);
      return looks === 1 ? [String(ended.pid), first] : [String(ended.pid), first, ...others];
    });
    // Where nothing can be pinned there is nothing to look at.
    if (pinned) expect(new Set(coresOf(pid))).toEqual(new Set(['0-1']));
  } finally {
    child.kill('SIGKILL');
  }
});

test('what can’t be tied for another reason says so', () => {
  const pin = () => pinThreads(process.pid, '4095', () => [String(process.pid)]);
  if (onCore(0, ['node'])[0] === 'taskset') expect(pin).toThrow('affinity');
  else expect(pin()).toBe(false);
});
