import { valueIn } from '@socialhub/platform/testing/counted';
import { dataOf, expectError } from '@socialhub/platform/testing/until';
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

it('shows there the tasks of each kind, and nothing of them to those who call the service', async () => {
  const text = await (await fetch(url)).text();
  expect(text).toContain('socialhub_tasks_readable{service="auth"} 1');
  expect(text.match(/^socialhub_tasks_waiting\{service="auth",kind="[^"]+"\} 0$/m)).not.toBeNull();
  expect(text).toContain('process_cpu_seconds_total');
  expect((await fetch(`${auth.url}/metrics`)).status).toBe(404);
  dataOf(await auth.as(null).execute('{ __typename }'));
});
