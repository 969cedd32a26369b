import { expect, test, vi } from 'vitest';
import { person } from './fake-objects.ts';
import { pageFaults } from './page-faults.ts';
import { openActs, PASSWORD, testSite } from './site.ts';

vi.setConfig({ testTimeout: 90_000 });

const site = testSite();

/** Somebody who asks to follow ada. */
function asking(username: string, displayName: string) {
  const one = person(username, displayName);
  site.gateway.add(one, PASSWORD);
  site.gateway.state.followRequests.add(`${one.id} ${site.ada.id}`);
  return one;
}

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with' : 'without';

  test(`requests to follow are accepted and rejected, ${how} JavaScript`, async () => {
    const [bob, eve] = [asking('bob', 'Bob'), asking('eve', 'Eve')];
    const { page } = await site.openSignedIn('/settings', { javaScriptEnabled });
    await page.getByRole('link', { name: 'Follow requests' }).click();
    await page.getByRole('button', { name: 'Accept the request of Bob' }).click();
    await expect.poll(() => site.gateway.state.follows.has(`${bob.id} ${site.ada.id}`)).toBe(true);
    await expect.poll(() => page.getByRole('button', { name: /^Accept/ }).count()).toBe(1);
    await page.getByRole('button', { name: 'Reject the request of Eve' }).click();
    await page.getByText('Nobody is waiting.').waitFor();
    await expect.poll(() => site.gateway.state.follows.has(`${eve.id} ${site.ada.id}`)).toBe(false);
  });

  test(`a request that was withdrawn meanwhile is not accepted, ${how} JavaScript`, async () => {
    const bob = asking('bob', 'Bob');
    const { page } = await site.openSignedIn('/settings/follow-requests', { javaScriptEnabled });
    site.gateway.state.followRequests.clear();
    await page.getByRole('button', { name: 'Accept the request of Bob' }).click();
    // A page that is made anew has no place for it.
    const said = javaScriptEnabled ? 'This person has not asked to follow you.' : 'Nobody is waiting.';
    await page.getByText(said).waitFor();
    await expect.poll(() => site.gateway.state.follows.has(`${bob.id} ${site.ada.id}`)).toBe(false);
  });

  test(`a follower is removed on their profile, ${how} JavaScript`, async () => {
    const bob = person('bob', 'Bob');
    site.gateway.add(bob, PASSWORD);
    site.gateway.state.follows.add(`${bob.id} ${site.ada.id}`);
    const { page } = await site.openSignedIn('/u/bob', { javaScriptEnabled });
    await openActs(page);
    await page.getByRole('button', { name: 'Remove follower' }).click();
    await expect.poll(() => site.gateway.state.follows.size).toBe(0);
    await expect.poll(() => page.getByRole('button', { name: 'Remove follower' }).count()).toBe(0);
  });
}

test('a private account says to whom it did not accept why there is nothing to read', async () => {
  site.gateway.add({ ...person('bob', 'Bob'), isPrivate: true }, PASSWORD);
  const { page } = await site.openSignedIn('/u/bob');
  await page.getByText('Only followers whom this account accepts can read its posts.').waitFor();
});

test('the page of requests is for whoever is signed in, and has no faults', async () => {
  asking('bob', 'Bob with a very long name that goes on and on and on, as names of people may');
  const { page } = await site.openSignedIn('/settings/follow-requests');
  await page.getByRole('button', { name: /^Accept/ }).waitFor();
  expect(await pageFaults(page, 'follow-requests')).toEqual([]);
});
