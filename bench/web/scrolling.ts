import { register } from '../../tests/story/people.ts';
import type { MeasuredSite, Row } from './site.ts';

const marks = [100, 500, 1_000];
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
  const articles = page.locator('main ol > li > article');
  for (const mark of marks) {
    for (;;) {
      const shown = await articles.count();
      if (shown >= mark) break;
      await page.getByRole('link', { name: 'Load more' }).click();
      await articles.nth(shown).waitFor({ state: 'attached' });
    }
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    rows.push({ what: `${mark} posts shown: heap, MB`, figure: usedSize / 1e6 });
  }
  const [small, , large] = rows;
  if (small && large)
    rows.push({
      what: 'each post more: heap, kB',
      figure: ((large.figure - small.figure) * 1e3) / (1_000 - 100),
    });
  await context.close();
  return rows;
}
