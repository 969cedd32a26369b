import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launchBrowser } from './tests/browser.ts';

/*
 * `node web/make-icons.ts` draws public/icons/ and public/favicon.ico from src/app/icon.svg, in Chromium. What they are stands beside
 * the code: the app is built without a browser.
 */

const here = import.meta.dirname;
const target = join(here, 'public');
/** Of a maskable icon the middle four fifths are seen on every device. */
const safe = 0.62;

const svg = await readFile(join(here, 'src/app/icon.svg'), 'utf8');
const browser = await launchBrowser();

async function draw(size: number, ground: string | null, part: number): Promise<Buffer> {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const drawn = Math.round(size * part);
  await page.setContent(
    `<body style="margin:0;display:grid;place-items:center;height:100vh;background:${ground ?? 'transparent'}">
      <style>svg{width:${drawn}px;height:${drawn}px;display:block}</style>${svg}`,
  );
  const picture = await page.screenshot({ omitBackground: ground === null, type: 'png' });
  await page.close();
  return picture;
}

/** An ICO of one picture, which may be a PNG. */
function ico(picture: Buffer, size: number): Buffer {
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(1, 4);
  head.set([size, size], 6);
  head.writeUInt16LE(1, 10);
  head.writeUInt16LE(32, 12);
  head.writeUInt32LE(picture.length, 14);
  head.writeUInt32LE(head.length, 18);
  return Buffer.concat([head, picture]);
}

const tile = '#0f6b5c';
await mkdir(join(target, 'icons'), { recursive: true });
await writeFile(join(target, 'icons/icon-192.png'), await draw(192, null, 1));
await writeFile(join(target, 'icons/icon-512.png'), await draw(512, null, 1));
await writeFile(join(target, 'icons/maskable-512.png'), await draw(512, tile, safe));
await writeFile(join(target, 'icons/apple-180.png'), await draw(180, tile, 0.8));
await writeFile(join(target, 'favicon.ico'), ico(await draw(32, null, 1), 32));
await browser.close();
