import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type LiveSite, onPhone, type Player } from './site.ts';

/** Pictures go from a browser to the storage, and to readers. */
export function tellOfPictures(site: LiveSite): void {
  let anns: Player;

  beforeAll(async () => {
    anns = await site.enter('Ann', onPhone);
  }, 120_000);
  afterAll(() => site.leave());

  /** A photograph as a telephone makes it: noise does not compress. */
  const photograph = (width: number, height: number) =>
    sharp({
      create: {
        width,
        height,
        channels: 3,
        background: '#3a7ca5',
        noise: { type: 'gaussian', mean: 128, sigma: 40 },
      },
    })
      .jpeg({ quality: 90 })
      .withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } })
      .toBuffer();

  const choose = (page: Page, name: string, buffer: Buffer) =>
    page.getByLabel('Pictures', { exact: true }).setInputFiles([{ name, mimeType: 'image/jpeg', buffer }]);

  it('a photograph of some megabytes is sent, described, posted and seen by others', async () => {
    const { page } = anns;
    const large = await photograph(4000, 3000);
    expect(large.length).toBeGreaterThan(3_000_000);
    await page.getByLabel('What would you like to say?').fill('Two from the lake');
    await choose(page, 'first.jpg', large);
    await choose(page, 'second.jpg', await photograph(800, 600));
    await page.getByLabel('What picture 1 shows').fill('Grey water');
    await page.getByRole('button', { name: 'Post', exact: true }).click();
    const article = page.getByRole('article').filter({ hasText: 'Two from the lake' });
    const first = article.getByRole('img', { name: 'Grey water' });
    await first.waitFor();
    await expect.poll(() => article.getByRole('img').count()).toBe(2);

    const reader = await site.open();
    await reader.page.goto(`/u/${anns.person.username}`);
    const seen = reader.page.getByRole('img', { name: 'Grey water' });
    const width = () => seen.evaluate((one) => (one as unknown as { naturalWidth: number }).naturalWidth);
    await expect.poll(width).toBeGreaterThan(500);
  }, 90_000);

  it('a photograph that was cut short is told to be damaged, and another is posted in its place', async () => {
    const { page } = anns;
    const whole = await photograph(1600, 1200);
    await choose(page, 'cut.jpg', whole.subarray(0, whole.length / 3));
    await page.getByText('This file can’t be read as a picture.').waitFor();
    await page.getByRole('button', { name: 'Remove the picture' }).click();
    await choose(page, 'whole.jpg', whole);
    await page.getByLabel('What the picture shows').fill('All of it');
    await page.getByRole('button', { name: 'Post', exact: true }).click();
    await page.getByRole('article').getByRole('img', { name: 'All of it' }).waitFor();
  }, 60_000);

  it('one’s picture is cut to a square, kept, and seen by whoever is not signed in', async () => {
    const { page } = anns;
    await page.goto('/settings/profile');
    const buffer = await photograph(1600, 900);
    await page
      .getByLabel('Choose a picture')
      .setInputFiles([{ name: 'me.jpg', mimeType: 'image/jpeg', buffer }]);
    await page.getByRole('dialog').getByLabel('Closer').press('End');
    await page.getByRole('button', { name: 'Use this picture' }).click();
    await page.getByText('Your picture is saved.').waitFor();
    const reader = await site.open();
    await reader.page.goto(`/u/${anns.person.username}`);
    const face = reader.page.getByRole('region', { name: 'Profile' }).locator('img').first();
    const shape = () =>
      face.evaluate((one) => {
        const { naturalWidth, naturalHeight } = one as unknown as Record<string, number>;
        return (naturalWidth ?? 0) > 0 && naturalWidth === naturalHeight;
      });
    await expect.poll(shape).toBe(true);
    const preview = reader.page.locator('meta[property="og:image"]');
    await expect.poll(() => preview.getAttribute('content')).toBe(await face.getAttribute('src'));
    await page.getByRole('button', { name: 'Remove your picture' }).click();
    await page.getByLabel('Choose a picture').waitFor({ state: 'attached' });
  }, 90_000);
}
