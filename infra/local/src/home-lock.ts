import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { closeHome } from '@socialhub/servers/private-files';
import { StartFault } from '@socialhub/servers/start-fault';

/**
 * Makes the home folder, closed to others, and takes it for this process; gives the function that lets it go. A lock whose process is
 * gone is taken over. Throws StartFault when another SocialHub runs from this home, or the folder can't be made.
 */
export function lockHome(home: string): () => void {
  const path = join(home, 'socialhub.pid');
  try {
    closeHome(home);
  } catch {
    throw new StartFault(`The folder ${home} can't be made: set SOCIALHUB_HOME to one that can.`);
  }
  if (!tryWrite(path)) {
    const owner = ownerOf(path);
    if (owner !== null && isSocialHub(owner)) {
      throw new StartFault(
        `SocialHub already runs from ${home} (process ${owner}): stop it, or set SOCIALHUB_HOME to another folder for a second copy.`,
      );
    }
    rmSync(path, { force: true });
    if (!tryWrite(path))
      throw new StartFault(`Another SocialHub is starting from ${home}: wait for it, or set SOCIALHUB_HOME.`);
  }
  return () => rmSync(path, { force: true });
}

function tryWrite(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw new StartFault(`${path} can't be written: set SOCIALHUB_HOME to a folder that you may write to.`);
  }
}

function ownerOf(path: string): number | null {
  const pid = Number(readFileSync(path, 'utf8'));
  return Number.isInteger(pid) && pid > 0 ? pid : null;
}

/** Whether the process lives and is a Node: after a reboot the number may belong to anything. */
function isSocialHub(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
  try {
    return /node/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  } catch {
    return true;
  }
}
