import { expect, test, vi } from 'vitest';
import { person, picture, post } from './fake-objects.ts';
import { pageFaults } from './page-faults.ts';
import { signOut, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();

function postWithPictures(author = site.ada) {
  const media = [picture(site.gateway.url, 'A lake'), picture(site.gateway.url, 'A hill')];
  const one = post(author, 'Two pictures', { media });
  site.gateway.state.posts.push(one);
  return one;
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without';

  test(`a picture of one’s own is described and deleted, ${how} JavaScript`, async () => {
    const one = postWithPictures();
    const { page } = await site.openSignedIn(`/post/${one.id}`, { javaScriptEnabled });
    const box = (name: string) => page.locator('details', { hasText: `Describe or delete ${name}` });
    await box('picture 2 of 2').locator('summary').click();
    await box('picture 2 of 2').getByLabel('What it shows').fill('x'.repeat(1_501));
    await box('picture 2 of 2').getByRole('button', { name: 'Save' }).click();
    await page.getByText('The description takes at most 1500 characters.').waitFor();
    await page.getByLabel('What it shows').last().fill('A hill in the fog');
    await page.getByRole('button', { name: 'Save' }).last().click();
    await page.getByRole('img', { name: 'A hill in the fog' }).waitFor();
    await page.goto(`/post/${one.id}`);
    await box('picture 1 of 2').locator('summary').click();
    await page.getByRole('button', { name: 'Delete picture 1 of 2' }).click();
    await box('your picture').waitFor();
    await expect.poll(() => page.getByRole('article').getByRole('img').count()).toBe(1);
    await page.getByRole('img', { name: 'A hill in the fog' }).waitFor();
  });

  test(`a picture that cannot be deleted is there still, ${how} JavaScript`, async () => {
    const one = postWithPictures();
    const { page } = await site.openSignedIn(`/post/${one.id}`, { javaScriptEnabled });
    site.gateway.state.down.add('deleteMedia');
    await page.getByRole('main').locator('summary').first().click();
    await page.getByRole('button', { name: 'Delete picture 1 of 2' }).click();
    await page.getByRole('main').getByText('SocialHub cannot be reached right now.').waitFor();
    await expect.poll(() => one.media).toHaveLength(2);
  });
}

test('others find nothing to change, and the page has no faults', async () => {
  const bob = person('bob', 'Bob');
  site.gateway.add(bob, 'engine-number-two');
  const [theirs, own] = [postWithPictures(bob), postWithPictures()];
  const { page } = await site.openSignedIn(`/post/${theirs.id}`);
  await page.getByText('Two pictures').waitFor();
  await expect.poll(() => page.getByText('Describe or delete').count()).toBe(0);
  await page.goto(`/post/${own.id}`);
  for (const summary of await page.getByRole('main').locator('summary').all()) await summary.click();
  expect(await pageFaults(page, 'own-pictures')).toEqual([]);
  await signOut(page);
  await page.getByRole('banner').getByRole('link', { name: 'Sign in' }).waitFor();
  await page.goto(`/post/${own.id}`);
  await page.getByText('Two pictures').waitFor();
  await expect.poll(() => page.getByText('Describe or delete').count()).toBe(0);
});
