import { register } from '../../tests/story/people.ts';
import type { MeasuredSite, Row } from './site.ts';

const marks = [20, 250, 500, 1_000];
const most = 1_000;
const write = `mutation ($input: CreatePostInput!) { createPost(input: $input) { post { id } } }`;

/** What a page holds on to, once what it does not is collected, while a member reads on through a thousand posts. */
export async function measureScrolling(site: MeasuredSite): Promise<Row[]> {
  const writer = await register(site.gatewayUrl, 'Writer');
  for (let nth = 0; nth < most; nth += 20) {
    await Promise.all(
      Array.from({ length: 20 }, (_, at) =>
        writer.ask(write, {
          input: { text: `Number ${nth + at} of many, with a #tag and @${writer.username}` },
        }),
      ),
    );
  }
  const { context, page } = await site.signIn(writer);
  await page.waitForLoadState('networkidle');
  const devtools = await context.newCDPSession(page);
  const rows: Row[] = [];
  const places = page.locator('main ol > li');
  for (const mark of marks) {
    let slowest = 0;
    for (;;) {
      const shown = await places.count();
      if (shown >= mark) break;
      const begun = performance.now();
      await page.getByRole('link', { name: 'Load more' }).click();
      await places.nth(shown).waitFor({ state: 'attached' });
      slowest = Math.max(slowest, performance.now() - begun);
    }
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    const { nodes, jsEventListeners } = await devtools.send('Memory.getDOMCounters');
    rows.push(
      { what: `${mark} posts: heap, MB`, figure: usedSize / 1e6 },
      { what: `${mark} posts: nodes of the DOM`, figure: nodes },
      { what: `${mark} posts: listeners`, figure: jsEventListeners },
    );
    if (slowest > 0) rows.push({ what: `until ${mark} posts: slowest page of 20, ms`, figure: slowest });
  }
  await context.close();
  return rows;
}
