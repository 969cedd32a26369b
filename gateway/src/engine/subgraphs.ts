import type { GraphQLDataSource } from '@apollo/gateway';
import { createDataSource, type FetchOptions, type SubgraphDataSource } from './data-source.ts';
import type { EngineLog } from './log.ts';
import type { MaskSubgraphError } from './subgraph-errors.ts';
import { createSubgraphSocket, type SocketOptions, type SubgraphSocket } from './subgraph-socket.ts';

interface Subgraph {
  url: string;
  dataSource: SubgraphDataSource;
  socket: SubgraphSocket;
}

/** The connections to all subgraphs, by the names that plans use. */
export interface Subgraphs {
  /** The subgraph's data source; the one that is there when the address is still the same. */
  open(name: string, url: string): GraphQLDataSource;
  dataSources(): Record<string, GraphQLDataSource>;
  socket(name: string): SubgraphSocket | undefined;
  /** Closes those that the supergraph no longer has. */
  keep(names: ReadonlySet<string>): void;
  close(): Promise<void>;
}

/** `urlOf` may send a subgraph elsewhere than the supergraph says. */
export function createSubgraphs<Context extends object>(options: {
  urlOf: (name: string, url: string) => string;
  fetch: FetchOptions;
  socket: SocketOptions;
  headersFor: (subgraph: string, context: Context) => Record<string, string>;
  signalOf: (context: Context) => AbortSignal | undefined;
  maskError: MaskSubgraphError;
  log: EngineLog;
}): Subgraphs {
  const { log } = options;
  const known = new Map<string, Subgraph>();

  const close = async (subgraph: Subgraph): Promise<void> => {
    await Promise.all([subgraph.dataSource.close(), subgraph.socket.close()]);
  };
  const retire = (name: string, subgraph: Subgraph) => {
    known.delete(name);
    close(subgraph).catch((error: unknown) => log.warn({ subgraph: name, err: error }, 'could not close'));
  };

  return {
    open(name, supergraphUrl) {
      const url = options.urlOf(name, supergraphUrl);
      const present = known.get(name);
      if (present?.url === url) return present.dataSource;
      if (present) retire(name, present);
      const subgraph = {
        url,
        dataSource: createDataSource({ ...options, name, url }),
        socket: createSubgraphSocket({ ...options, name, url }),
      };
      known.set(name, subgraph);
      return subgraph.dataSource;
    },
    dataSources: () => Object.fromEntries([...known].map(([name, subgraph]) => [name, subgraph.dataSource])),
    socket: (name) => known.get(name)?.socket,
    keep(names) {
      for (const [name, subgraph] of known) if (!names.has(name)) retire(name, subgraph);
    },
    async close() {
      await Promise.all([...known.values()].map(close));
      known.clear();
    },
  };
}
