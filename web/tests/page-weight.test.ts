import { expect, test, vi } from 'vitest';
import { picture, post } from './fake-objects.ts';
import { comment } from './fake-people.ts';
import { weighPage } from './page-weight.ts';
import { testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();
const kB = 1_000;

/** A post with everything that a card can show. */
function fullPost(): string {
  const media = [picture(site.gateway.url, 'A lake')];
  const quoteOf = post(site.ada, 'Quoted');
  const reactions = [{ emoji: '🎉', count: 2 }];
  const written = post(site.ada, 'Look #here', { media, quoteOf, reactions, commentCount: 1 });
  comment(written, site.ada, 'An answer');
  site.gateway.state.posts.push(written);
  return `/post/${written.id}`;
}

test('whoever is signed out loads 150 kB of script for a page at most, and 15 kB of styles', async () => {
  const permalink = fullPost();
  const { context } = await site.open('/about');
  for (const path of [permalink, '/explore', '/u/ada', '/tag/here', '/about', '/', '/sign-in']) {
    const { scripts, styles } = await weighPage(context, path);
    expect(scripts, `scripts of ${path}`).toBeLessThan(150 * kB);
    expect(styles, `styles of ${path}`).toBeLessThan(15 * kB);
  }
});

test('a member’s pages load 230 kB of script at most before they are there', async () => {
  const permalink = fullPost();
  const { context } = await site.openHome();
  for (const path of ['/', permalink, '/explore', '/u/ada']) {
    const { first, styles } = await weighPage(context, path);
    expect(first, `first scripts of ${path}`).toBeLessThan(230 * kB);
    expect(styles, `styles of ${path}`).toBeLessThan(15 * kB);
  }
});
