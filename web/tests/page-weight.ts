import { gzipSync } from 'node:zlib';
import type { BrowserContext, Response } from 'playwright-core';

/** What a page makes a browser load, in bytes of gzip. */
export interface PageWeight {
  /** Scripts that its HTML names. */
  first: number;
  /** All scripts until nothing is loaded any more. */
  scripts: number;
  styles: number;
}

/** Opens a page of the visitor's, as a browser that has none of its files, and weighs what it loads. */
export async function weighPage(context: BrowserContext, path: string): Promise<PageWeight> {
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.setCacheDisabled', { cacheDisabled: true });
  const loaded: Response[] = [];
  page.on('response', (response) => loaded.push(response));
  const html = (await (await page.goto(path))?.text()) ?? '';
  await page.waitForLoadState('networkidle');
  const sizes = new Map<string, { isScript: boolean; bytes: number }>();
  for (const response of loaded) {
    const kind = response.request().resourceType();
    if (kind !== 'script' && kind !== 'stylesheet') continue;
    const bytes = gzipSync(await response.body()).length;
    sizes.set(new URL(response.url()).pathname, { isScript: kind === 'script', bytes });
  }
  await page.close();
  const sum = (isCounted: (file: string, isScript: boolean) => boolean) =>
    [...sizes].reduce((all, [file, { isScript, bytes }]) => all + (isCounted(file, isScript) ? bytes : 0), 0);
  return {
    first: sum((file, isScript) => isScript && html.includes(file)),
    scripts: sum((_file, isScript) => isScript),
    styles: sum((_file, isScript) => !isScript),
  };
}
