import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { explorerFolder } from '@socialhub/gateway/explorer-files';

const here = import.meta.dirname;
const root = join(here, '../..');

/** `npm run build:explorer`: bundles the explorer, which then loads nothing from anywhere else, and compresses it. */

interface Built {
  name: string;
  body: Uint8Array;
}

/** What the built files depend on, as a hash. */
async function inputsHash(): Promise<string> {
  const sources = (await readdir(join(here, 'src'))).sort().map((name) => join(here, 'src', name));
  const hash = createHash('sha256');
  for (const path of [
    import.meta.filename,
    join(here, 'index.html'),
    ...sources,
    join(root, 'package-lock.json'),
  ]) {
    hash
      .update(basename(path))
      .update('\0')
      .update(await readFile(path))
      .update('\0');
  }
  return hash.digest('hex');
}

/** Names carry a hash of what they hold, so that a browser keeps them for good. */
async function bundle(): Promise<Built[]> {
  const esbuild = await import('esbuild');
  try {
    const { outputFiles, metafile } = await esbuild.build({
      entryPoints: { main: join(here, 'src/main.ts'), look: join(here, 'src/main.css') },
      outdir: 'out',
      absWorkingDir: root,
      entryNames: '[name]-[hash]',
      write: false,
      metafile: true,
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      define: { 'process.env.NODE_ENV': '"production"' },
      logLevel: 'error',
      legalComments: 'none',
    });
    return [
      ...outputFiles.map(({ path, contents }) => ({ name: basename(path), body: contents })),
      await licences(Object.keys(metafile.inputs)),
    ];
  } finally {
    // Its service would else live as long as this process.
    await esbuild.stop();
  }
}

/** What each bundled package asks to have shipped with it. */
async function licences(inputs: readonly string[]): Promise<Built> {
  const folders = new Set(
    inputs.flatMap((path) => path.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? []),
  );
  const texts = [...folders].sort().map(async (name) => {
    const folder = join(root, name);
    const { version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
    const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
    const text = file ? (await readFile(join(folder, file), 'utf8')).trim() : 'It ships no text of it.';
    return `${name.replace('node_modules/', '')} ${version}: ${license}\n\n${text}\n`;
  });
  const body = Buffer.from((await Promise.all(texts)).join(`\n${'-'.repeat(80)}\n\n`));
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 8);
  return { name: `licences-${hash}.txt`, body };
}

/** The page with the names that its files have been given. */
async function page(files: readonly Built[]): Promise<Built> {
  let html = await readFile(join(here, 'index.html'), 'utf8');
  for (const [written, pattern] of [
    ['main.js', /^main-\w+\.js$/],
    ['main.css', /^look-\w+\.css$/],
    ['licences.txt', /^licences-\w+\.txt$/],
  ] as const) {
    const file = files.find(({ name }) => pattern.test(name));
    if (!file) throw new Error(`the bundle has nothing for ${written}`);
    html = html.replace(`/explorer/${written}`, `/explorer/${file.name}`);
  }
  return { name: 'index.html', body: Buffer.from(html) };
}

async function write(folder: string, { name, body }: Built): Promise<void> {
  const [br, gz] = await Promise.all([
    promisify(brotliCompress)(body, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: body.length } }),
    promisify(gzip)(body, { level: 9 }),
  ]);
  for (const [suffix, bytes] of [
    ['', body],
    ['.br', br],
    ['.gz', gz],
  ] as const) {
    await put(join(folder, `${name}${suffix}`), bytes);
  }
}

/** Whoever builds is not always who serves. */
async function put(path: string, bytes: Uint8Array | string): Promise<void> {
  await writeFile(path, bytes);
  await chmod(path, 0o644);
}

/** Builds the explorer into `folder` when what it is made of has changed since it was built there. Gives whether it did. */
export async function buildExplorer(folder = explorerFolder): Promise<boolean> {
  const version = await inputsHash();
  const isBuilt = async () => (await readFile(join(folder, 'version'), 'utf8').catch(() => '')) === version;
  if (await isBuilt()) return false;

  await mkdir(dirname(folder), { recursive: true });
  // Built aside and moved into place whole: two builds at once don't see each other's halves.
  const aside = await mkdtemp(`${folder}-`);
  try {
    const files = await bundle();
    for (const file of [...files, await page(files)]) await write(aside, file);
    await put(join(aside, 'version'), version);
    // A temporary folder is its maker's alone.
    await chmod(aside, 0o755);
    await rm(folder, { recursive: true, force: true });
    await rename(aside, folder);
    return true;
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    if (await isBuilt()) return false;
    throw error;
  }
}

if (import.meta.main) await buildExplorer();
