import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { freePort } from '@socialhub/servers/ports';
import { type BenchQuery, queries } from '../federation/queries.ts';
import { type Started, serverCore, startOn } from '../measure/processes.ts';
import type { Contender, Setting } from './contenders.ts';

export interface Running {
  contender: Contender;
  port: number;
  process: Started;
}

const startWithinMs = 60_000;

/** Starts a contender and asks it every query. Gives why it does not take part, if it does not. */
export async function start(
  contender: Contender,
  setting: Omit<Setting, 'port'>,
): Promise<Running | { excluded: string }> {
  const port = await freePort();
  const folder = join(setting.folder, contender.name);
  mkdirSync(folder);
  const command = contender.command({ ...setting, folder, port });
  if ('missing' in command) return { excluded: command.missing };
  const running = { contender, port, process: startOn(serverCore, command, { env: contender.env, folder }) };
  const fault = (await isUp(running)) ?? (await firstWrongAnswer(running));
  if (fault === undefined) return running;
  await running.process.stop();
  return { excluded: fault };
}

async function isUp({ port, process }: Running): Promise<string | undefined> {
  const deadline = performance.now() + startWithinMs;
  while (performance.now() < deadline && process.isUp()) {
    const answer = await ask(port, '{ __typename }').catch(() => undefined);
    if (answer !== undefined) return undefined;
    await delay(100);
  }
  return `does not come up: ${process.output().trim().split('\n').slice(-5).join(' | ')}`;
}

async function firstWrongAnswer({ port }: Running): Promise<string | undefined> {
  for (const query of Object.values(queries)) {
    try {
      const text = await ask(port, query.text);
      if (!isRight(text, query)) return `answers wrongly: ${query.name}: ${text.slice(0, 200)}`;
    } catch (error) {
      return `does not answer: ${query.name}: ${String(error)}`;
    }
  }
  return undefined;
}

/** Whether this is the JSON that the data demands, with no errors in it. */
export function isRight(text: string, query: BenchQuery): boolean {
  try {
    const { data, errors } = JSON.parse(text);
    return errors === undefined && isDeepStrictEqual(data, query.expected);
  } catch {
    return false;
  }
}

async function ask(port: number, query: string): Promise<string> {
  const answer = await fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify({ query }),
    signal: AbortSignal.timeout(10_000),
  });
  return answer.text();
}
