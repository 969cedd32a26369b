import { Supergraph } from '@apollo/federation-internals';
import type { SupergraphManager } from '@apollo/gateway';
import { QueryPlanner } from '@apollo/query-planner';
import { assertValidSchema } from 'graphql';
import type { EngineLog } from '../log.ts';
import { type ReadSupergraph, readSupergraph } from './supergraph.ts';
import { type SupergraphSource, SupergraphUnreadable } from './supergraph-source.ts';

/**
 * Gives ApolloGateway the supergraph from its source, again whenever it changes. `take` is called with each version
 * that can be used; for all but the first it has to call `update`. A version that can't be used is refused and
 * logged, and the last good one goes on serving; at the start it throws.
 */
export function loadSupergraphFrom(options: {
  source: SupergraphSource;
  log: EngineLog;
  take: (supergraph: ReadSupergraph, update: (sdl: string) => void) => void;
}): SupergraphManager {
  const { source, log, take } = options;
  let lastText = '';

  const read = async (): Promise<ReadSupergraph | null> => {
    const text = await source.read();
    if (text === null || text === lastText) return null;
    lastText = text;
    const supergraph = readSupergraph(text);
    assertUsable(supergraph.sdl);
    return supergraph;
  };

  return {
    async initialize({ update }) {
      const first = await read().catch((error: unknown) => {
        throw new Error(firstFault(source.name, error), { cause: error });
      });
      if (!first) throw new Error(`the supergraph ${source.name} is empty`);
      take(first, () => undefined);

      let queue = Promise.resolve();
      let queued = 0;
      let isUnreadable = false;
      const reload = async () => {
        queued -= 1;
        try {
          const next = await read();
          if (isUnreadable) log.info({ supergraph: source.name }, 'the supergraph can be read again');
          isUnreadable = false;
          if (!next) return;
          take(next, update);
          log.info({ supergraph: source.name }, 'the supergraph has changed and is taken over');
        } catch (error) {
          refuse(error);
        }
      };
      const refuse = (error: unknown) => {
        const cannotRead = error instanceof SupergraphUnreadable;
        // A place that is looked at every few seconds and does not answer is worth one line.
        if (cannotRead && isUnreadable) return;
        isUnreadable = cannotRead;
        const what = cannotRead ? "can't be read" : 'has changed and is refused';
        log.error(
          { supergraph: source.name, err: error },
          `the supergraph ${what}; the last good one serves on`,
        );
      };
      const stopFollowing = source.follow(() => {
        // One that waits its turn will see what there is then.
        if (queued > 1) return;
        queued += 1;
        queue = queue.then(reload);
      });

      return {
        supergraphSdl: first.sdl,
        async cleanup() {
          stopFollowing();
          await queue;
        },
      };
    },
  };
}

/** Why there is nothing to serve, in one sentence. */
function firstFault(name: string, error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error);
  return error instanceof SupergraphUnreadable
    ? reason
    : `${name} is not a Federation 2 supergraph: ${reason}`;
}

/** Does once, aside, all that taking a supergraph over does, so that a bad one fails before anything has changed. */
function assertUsable(sdl: string): void {
  const supergraph = Supergraph.build(sdl, { validateSupergraph: true });
  assertValidSchema(supergraph.apiSchema().toGraphQLJSSchema());
  new QueryPlanner(supergraph);
}
