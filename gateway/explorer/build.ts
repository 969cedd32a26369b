import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = import.meta.dirname;
const require = createRequire(import.meta.url);

/** Where the built explorer is; not in git. */
export const explorerFolder = fileURLToPath(new URL('../generated/explorer', import.meta.url));

/** What the built files depend on, as a hash. */
async function inputsHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of ['build.ts', 'client.css', 'client.js', 'index.html']) {
    hash.update(await readFile(join(here, name)));
  }
  for (const name of ['graphiql', 'monaco-editor', 'graphql-ws', 'react-dom']) {
    hash.update(await readFile(require.resolve(`${name}/package.json`)));
  }
  return hash.digest('hex');
}

/** Bundles the explorer with its workers, so that it loads nothing from anywhere else; does nothing when it is built already. */
export async function buildExplorer(): Promise<void> {
  const version = await inputsHash();
  const stamp = join(explorerFolder, 'version');
  if ((await readFile(stamp, 'utf8').catch(() => '')) === version) return;

  const { build } = await import('esbuild');
  await mkdir(dirname(explorerFolder), { recursive: true });
  // Built aside and moved into place whole: two gateways that start at once don't see each other's halves.
  const folder = await mkdtemp(`${explorerFolder}-`);
  try {
    await build({
      entryPoints: {
        client: join(here, 'client.js'),
        'editor.worker': require.resolve('monaco-editor/esm/vs/editor/editor.worker.js'),
        'json.worker': require.resolve('monaco-editor/esm/vs/language/json/json.worker.js'),
        'graphql.worker': require.resolve('monaco-graphql/esm/graphql.worker.js'),
      },
      outdir: folder,
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      loader: { '.ttf': 'file', '.woff2': 'file' },
      assetNames: '[name]-[hash]',
      define: { 'process.env.NODE_ENV': '"production"' },
      logLevel: 'error',
      legalComments: 'linked',
    });
    await copyFile(join(here, 'index.html'), join(folder, 'index.html'));
    await writeFile(join(folder, 'version'), version);
    await rm(explorerFolder, { recursive: true, force: true });
    await rename(folder, explorerFolder);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    const builtMeanwhile = (await readFile(stamp, 'utf8').catch(() => '')) === version;
    if (!builtMeanwhile) throw error;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildExplorer();
