import {
  chmodSync,
  createWriteStream,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  type WriteStream,
} from 'node:fs';
import { join } from 'node:path';

/** What a home holds is its owner's alone: logs, mail, media and secrets tell of people. */

const folderMode = 0o700;
const fileMode = 0o600;
/** PostgreSQL never runs as root: where root starts it, its user has to pass through to its data, which it closes itself. */
export const passableMode = process.getuid?.() === 0 ? 0o711 : folderMode;

/** Makes a folder that only its owner may look into, or closes the one that is there. */
export function makePrivateFolder(path: string): void {
  mkdirSync(path, { recursive: true, mode: folderMode });
  chmodSync(path, folderMode);
}

/** Appends to a file that only its owner may read, or closes the one that is there. */
export function appendPrivately(path: string): WriteStream {
  if (existsSync(path)) chmodSync(path, fileMode);
  return createWriteStream(path, { flags: 'a', mode: fileMode });
}

/** Makes the home, and closes what is in it from before, two levels deep; the databases see to their own. */
export function closeHome(home: string): void {
  mkdirSync(home, { recursive: true, mode: passableMode });
  chmodSync(home, passableMode);
  for (const name of readdirSync(home)) {
    const path = join(home, name);
    if (name === 'postgres') chmodSync(path, passableMode);
    else if (close(path)) for (const inside of readdirSync(path)) close(join(path, inside));
  }
}

/** Whether it is a folder. Leaves links alone: what they lead to is not of this home. */
function close(path: string): boolean {
  const found = lstatSync(path);
  if (found.isDirectory()) chmodSync(path, folderMode);
  else if (found.isFile()) chmodSync(path, fileMode);
  return found.isDirectory();
}
