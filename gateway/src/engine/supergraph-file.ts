import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { Supergraph } from '@apollo/federation-internals';
import type { SupergraphManager } from '@apollo/gateway';
import { QueryPlanner } from '@apollo/query-planner';
import { assertValidSchema } from 'graphql';
import type { EngineLog } from './log.ts';
import { type ReadSupergraph, readSupergraph } from './supergraph.ts';

const settleMs = 100;
const pollMs = 5000;

/**
 * Gives ApolloGateway the supergraph from a file, again whenever the file changes. `take` is called with each
 * version that can be used; for all but the first it has to call `update`. A version that can't be used is refused
 * and logged, and the last good one goes on serving; at the start it throws.
 */
export function supergraphFromFile(options: {
  file: string;
  log: EngineLog;
  take: (supergraph: ReadSupergraph, update: (sdl: string) => void) => void;
}): SupergraphManager {
  const { file, log, take } = options;
  let lastText = '';

  const read = async (): Promise<ReadSupergraph | null> => {
    const text = await readFile(file, 'utf8');
    if (text === lastText) return null;
    lastText = text;
    const supergraph = readSupergraph(text);
    assertUsable(supergraph.sdl);
    return supergraph;
  };

  return {
    async initialize({ update }) {
      const first = await read().catch((error: unknown) => {
        throw new Error(firstFault(file, error), { cause: error });
      });
      if (!first) throw new Error(`the supergraph ${file} is empty`);
      take(first, () => undefined);

      let queue = Promise.resolve();
      const reload = async () => {
        try {
          const next = await read();
          if (!next) return;
          take(next, update);
          log.info({ file }, 'the supergraph has changed and is taken over');
        } catch (error) {
          log.error(
            { file, err: error },
            'the supergraph has changed and is refused; the last good one serves on',
          );
        }
      };
      const enqueue = () => {
        queue = queue.then(reload);
      };

      // The folder is watched, not the file: a file that is replaced by renaming keeps its name, not its inode.
      let settle: NodeJS.Timeout | undefined;
      const watcher = watch(dirname(file), { persistent: false }, (_event, name) => {
        if (name !== null && name !== basename(file)) return;
        clearTimeout(settle);
        settle = setTimeout(enqueue, settleMs);
      });
      watcher.on('error', (error) => log.warn({ file, err: error }, 'the supergraph file is polled only'));
      // Mounted folders don't all tell of changes.
      const poll = setInterval(enqueue, pollMs).unref();

      return {
        supergraphSdl: first.sdl,
        async cleanup() {
          watcher.close();
          clearInterval(poll);
          clearTimeout(settle);
          await queue;
        },
      };
    },
  };
}

/** Why there is nothing to serve, in one sentence. */
function firstFault(file: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return `there is no supergraph at ${file}`;
  const reason = error instanceof Error ? error.message : String(error);
  if (code === 'EACCES' || code === 'EISDIR') return `the supergraph ${file} can't be read: ${reason}`;
  return `${file} is not a Federation 2 supergraph: ${reason}`;
}

/** Does once, aside, all that taking a supergraph over does, so that a bad one fails before anything has changed. */
function assertUsable(sdl: string): void {
  const supergraph = Supergraph.build(sdl, { validateSupergraph: true });
  assertValidSchema(supergraph.apiSchema().toGraphQLJSSchema());
  new QueryPlanner(supergraph);
}
