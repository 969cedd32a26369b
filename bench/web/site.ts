import { startSystem } from '@socialhub/local/system';
import { freePort } from '@socialhub/servers/ports';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { phone } from '../../tests/story/client.ts';
import { removeHomes, startOptions } from '../../tests/story/home.ts';
import { launchBrowser } from '../../web/tests/browser.ts';

/** One line of what is printed: what was measured, the figure, and the one that is asked for at most. */
export interface Row {
  what: string;
  figure: number;
  asked?: number;
}

/** Somebody of the demo, or who was registered. */
export interface Account {
  username: string;
  password: string;
}

/** The real system as `npm start` brings it up, with the demo's people, and Chromium. */
export interface MeasuredSite {
  url: string;
  gatewayUrl: string;
  metricsUrl: string;
  browser: Browser;
  /** Somebody of the demo. */
  member: Account;
  /** The name of another of them. */
  other: string;
  /** The path of a public post with a picture. */
  permalink: string;
  /** A browser that was never here. */
  visit(): Promise<{ context: BrowserContext; page: Page }>;
  signIn(person: Account): Promise<{ context: BrowserContext; page: Page }>;
  stop(): Promise<void>;
}

/** The load's own bounds would be measured otherwise. */
const unbounded = {
  COST_PER_MINUTE: '0',
  REQUESTS_PER_MINUTE_PER_ADDRESS: '0',
  REQUESTS_PER_MINUTE_PER_VIEWER: '0',
};

const latest = `{ publicTimeline(first: 50) { edges { node { id media { id } repostOf { id } } } } }`;

export async function startMeasuredSite(): Promise<MeasuredSite> {
  const metricsPort = await freePort();
  const system = await startSystem(
    await startOptions({
      web: true,
      demo: true,
      operatorSettings: {
        gateway: { ...unbounded, METRICS_PORT: String(metricsPort) },
        web: { WEB_REQUESTS_PER_MINUTE_PER_ADDRESS: '0' },
      },
    }),
  );
  const browser = await launchBrowser();
  const url = system.webUrl ?? '';
  const [member, other] = system.demo;
  if (!member || !other) throw new Error('the demo has nobody');
  const { publicTimeline } = await phone(system.gatewayUrl).ask(latest, {});
  const posts: { id: string; media: unknown[] | null; repostOf: unknown }[] = publicTimeline.edges.map(
    ({ node }: { node: unknown }) => node,
  );
  const pictured = posts.find(({ media, repostOf }) => media?.length && !repostOf);
  if (!pictured) throw new Error('the demo has no picture');

  async function visit() {
    const context = await browser.newContext({ baseURL: url });
    context.setDefaultTimeout(30_000);
    return { context, page: await context.newPage() };
  }
  return {
    url,
    gatewayUrl: system.gatewayUrl,
    metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
    browser,
    member,
    other: other.username,
    permalink: `/post/${pictured.id}`,
    visit,
    async signIn({ username, password }) {
      const visited = await visit();
      await visited.page.goto('/sign-in');
      await visited.page.getByLabel(/username/i).fill(username);
      await visited.page.getByLabel('Password').fill(password);
      await visited.page.getByRole('button', { name: 'Sign in', exact: true }).click();
      await visited.page.getByRole('heading', { name: 'Home' }).waitFor();
      return visited;
    },
    async stop() {
      await browser.close();
      await system.stop();
      await removeHomes();
    },
  };
}

/** Slows a page's processor down by that factor. */
export async function slowDown(page: Page, factor: number): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: factor });
}
