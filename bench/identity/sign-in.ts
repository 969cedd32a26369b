import { usageOf } from '../measure/processes.ts';
import type { Auth } from './auth.ts';
import { openCaller } from './caller.ts';
import { seedAccounts } from './seed.ts';

export const logIn = `mutation ($input: LogInInput!) { logIn(input: $input) { tokens { accessToken } } }`;

/** Sign-ins with the right password, four at a time: what a second of the service's CPU gives. */
export async function measureSignIn(
  auth: Auth,
  passwordHash: string,
  seconds: number,
): Promise<{ perSecond: number; cpuMicros: number; failures: number }> {
  const accounts = await seedAccounts(auth.db, 50, passwordHash);
  const callers = await Promise.all([1, 2, 3, 4].map(() => openCaller(auth.port)));
  let count = 0;
  let failures = 0;
  const run = async (milliseconds: number) => {
    const end = performance.now() + milliseconds;
    await Promise.all(
      callers.map(async (caller) => {
        while (performance.now() < end) {
          const identifier = accounts[count++ % accounts.length]?.username;
          const { text } = await caller.ask(logIn, {
            input: { identifier, password: 'correct horse battery' },
          });
          if (!text.includes('"accessToken"')) failures += 1;
        }
      }),
    );
  };
  // So few in a second are slow to warm the code: a server that has run for a minute has it warm.
  await run(seconds * 4000);
  count = 0;
  const before = usageOf(auth.server.pid).cpuSeconds;
  const began = performance.now();
  await run(seconds * 1000);
  const elapsed = (performance.now() - began) / 1000;
  const cpuMicros = ((usageOf(auth.server.pid).cpuSeconds - before) * 1_000_000) / count;
  for (const caller of callers) caller.close();
  return { perSecond: count / elapsed, cpuMicros, failures };
}
