import { usageOf } from '../measure/processes.ts';
import { percentile } from '../measure/statistics.ts';
import type { Auth } from './auth.ts';
import { openCaller } from './caller.ts';
import { seedAccounts, seedSessions } from './seed.ts';

const refresh = `mutation ($input: RefreshTokensInput!) {
  refreshTokens(input: $input) { tokens { accessToken refreshToken } } }`;

export interface RefreshResult {
  perSecond: number;
  /** Of the auth service, and of PostgreSQL. */
  serviceMicros: number;
  postgresMicros: number;
  p50: number;
  p99: number;
  failures: number;
}

/** Refreshes end to end: each connection follows the chain of one session's tokens. */
export async function measureRefresh(
  auth: Auth,
  connections: number,
  seconds: number,
): Promise<RefreshResult> {
  const tokens = await seedSessions(auth.db, await seedAccounts(auth.db, connections, ''));
  const callers = await Promise.all(tokens.map(() => openCaller(auth.port)));
  let took: number[] = [];
  let failures = 0;

  const run = async (milliseconds: number) => {
    const end = performance.now() + milliseconds;
    await Promise.all(
      callers.map(async (caller, at) => {
        while (performance.now() < end) {
          const { text, milliseconds } = await caller.ask(refresh, { input: { refreshToken: tokens[at] } });
          const next = /"refreshToken":"([\w-]{43})"/.exec(text)?.[1];
          if (!next) {
            failures += 1;
            return;
          }
          tokens[at] = next;
          took.push(milliseconds);
        }
      }),
    );
  };
  await run(seconds * 300);
  took = [];
  const before = { service: usageOf(auth.server.pid), postgres: usageOf(auth.postgresPid) };
  const began = performance.now();
  await run(seconds * 1000);
  const elapsed = (performance.now() - began) / 1000;
  const micros = (pid: number, since: { cpuSeconds: number }) =>
    ((usageOf(pid).cpuSeconds - since.cpuSeconds) * 1_000_000) / took.length;
  const result = {
    serviceMicros: micros(auth.server.pid, before.service),
    postgresMicros: micros(auth.postgresPid, before.postgres),
  };
  for (const caller of callers) caller.close();
  const sorted = took.toSorted((a, b) => a - b);
  return {
    ...result,
    perSecond: took.length / elapsed,
    p50: percentile(sorted, 0.5),
    p99: percentile(sorted, 0.99),
    failures,
  };
}
