import type { Browser, Page } from 'playwright-core';
import { type Person, register } from '../../tests/story/people.ts';
import { percentile } from '../measure/statistics.ts';
import type { MeasuredSite, Row } from './site.ts';

const sent = 30;
/** The messages are there by then, or something is wrong. */
const loadMs = 60_000;
const logs = [20, 1_000];

const start = `mutation ($id: ID!) { startConversation(input: { memberIds: [$id] }) { conversation { id } } }`;
const write = `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { message { id } } }`;

async function openChat(
  browser: Browser,
  webUrl: string,
  { username, password }: Person,
  id: string,
  length: number,
): Promise<Page> {
  const context = await browser.newContext({ baseURL: webUrl });
  context.setDefaultTimeout(10_000);
  const page = await context.newPage();
  await page.goto('/sign-in');
  await page.getByLabel(/username/i).fill(username);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('heading', { name: 'Home' }).waitFor();
  await page.goto(`/messages/${id}`);
  await page.locator('button[aria-haspopup]').first().waitFor({ state: 'attached' });
  const rows = page.locator('[data-seq]');
  const begun = Date.now();
  while ((await rows.count()) < length) {
    if (Date.now() - begun > loadMs) throw new Error(`${await rows.count()} of ${length} messages are shown`);
    // They are also loaded by coming near, so that there may be no link any more.
    await page
      .getByRole('link', { name: 'Earlier messages' })
      .click({ timeout: 1_000 })
      .catch(() => undefined);
  }
  await page.getByRole('log').evaluate((log) => log.scrollTo(0, 0));
  return page;
}

/** Of a page's script, as text: this program has no types of a browser. */
const paintedScript = `(wanted) => new Promise((resolve) => {
  const log = document.querySelector('[role=log]');
  const look = () => {
    const last = [...log.querySelectorAll('li p[dir=auto]')].at(-1);
    if (last?.textContent !== wanted) return;
    observer.disconnect();
    requestAnimationFrame(() => {
      // Behind the frame.
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.timeOrigin + performance.now());
      port2.postMessage(null);
    });
  };
  const observer = new MutationObserver(look);
  observer.observe(log, { childList: true, subtree: true, characterData: true });
  look();
})`;
const pressedScript = `() => new Promise((resolve) => {
  const listen = ({ key }) => {
    if (key !== 'Enter') return;
    removeEventListener('keydown', listen, true);
    resolve(performance.timeOrigin + performance.now());
  };
  addEventListener('keydown', listen, true);
})`;

/** When the message is painted, by the page's clock. */
const painted = (page: Page, text: string) =>
  page.evaluate<number>(`(${paintedScript})(${JSON.stringify(text)})`);
const pressed = (page: Page) => page.evaluate<number>(`(${pressedScript})()`);

async function measure(sender: Page, receiver: Page): Promise<{ own: number[]; other: number[] }> {
  const box = sender.getByRole('textbox', { name: 'Message' });
  const times = { own: [] as number[], other: [] as number[] };
  for (let nth = 0; nth < sent; nth += 1) {
    const text = `measured ${nth}`;
    await box.fill(text);
    const [at, own, other] = await Promise.all([
      pressed(sender),
      painted(sender, text),
      painted(receiver, text),
      box.press('Enter'),
    ]);
    times.own.push(own - at);
    times.other.push(other - at);
  }
  return times;
}

/** From the key in one browser to the paint in the other, and in its own. Both browsers have the clock of the machine. */
export async function measureMessages({ browser, gatewayUrl, url }: MeasuredSite): Promise<Row[]> {
  const rows: Row[] = [];
  for (const length of logs) {
    const [ann, ben] = await Promise.all([register(gatewayUrl, 'Ann'), register(gatewayUrl, 'Ben')]);
    const { startConversation } = await ann.ask(start, { id: ben.id });
    const { id } = startConversation.conversation;
    for (let nth = 1; nth <= length; nth += 1)
      await ann.ask(write, { input: { conversationId: id, text: `message ${nth}` } });
    const [sender, receiver] = await Promise.all(
      [ann, ben].map((person) => openChat(browser, url, person, id, length)),
    );
    if (!sender || !receiver) throw new Error('no page');
    const { own, other } = await measure(sender, receiver);
    for (const [where, times] of [
      ['the sender', own],
      ['the other browser', other],
    ] as const) {
      const sorted = times.toSorted((a, b) => a - b);
      const what = `key to paint at ${where}, ${length} messages shown`;
      rows.push({ what: `${what}, p50, ms`, figure: percentile(sorted, 0.5), asked: 150 });
      rows.push({ what: `${what}, p95, ms`, figure: percentile(sorted, 0.95) });
    }
    await Promise.all([sender, receiver].map((page) => page.context().close()));
  }
  return rows;
}
