import type { ClientInfo } from '@socialhub/platform/identity/identity';
import { testClient } from '@socialhub/platform/testing/test-service';
import { dataOf } from '@socialhub/platform/testing/until';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { logInMutation, password, startAuth } from '../auth.ts';

let auth: Awaited<ReturnType<typeof startAuth>>;
beforeAll(async () => {
  auth = await startAuth();
});
afterAll(() => auth.stop());

async function logIn(identifier: string, client: Partial<ClientInfo>, secret = password): Promise<void> {
  const from = auth.as(null, { ...testClient, ...client });
  const answer = await from.execute(logInMutation, { input: { identifier, password: secret } });
  if (secret === password) dataOf(answer);
}

const mailsAbout = async (email: string): Promise<string[]> =>
  (await auth.allMailTo(email)).filter((mail) => mail.includes('Subject: A new sign-in to your account'));

it('is told to the owner, with when, by what and from where, once for each device and address', async () => {
  const { input } = await auth.register();
  await logIn(input.username, {});
  expect(await mailsAbout(input.email)).toEqual([]);

  const phone = { userAgent: 'Phone/1.0 (Hub 3.2)', ipAddress: '198.51.100.7' };
  await logIn(input.username, phone);
  const [mail, ...more] = await mailsAbout(input.email);
  expect(more).toEqual([]);
  expect(mail).toContain(`Hello @${input.username}`);
  expect(mail).toMatch(
    /When: \d{4}-\d\d-\d\d \d\d:\d\d UTC\. Device: Phone\/1\.0 \(Hub 3\.2\)\. Address: 198\.51\.100\.7\./,
  );

  // Both are known by now, be it from two sessions, and so is the next version of the same.
  await logIn(input.email, phone);
  await logIn(input.email, { ...phone, userAgent: 'Phone/1.1 (Hub 3.10.4)' });
  await logIn(input.email, { ...phone, ipAddress: testClient.ipAddress });
  expect(await mailsAbout(input.email)).toHaveLength(1);
});

it.each<[string, Partial<ClientInfo>]>([
  ['device', { userAgent: 'Another' }],
  ['address', { ipAddress: '203.0.113.9' }],
  ['device that does not say what it is', { userAgent: null }],
])('is one by a new %s alone', async (_what, client) => {
  const { input } = await auth.register();
  await logIn(input.username, client);
  expect(await mailsAbout(input.email)).toHaveLength(1);
});

it('is none for who registers, and none that fails', async () => {
  const { input } = await auth.register();
  await logIn(input.username, { userAgent: 'Another' }, 'not the password');
  expect(await mailsAbout(input.email)).toEqual([]);
});

it('is told of five times in an hour at most, whoever signs in how often', async () => {
  const { input } = await auth.register();
  for (let device = 0; device < 8; device += 1)
    await logIn(input.username, { userAgent: 'x'.repeat(device + 1) });
  // The session that began with the account is one of the five.
  expect(await mailsAbout(input.email)).toHaveLength(4);
});

it('is told in one line each, whatever the device calls itself', async () => {
  const { input } = await auth.register();
  const userAgent = `x\r\n\r\n<script>alert(1)</script>\r\nBcc: all@example.com ${'y'.repeat(300)}`;
  await logIn(input.username, { userAgent });
  const [mail = ''] = await mailsAbout(input.email);
  expect(mail).toContain('Device: x <script>alert(1)</script> Bcc: all@example.com yyy');
  expect(mail).not.toMatch(/^Bcc:/im);
  expect(mail).toContain('Device: x &lt;script&gt;alert(1)&lt;/script&gt;');
  expect(mail).not.toContain('y'.repeat(200));
});
