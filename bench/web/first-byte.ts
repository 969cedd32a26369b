import { Agent, get } from 'node:http';
import { percentile } from '../measure/statistics.ts';
import type { MeasuredSite, Row } from './site.ts';

const atOnce = 16;
const times = { alone: 200, together: 1_000 };

/** Milliseconds from the request to the first byte of the page. */
const firstByte = (url: string, agent: Agent) =>
  new Promise<number>((resolve, reject) => {
    const begun = performance.now();
    get(url, { agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${url} answers ${response.statusCode}`));
      let first = Number.NaN;
      response.once('data', () => {
        first = performance.now() - begun;
      });
      response.resume().once('end', () => resolve(first));
    }).once('error', reject);
  });

async function timesOf(url: string, count: number, lanes: number): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: lanes });
  const found: number[] = [];
  let left = count;
  const lane = async () => {
    while (left-- > 0) found.push(await firstByte(url, agent));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  agent.destroy();
  return found.sort((a, b) => a - b);
}

/** How long a permalink takes until it begins to arrive, signed out: one reader after another, and many at once. */
export async function measureFirstByte(site: MeasuredSite): Promise<Row[]> {
  const url = site.url + site.permalink;
  await timesOf(url, 100, 4);
  const alone = await timesOf(url, times.alone, 1);
  const together = await timesOf(url, times.together, atOnce);
  return [
    { what: 'permalink, first byte, p50, ms', figure: percentile(alone, 0.5), asked: 50 },
    { what: 'permalink, first byte, p99, ms', figure: percentile(alone, 0.99) },
    { what: `permalink, first byte, ${atOnce} at once, p50, ms`, figure: percentile(together, 0.5) },
    { what: `permalink, first byte, ${atOnce} at once, p99, ms`, figure: percentile(together, 0.99) },
  ];
}
