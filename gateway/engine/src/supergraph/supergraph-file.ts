import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { EngineLog } from '../log.ts';
import { type SupergraphSource, SupergraphUnreadable } from './supergraph-source.ts';

const settleMs = 100;
const pollMs = 5000;

/** A supergraph in a file, which is watched. */
export function supergraphFile(file: string, log: EngineLog): SupergraphSource {
  return {
    name: file,
    read: () =>
      readFile(file, 'utf8').catch((error: unknown) => {
        throw new SupergraphUnreadable(whyUnreadable(file, error), { cause: error });
      }),
    follow(mayHaveChanged) {
      // The folder is watched, not the file: a file that is replaced by renaming keeps its name, not its inode.
      let settle: NodeJS.Timeout | undefined;
      const watcher = watch(dirname(file), { persistent: false }, (_event, name) => {
        if (name !== null && name !== basename(file)) return;
        clearTimeout(settle);
        settle = setTimeout(mayHaveChanged, settleMs);
      });
      watcher.on('error', (error) => log.warn({ file, err: error }, 'the supergraph file is polled only'));
      // Mounted folders don't all tell of changes.
      const poll = setInterval(mayHaveChanged, pollMs).unref();
      return () => {
        watcher.close();
        clearInterval(poll);
        clearTimeout(settle);
      };
    },
  };
}

function whyUnreadable(file: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return `there is no supergraph at ${file}`;
  return `the supergraph ${file} can't be read: ${error instanceof Error ? error.message : String(error)}`;
}
