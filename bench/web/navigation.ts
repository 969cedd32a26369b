import type { MeasuredSite, Row } from './site.ts';

/** Operations that the gateway has had so far over HTTP, by name. */
async function operationsOf(url: string): Promise<Map<string, number>> {
  const text = await (await fetch(url)).text();
  const lines = text.matchAll(/^gateway_operation_seconds_count\{([^}]*)\} (\d+)$/gm);
  const found = new Map<string, number>();
  for (const [, labels = '', count] of lines) {
    const name = /(?:name|operation)="([^"]*)"/.exec(labels)?.[1] ?? labels;
    found.set(name, (found.get(name) ?? 0) + Number(count));
  }
  return found;
}

/** How often moving about within the app asks the gateway, page by page. */
export async function measureNavigation(site: MeasuredSite): Promise<Row[]> {
  const { context, page } = await site.signIn(site.member);
  await page.waitForLoadState('networkidle');
  const main = page.getByRole('navigation', { name: 'Main' });
  const steps: [string, () => Promise<unknown>][] = [
    [
      'home to a post',
      () =>
        page
          .getByRole('link', { name: /to this post and its comments/ })
          .first()
          .click(),
    ],
    ['back home', () => page.goBack()],
    ['home to explore', () => main.getByRole('link', { name: 'Explore' }).click()],
    ['explore to bookmarks', () => main.getByRole('link', { name: 'Bookmarks' }).click()],
    ['bookmarks to home', () => main.getByRole('link', { name: 'Home' }).click()],
    ['home to messages', () => main.getByRole('link', { name: 'Messages' }).click()],
    [
      'messages to a conversation',
      () =>
        page
          .getByRole('list', { name: /Conversations/ })
          .getByRole('link')
          .first()
          .click(),
    ],
  ];
  const rows: Row[] = [];
  for (const [what, step] of steps) {
    const before = await operationsOf(site.metricsUrl);
    await step();
    await page.waitForLoadState('networkidle');
    await page.waitForTimeout(1_000);
    const after = await operationsOf(site.metricsUrl);
    const asked = [...after].filter(([name, count]) => count > (before.get(name) ?? 0));
    const count = asked.reduce((sum, [name, now]) => sum + now - (before.get(name) ?? 0), 0);
    rows.push({
      what: `${what}: operations (${asked.map(([name]) => name).join(', ')})`,
      figure: count,
      asked: what.startsWith('back') ? 0 : 1,
    });
  }
  await context.close();
  return rows;
}
