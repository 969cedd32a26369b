import { type ChildProcess, fork } from 'node:child_process';
import type { Verdict } from './examine-image.ts';
import { type Bounds, exits, type Job } from './render-job.ts';

/** Processes that examine files. */
export interface Renderers {
  /**
   * Decides about a file in a process of its own, within the bounds of one file. Throws when the signal aborts, and kills
   * whatever is being done to the file then.
   */
  examine(bytes: Buffer, declaredType: string, signal: AbortSignal): Promise<Verdict>;
  /** Ends the processes that wait. */
  close(): void;
}

const program = new URL('./render-process.ts', import.meta.url);
const idleMs = 30_000;

/** The largest that is allowed takes some 1.1 GB, and the costliest that is offered in earnest some 8 s. */
export const renderBounds: Bounds = { cpuMs: 20_000, memoryBytes: 1_500_000_000 };
/** Of a process that gets hardly any of the machine. */
const wallMs = 90_000;

/** Processes are started when they are needed, serve one file after another, and end when nothing comes for a while. */
export function createRenderers(bounds: Bounds = renderBounds): Renderers {
  const idle = new Map<ChildProcess, NodeJS.Timeout>();
  let closed = false;

  const take = (): ChildProcess => {
    for (const [child, timer] of idle) {
      clearTimeout(timer);
      idle.delete(child);
      if (child.connected) return child;
    }
    // Nothing of the environment: it holds secrets, and what meets strangers' files needs none.
    return fork(program, {
      env: { UV_THREADPOOL_SIZE: '2', MALLOC_ARENA_MAX: '2' },
      execArgv: [],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
  };

  const giveBack = (child: ChildProcess) => {
    if (closed) return child.kill('SIGKILL');
    const timer = setTimeout(() => {
      idle.delete(child);
      child.kill('SIGKILL');
    }, idleMs);
    timer.unref();
    idle.set(child, timer);
  };

  return {
    async examine(bytes, declaredType, signal) {
      signal.throwIfAborted();
      const child = take();
      try {
        const verdict = await ask(child, { bytes, declaredType, bounds }, signal);
        giveBack(child);
        return verdict;
      } catch (error) {
        child.kill('SIGKILL');
        throw error;
      }
    },
    close() {
      closed = true;
      for (const [child, timer] of idle) {
        clearTimeout(timer);
        child.kill('SIGKILL');
      }
      idle.clear();
    },
  };
}

/** What a process says of a file; its end says something as well. */
function ask(child: ChildProcess, job: Job, signal: AbortSignal): Promise<Verdict> {
  return new Promise((resolve, reject) => {
    const settle = (end: () => void) => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
      child.removeAllListeners();
      // A process that is killed may still tell of a broken channel; nobody is concerned.
      child.on('error', () => undefined);
      end();
    };
    const onAbort = () => settle(() => reject(signal.reason));
    const timer = setTimeout(() => settle(() => reject(new Error('an examination hangs'))), wallMs);
    child.once('message', (verdict: Verdict) => settle(() => resolve(verdict)));
    child.once('error', (error) => settle(() => reject(error)));
    child.once('exit', (code) => settle(() => resolve({ failure: failureOf(code) })));
    signal.addEventListener('abort', onAbort);
    child.send(job, (error) => {
      if (error) settle(() => reject(error));
    });
  });
}

function failureOf(code: number | null): 'TIMED_OUT' | 'TOO_LARGE' | 'CORRUPT' {
  if (code === exits.timedOut) return 'TIMED_OUT';
  return code === exits.tooLarge ? 'TOO_LARGE' : 'CORRUPT';
}
