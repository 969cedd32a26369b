import { median } from '../measure/statistics.ts';
import { type MeasuredSite, type Row, slowDown } from './site.ts';

const rounds = 5;
const bytesPerSecond = 1_600_000 / 8;

/** Of a page's script, as text: this program has no types of a browser. */
const observed = `() => new Promise((resolve) => {
  const seen = { paint: 0, shift: 0 };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.paint = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => resolve(seen), 500);
})`;

/** When the largest thing of a permalink is painted, and how much moves, at a quarter of this processor and 1.6 Mbit/s. */
export async function measureLoading(site: MeasuredSite): Promise<Row[]> {
  const rows: Row[] = [];
  for (const latency of [0, 150]) {
    const paints: number[] = [];
    const shifts: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const { context, page } = await site.visit();
      const devtools = await context.newCDPSession(page);
      await devtools.send('Network.enable');
      await devtools.send('Network.emulateNetworkConditions', {
        offline: false,
        latency,
        downloadThroughput: bytesPerSecond,
        uploadThroughput: bytesPerSecond,
      });
      await slowDown(page, 4);
      await page.goto(site.permalink);
      await page.waitForLoadState('networkidle');
      const { paint, shift } = await page.evaluate<{ paint: number; shift: number }>(`(${observed})()`);
      paints.push(paint);
      shifts.push(shift);
      await context.close();
    }
    const line = latency === 0 ? '' : `, ${latency} ms away`;
    rows.push({ what: `permalink, largest paint${line}, ms`, figure: median(paints), asked: 1_500 });
    rows.push({ what: `permalink, layout shift${line}`, figure: Math.max(...shifts), asked: 0.02 });
  }
  return rows;
}
