import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StaticFile } from './static-file.ts';

/** Where the built explorer is; not in git. */
export const explorerFolder = fileURLToPath(new URL('../../generated/explorer', import.meta.url));

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
};

/** The built explorer by the paths of its files. The page is at `/`; it alone keeps its name when what it holds changes. */
export async function readExplorerFiles(folder = explorerFolder): Promise<Map<string, StaticFile>> {
  const names = (await readdir(folder)).filter((name) => contentTypes[extname(name)]);
  const files = new Map<string, StaticFile>();
  for (const name of names) {
    const path = join(folder, name);
    const [body, br, gzip] = await Promise.all([
      readFile(path),
      readFile(`${path}.br`),
      readFile(`${path}.gz`),
    ]);
    const isPage = name === 'index.html';
    files.set(isPage ? '/' : `/explorer/${name}`, {
      type: contentTypes[extname(name)] ?? 'application/octet-stream',
      bodies: { identity: body, br, gzip },
      version: createHash('sha256').update(body).digest('base64url').slice(0, 22),
      isImmutable: !isPage,
    });
  }
  if (!files.has('/')) throw new Error(`${folder} holds no page`);
  return files;
}
