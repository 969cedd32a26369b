import type { BrowserContextOptions, Page } from 'playwright-core';
import { expect, test, vi } from 'vitest';
import { moveExport, newExport } from './fake-lifecycle.ts';
import { APP_CODE } from './fake-two-factor.ts';
import { pageFaults } from './page-faults.ts';
import { PASSWORD, signIn, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();

async function openData(options?: BrowserContextOptions) {
  const opened = await site.openSignedIn('/settings/data', options);
  await opened.page.getByRole('heading', { name: 'Your data', exact: true }).waitFor();
  return opened;
}

const section = (page: Page, name: string) => page.getByRole('region', { name });

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without';

  test(`an account is deactivated with its password, and this browser is signed out, ${how} JavaScript`, async () => {
    const opened = await openData({ javaScriptEnabled });
    const form = section(opened.page, 'Take a break');
    await form.getByLabel('Password').fill('not it');
    await form.getByRole('button', { name: 'Deactivate my account' }).click();
    await form.getByText('Password is not the password.').waitFor();
    await form.getByLabel('Password').fill(PASSWORD);
    await form.getByRole('button', { name: 'Deactivate my account' }).click();
    await opened.page.getByText('Your account is deactivated.').waitFor();
    expect(await opened.context.cookies()).toEqual([]);
    await signIn(opened.page);
    await opened.page.getByRole('heading', { name: 'Home' }).waitFor();
  });
}

test('an account is deleted with its password; the day until which it can be kept is told', async () => {
  const { page, context } = await openData();
  const form = section(page, 'Delete your account');
  await form.getByLabel('Password').fill(PASSWORD);
  await form.getByRole('button', { name: 'Delete my account' }).click();
  await page.getByText('will be erased after 11 Jun 2026. Sign in before then to keep it.').waitFor();
  expect(await context.cookies()).toEqual([]);
  for (const forged of ['<b>now</b>', '2026-99-99', 'never']) {
    await page.goto(`/sign-in?reason=deleted&after=${encodeURIComponent(forged)}`);
    await page.getByText('will be erased. Sign in before then to keep it.').waitFor();
  }
});

test('whoever has two-factor authentication on leaves with its code', async () => {
  const account = site.gateway.state.users.get('ada');
  const { page } = await openData();
  if (account) account.twoFactor = { on: true, codes: [] };
  await page.reload();
  const form = section(page, 'Delete your account');
  await form.getByLabel('Password').fill(PASSWORD);
  await form.getByLabel('Code').fill('000000');
  await form.getByRole('button', { name: 'Delete my account' }).click();
  await form.getByText('Code is not right, or was used.').waitFor();
  await form.getByLabel('Password').fill(PASSWORD);
  await form.getByLabel('Code').fill(APP_CODE);
  await form.getByRole('button', { name: 'Delete my account' }).click();
  await page.getByText('will be erased after 11 Jun 2026.').waitFor();
});

test('an admin who may not leave is told why', async () => {
  const account = site.gateway.state.users.get('ada');
  if (account) account.role = 'ADMIN';
  const { page } = await openData();
  const form = section(page, 'Delete your account');
  await form.getByLabel('Password').fill(PASSWORD);
  await form.getByRole('button', { name: 'Delete my account' }).click();
  await form.getByText('Admins stay: ask another to make you a member').waitFor();
});

test('an archive is asked for, followed live, and fetched', async () => {
  const { page } = await openData();
  const copy = section(page, 'A copy of your data');
  await copy.getByRole('button', { name: 'Make an archive' }).click();
  await copy.getByText('0 of 6 parts are here.').waitFor();
  await expect
    .poll(() => {
      moveExport(site.gateway.state, 'ada', { partsDone: 4 });
      return copy.getByText('4 of 6 parts are here.').count();
    })
    .toBe(1);
  await expect.poll(() => copy.getByRole('progressbar').getAttribute('value')).toBe('4');
  moveExport(site.gateway.state, 'ada', { status: 'PACKING', partsDone: 6 });
  await copy.getByText('Your archive is being packed.').waitFor();
  const url = `${site.gateway.url}/media/archive.zip?X-Amz-Signature=abc`;
  moveExport(site.gateway.state, 'ada', { status: 'READY', byteSize: 12_400_000, url });
  const link = copy.getByRole('link', { name: 'Download (12 MB)' });
  await link.waitFor();
  const response = await page.request.get('/settings/data/archive', { maxRedirects: 0 });
  expect(response.status()).toBe(303);
  expect(response.headers()).toMatchObject({ location: url, 'cache-control': 'no-store' });
  await copy.getByRole('button', { name: 'Make a new archive' }).click();
  await copy.getByText('Please try again in 120 minutes.').waitFor();
});

test('a form whose answer was lost is sent again and shows the archive that it has begun', async () => {
  site.gateway.state.lost.add('requestDataExport');
  const { page } = await openData();
  const copy = section(page, 'A copy of your data');
  await copy.getByRole('button', { name: 'Make an archive' }).click();
  await copy.getByText('SocialHub cannot be reached right now.').waitFor();
  await copy.getByRole('button', { name: 'Make an archive' }).click();
  await copy.getByText('0 of 6 parts are here.').waitFor();
});

test('an archive that cannot be told of now is not offered anew', async () => {
  site.gateway.state.exports.set('ada', newExport());
  site.gateway.state.down.add('dataExport');
  const { page } = await openData();
  const copy = section(page, 'A copy of your data');
  await copy.getByText('SocialHub cannot be reached right now.').waitFor();
  await expect.poll(() => copy.getByRole('button').count()).toBe(0);
});

test('without JavaScript the archive’s progress is looked at again by a link', async () => {
  const { page } = await openData({ javaScriptEnabled: false });
  await page.getByRole('button', { name: 'Make an archive' }).click();
  await page.getByText('0 of 6 parts are here.').waitFor();
  moveExport(site.gateway.state, 'ada', { partsDone: 5 });
  await page.getByRole('link', { name: 'Look again' }).click();
  await page.getByText('5 of 6 parts are here.').waitFor();
});

test('an archive’s progress goes on behind a break', async () => {
  site.gateway.state.exports.set('ada', newExport());
  const { page } = await openData();
  const copy = section(page, 'A copy of your data');
  const told = (text: string) => copy.getByText(text).waitFor();
  await expect.poll(() => site.gateway.state.calls.includes('dataExportProgress')).toBe(true);
  site.gateway.cutSockets();
  moveExport(site.gateway.state, 'ada', { partsDone: 3 });
  await told('3 of 6 parts are here.');
  await site.gateway.goDown();
  moveExport(site.gateway.state, 'ada', { status: 'PACKING', partsDone: 6 });
  await site.gateway.comeBack();
  await told('Your archive is being packed.');
});

test('the archive is for whoever is signed in, and for nobody else', async () => {
  const archive = await fetch(`${site.url}/settings/data/archive`, { redirect: 'manual' });
  expect(archive.headers.get('location')).toMatch(/\/settings\/data$/);
});

test('the page about one’s data is accessible and narrow enough', async () => {
  const faults: string[] = [];
  const { page } = await openData({ viewport: { width: 320, height: 640 } });
  faults.push(...(await pageFaults(page, 'no archive')));
  site.gateway.state.exports.set('ada', newExport({ partsDone: 2 }));
  await page.reload();
  faults.push(...(await pageFaults(page, 'gathering')));
  site.gateway.state.exports.set('ada', newExport({ status: 'READY', byteSize: 1 }));
  await page.reload();
  faults.push(...(await pageFaults(page, 'ready')));
  expect(faults).toEqual([]);
}, 90_000);
