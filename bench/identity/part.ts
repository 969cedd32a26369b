import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { onCore } from '../measure/processes.ts';

/** Runs a script of this folder on one core; gives the JSON that it writes. What it gets comes as JSON too. */
export async function runPart<Result>(core: number, name: string, given: object): Promise<Result> {
  const script = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const [program, ...args] = onCore(core, [process.execPath, script, JSON.stringify(given)]);
  const { stdout } = await promisify(execFile)(program, args, {
    env: { ...process.env, NODE_ENV: 'production' },
    maxBuffer: 1_000_000,
  });
  return JSON.parse(stdout) as Result;
}

/** What `runPart` gave to this script. */
export const given = <Given>(): Given => JSON.parse(process.argv[2] ?? '{}') as Given;

/** Gives `runPart` its result. */
export const hand = (result: unknown): void => {
  process.stdout.write(JSON.stringify(result));
};
