import { valueIn } from '@socialhub/platform/testing/counted';
import { dataOf, expectError, until } from '@socialhub/platform/testing/until';
import { freePort } from '@socialhub/servers/ports';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { mutation, newcomer, registerMutation, startAuth } from './auth.ts';

let auth: Awaited<ReturnType<typeof startAuth>>;
let url: string;
beforeAll(async () => {
  const port = await freePort();
  url = `http://127.0.0.1:${port}/metrics`;
  auth = await startAuth({
    METRICS_PORT: String(port),
    REGISTRATIONS_PER_ADDRESS: '1',
    MAILS_PER_ADDRESS: '1',
    FAILED_TOKENS_PER_ADDRESS: '1',
    SIGN_INS_PER_ADDRESS: '1',
  });
});
afterAll(() => auth.stop());

const ask = (text: string, input: object) => auth.as(null).execute(text, { input });
const refused = async (limit: string) =>
  valueIn(await (await fetch(url)).text(), 'socialhub_refusals_total', { limit });

it.each<[string, string, () => object]>([
  ['registrations', registerMutation, newcomer],
  ['mails', mutation('requestPasswordReset', 'sent'), () => ({ email: 'nobody@example.com' })],
  ['mail links', mutation('verifyEmail', 'verified'), () => ({ token: 'a'.repeat(43) })],
  [
    'sign-ins',
    mutation('logIn', 'user { id }'),
    () => ({ identifier: 'nobody', password: 'not the password' }),
  ],
])('counts at the service’s own /metrics who is refused for %s', async (limit, text, inputOf) => {
  const before = await refused(limit);
  await ask(text, inputOf());
  expect(await refused(limit)).toBe(before);
  expectError(await ask(text, inputOf()), 'RATE_LIMITED');
  expect(await refused(limit)).toBe(before + 1);
});

it('shows there the mails that wait, fail and were given up, and nothing waits that was sent', async () => {
  const figures = async () => {
    const text = await (await fetch(url)).text();
    return Object.fromEntries(
      ['waiting', 'failing', 'oldest_seconds', 'dead', 'readable'].map((figure) => [
        figure,
        valueIn(text, `socialhub_mails_${figure}`, { service: 'auth' }),
      ]),
    );
  };
  const none = { waiting: 0, failing: 0, oldest_seconds: 0, dead: 0, readable: 1 };
  await until(async () => (await figures()).waiting === 0, { what: 'what was asked for before being sent' });
  expect(await figures()).toEqual(none);
  await auth.db.query(
    `INSERT INTO mail (kind, recipient, due_at, expires_at, created_at, last_error, dead_at)
     SELECT 'PASSWORD_CHANGED', 'a@example.com', now() + interval '1 hour', now() + interval '1 day',
       now() - age * interval '1 second', error, dead
     FROM (VALUES (100, 'away', NULL::timestamptz), (5, NULL, NULL), (1000, 'refused', now())) AS mails(age, error, dead)`,
  );
  const seen = await figures();
  expect(seen).toMatchObject({ waiting: 2, failing: 1, dead: 1, readable: 1 });
  expect(seen.oldest_seconds).toBeGreaterThanOrEqual(100);
  expect(seen.oldest_seconds).toBeLessThan(900);
  await auth.db.query('DELETE FROM mail');
  expect(await figures()).toEqual(none);
});

it('shows there how busy its connections and its database are', async () => {
  const text = await (await fetch(url)).text();
  const pool = (state: string) => valueIn(text, 'socialhub_pool_connections', { service: 'auth', state });
  expect(pool('most')).toBe(10);
  expect(pool('busy') + pool('idle')).toBeGreaterThan(0);
  expect(text).toContain('socialhub_pool_waiting{service="auth"} 0');
  expect(text).toContain('socialhub_database_readable{service="auth"} 1');
  for (const figure of ['sessions', 'most_sessions', 'size_bytes', 'commits', 'blocks_hit'])
    expect(valueIn(text, `socialhub_database_${figure}`, { service: 'auth' }), figure).toBeGreaterThan(0);
});

it('shows there the tasks of each kind, and nothing of them to those who call the service', async () => {
  const text = await (await fetch(url)).text();
  expect(text).toContain('socialhub_tasks_readable{service="auth"} 1');
  expect(text.match(/^socialhub_tasks_waiting\{service="auth",kind="[^"]+"\} 0$/m)).not.toBeNull();
  expect(text).toContain('process_cpu_seconds_total');
  expect((await fetch(`${auth.url}/metrics`)).status).toBe(404);
  dataOf(await auth.as(null).execute('{ __typename }'));
});
