import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildExplorer } from '../gateway/explorer/build.ts';
import { startGateway, type TestGateway } from '../gateway/tests/fixture/gateway.ts';
import { type LiveGraph, startLiveGraph } from '../gateway/tests/fixture/live-graph.ts';
import { findChromium, launchBrowser, visit } from '../web/tests/browser.ts';

const screens = [
  ['a phone', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }],
  ['a desk', { viewport: { width: 1280, height: 800 } }],
] as const;

const editor = (page: Page, name: string) => page.getByRole('textbox', { name, exact: true });
/** By keys, as people do: what is put in by script the browser may style inline, which the page does not allow. */
async function write(page: Page, name: string, text: string) {
  await editor(page, name).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.press('Delete');
  await page.keyboard.insertText(text);
}
const result = (page: Page) => page.getByRole('document', { name: 'Result' });

describe.skipIf(!findChromium())('the explorer in a browser', () => {
  let graph: LiveGraph;
  let gateway: TestGateway;
  let browser: Browser;

  beforeAll(async () => {
    await buildExplorer();
    graph = await startLiveGraph();
    gateway = await startGateway(graph.all, { INTROSPECTION: 'true' });
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser?.close();
    await gateway?.stop();
    await graph?.stop();
  });

  describe.each(screens)('on %s', (what, screen) => {
    const isPhone = what === 'a phone';
    const open = async () => {
      const opened = await visit(browser, gateway.url, screen);
      await opened.page.goto('/');
      const pane = async (name: string) => {
        const button = opened.page.getByRole('navigation').getByRole('button', { name, exact: true });
        if (await button.isVisible()) await button.click();
      };
      return { ...opened, pane };
    };

    it('runs a query with variables and shows the answer', async () => {
      const { page, pane, faults } = await open();
      await write(page, 'Query', 'query ($id: ID!) { user(id: $id) { name } }');
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await result(page)
        .getByText(/of required type/)
        .waitFor();
      await pane('Variables');
      await write(page, 'Variables', '{ "id": "7" }');
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await result(page).getByText('"user": null').waitFor();
      await page.getByText(/^200 · \d+ ms · \d+ B$/).waitFor();
      expect(faults).toEqual([]);
    });

    it('sends the headers, over the socket too, and shows events as they come until they are stopped', async () => {
      const { page, pane, faults } = await open();
      await write(page, 'Query', 'subscription { members { title } }');
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await result(page).getByText('"UNAUTHENTICATED"').waitFor();
      await pane('Headers');
      await write(page, 'Headers', `{ "authorization": "Bearer ${await gateway.token()}" }`);
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await expect.poll(() => graph.listeners()).toBe(1);
      for (const title of ['The first', 'The second']) {
        graph.share({ id: '1', title });
        await result(page).getByText(title).waitFor();
      }
      await page.getByText('2 events, the newest first').waitFor();
      await page.getByRole('button', { name: 'Stop' }).click();
      await page.getByText('2 events; stopped').waitFor();
      await expect.poll(() => graph.listeners()).toBe(0);
      expect(faults).toEqual([]);
    });

    it('puts the access token of an answer into the headers when asked to', async () => {
      const { page, pane } = await open();
      const sent: (string | undefined)[] = [];
      await page.route('**/graphql', (route) => {
        sent.push(route.request().headers().authorization);
        return route.fulfill({ json: { data: { logIn: { tokens: { accessToken: 'a.b.c' } } } } });
      });
      const run = page.getByRole('button', { name: 'Run', exact: true });
      await run.click();
      await page.getByRole('button', { name: 'Use this access token' }).click();
      await pane('Headers');
      await editor(page, 'Headers').getByText('"Bearer a.b.c"').waitFor();
      await run.click();
      await expect.poll(() => sent).toEqual([undefined, 'Bearer a.b.c']);
    });

    it('completes from the schema and says what is wrong before anything is sent', async () => {
      const { page, pane, faults } = await open();
      await pane('Docs');
      await page.getByRole('region', { name: 'Docs' }).getByRole('button', { name: 'User' }).waitFor();
      await pane('Query');
      await write(page, 'Query', '');
      await editor(page, 'Query').pressSequentially('{ us');
      await page.getByRole('option', { name: /^user/ }).waitFor();
      await page.keyboard.press('Escape');
      await write(page, 'Query', '{ nobody }');
      await page.locator('.cm-lintRange-error').waitFor();
      expect(faults).toEqual([]);
    });

    it('shows the schema, type by type and by search', async () => {
      const { page, pane, faults } = await open();
      await pane('Docs');
      const docs = page.getByRole('region', { name: 'Docs' });
      await docs.getByRole('button', { name: 'Query' }).first().click();
      await docs.getByRole('button', { name: 'User' }).first().click();
      await docs.getByText('isFollowed').waitFor();
      await docs.getByRole('searchbox').fill('isfoll');
      await docs.getByRole('button', { name: 'User.isFollowed' }).click();
      await docs.getByRole('heading', { name: 'User' }).waitFor();
      expect(faults).toEqual([]);
    });

    it('brings back what was run, but nothing with a password', async () => {
      const { page, pane } = await open();
      for (const query of [
        '{ user(id: "kept") { name } }',
        '{ user(id: "x", password: "hidden") { name } }',
      ]) {
        await pane('Query');
        await write(page, 'Query', query);
        await page.getByRole('button', { name: 'Run', exact: true }).click();
        await page.getByText(/ ms · /).waitFor();
      }
      await page.reload();
      await pane('History');
      const history = page.getByRole('region', { name: 'History' });
      expect(await history.textContent()).not.toContain('hidden');
      await history.getByRole('button', { name: /"kept"/ }).click();
      await editor(page, 'Query').getByText('"kept"').waitFor();
    });

    it('fits: nothing is wider than the screen, and what is pressed by a finger is large enough', async () => {
      const { page } = await open();
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(screen.viewport.width);
      for (const name of [
        'Run',
        'Format',
        ...(isPhone ? ['Query', 'Variables', 'Headers', 'Result'] : []),
        'Docs',
        'History',
      ]) {
        const box = await page.getByRole('button', { name, exact: true }).first().boundingBox();
        expect(box?.height).toBeGreaterThanOrEqual(isPhone ? 44 : 32);
        expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(screen.viewport.width);
      }
    });
  });

  it('loads three files the first time, and only asks about the page the second time', async () => {
    const { page } = await visit(browser, gateway.url);
    let asked: string[] = [];
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Network.enable');
    const kept = new Set<string>();
    devtools.on('Network.requestServedFromCache', ({ requestId }) => kept.add(requestId));
    devtools.on('Network.responseReceived', ({ requestId, response }) => {
      const { pathname } = new URL(response.url);
      if (pathname !== '/graphql' && !response.fromDiskCache && !kept.has(requestId))
        asked.push(`${response.headers['content-encoding'] ?? ''} ${pathname.replace(/-\w+\./, '.')}`);
    });
    await page.goto('/');
    await editor(page, 'Query').waitFor();
    expect(asked.toSorted()).toEqual(['br /', 'br /explorer/look.css', 'br /explorer/main.js']);
    asked = [];
    await page.goto('/');
    await editor(page, 'Query').waitFor();
    expect(asked).toEqual([expect.stringMatching(/ \/$/)]);
  });
});
