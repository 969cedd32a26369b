import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export const benchFolder = fileURLToPath(new URL('..', import.meta.url));

const modifiedAt = (file: string) =>
  statSync(`${benchFolder}${file}`, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** Installs what the product is measured against, on the first run and when its lockfile has changed. */
export function installPeers(): void {
  if (modifiedAt('node_modules/.package-lock.json') >= modifiedAt('package-lock.json')) return;
  process.stdout.write('Installing the peers into bench/node_modules (once, about 800 MB) ...\n');
  const { status } = spawnSync('npm', ['ci', '--no-progress', '--loglevel=error', '--ignore-scripts'], {
    cwd: benchFolder,
    stdio: 'inherit',
  });
  if (status !== 0) throw new Error(`npm ci in bench/ failed (status ${status})`);
}
