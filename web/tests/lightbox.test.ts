import { expect, test, vi } from 'vitest';
import { picture, post } from './fake-objects.ts';
import { axeFaults } from './page-faults.ts';
import { testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();

function postWithPictures() {
  const media = [
    picture(site.gateway.url, 'A lake'),
    picture(site.gateway.url, '', { altText: null }),
    picture(site.gateway.url, 'On its way', { status: 'PROCESSING', url: null }),
  ];
  const one = post(site.ada, 'Pictures', { media });
  site.gateway.state.posts.push(one);
  return one;
}

test('a picture opens over the page with what it shows; keys lead on and back to where one was', async () => {
  const one = postWithPictures();
  const { page } = await site.open(`/post/${one.id}`);
  const link = page.getByRole('link', { name: 'A lake' });
  await link.focus();
  await page.keyboard.press('Enter');
  const box = page.getByRole('dialog');
  await page.getByRole('dialog', { name: 'Picture 1 of 2' }).waitFor();
  await expect.poll(() => box.getByRole('img', { name: 'A lake' }).count()).toBe(1);
  await expect.poll(() => box.locator('figcaption').textContent()).toBe('1 of 2A lake');
  expect(await axeFaults(page, 'lightbox')).toEqual([]);
  await page.keyboard.press('ArrowRight');
  await page.getByRole('dialog', { name: 'Picture 2 of 2' }).waitFor();
  await box.getByText('Its owner has not said what it shows.').waitFor();
  await page.keyboard.press('ArrowRight');
  await page.getByRole('dialog', { name: 'Picture 1 of 2' }).waitFor();
  await page.keyboard.press('ArrowLeft');
  await page.getByRole('dialog', { name: 'Picture 2 of 2' }).waitFor();
  await page.keyboard.press('Escape');
  await expect.poll(() => box.count()).toBe(0);
  expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);
});

test('it is closed by its button and beside the picture, on a phone too', async () => {
  const one = postWithPictures();
  const { page } = await site.open(`/post/${one.id}`, { viewport: { width: 320, height: 640 } });
  const box = page.getByRole('dialog');
  await page.getByRole('link', { name: 'A lake' }).click();
  await box.getByRole('button', { name: 'Next picture' }).click();
  await page.getByRole('dialog', { name: 'Picture 2 of 2' }).waitFor();
  await box.getByRole('button', { name: 'Close' }).click();
  await expect.poll(() => box.count()).toBe(0);
  await page.getByRole('link', { name: 'A lake' }).click();
  await box.click({ position: { x: 160, y: 20 } });
  await expect.poll(() => box.count()).toBe(0);
});

test('without JavaScript a picture leads to itself', async () => {
  const one = postWithPictures();
  const { page } = await site.open(`/post/${one.id}`, { javaScriptEnabled: false });
  const link = page.getByRole('link', { name: 'A lake' });
  await expect.poll(() => link.getAttribute('href')).toContain('/media/picture.png');
  await expect.poll(() => page.getByText('This picture is being prepared.').count()).toBe(1);
});
