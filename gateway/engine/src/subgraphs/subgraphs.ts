import type { GraphQLDataSource } from '@apollo/gateway';
import type { AbortSignalLike } from '../concurrency/abort-signal.ts';
import type { EngineLog } from '../log.ts';
import {
  createDataSource,
  type ShareOf,
  type SubgraphDataSource,
  type SubgraphState,
  type WatchFetch,
} from './data-source.ts';
import type { FetchOptions } from './fetch-options.ts';
import type { MaskSubgraphError } from './subgraph-errors.ts';
import { createSubgraphSocket } from './subgraph-socket.ts';
import type { FindLocal } from './transport.ts';
import type { SocketOptions, SubgraphSocket } from './upstream-operation.ts';

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
  /** Closes those that the supergraph no longer has, when the operations that began with them are over. */
  keep(names: ReadonlySet<string>): void;
  /** How each of them is doing. */
  states(): Record<string, SubgraphState>;
  close(): Promise<void>;
}

/** An operation that began before a change of the supergraph may still come to what it had before. */
const lingerMs = 60_000;

/** `urlOf` may send a subgraph elsewhere than the supergraph says. */
export function createSubgraphs<Context extends object>(options: {
  urlOf: (name: string, url: string) => string;
  fetchOf: (name: string) => FetchOptions;
  watch?: WatchFetch<Context> | undefined;
  socket: SocketOptions;
  handshakeHeadersFor?: ((subgraph: string) => Record<string, string>) | undefined;
  batchSuffix?: string | undefined;
  localOf?: ((name: string) => FindLocal | undefined) | undefined;
  headersFor: (subgraph: string, context: Context) => Record<string, string>;
  signalOf: (context: Context) => AbortSignalLike | undefined;
  shareOf?: ShareOf<Context> | undefined;
  maskError: MaskSubgraphError;
  log: EngineLog;
}): Subgraphs {
  const { log } = options;
  const known = new Map<string, Subgraph>();

  const close = async (subgraph: Subgraph): Promise<void> => {
    await Promise.all([subgraph.dataSource.close(), subgraph.socket.close()]);
  };
  const retired = new Set<Subgraph>();
  const retire = (name: string, subgraph: Subgraph) => {
    known.delete(name);
    retired.add(subgraph);
    setTimeout(() => {
      if (!retired.delete(subgraph)) return;
      close(subgraph).catch((error: unknown) => log.warn({ subgraph: name, err: error }, 'could not close'));
    }, lingerMs).unref();
  };

  return {
    open(name, supergraphUrl) {
      const url = options.urlOf(name, supergraphUrl);
      const present = known.get(name);
      if (present?.url === url) return present.dataSource;
      if (present) retire(name, present);
      const subgraph = {
        url,
        dataSource: createDataSource({
          ...options,
          name,
          url,
          fetch: options.fetchOf(name),
          local: options.localOf?.(name),
        }),
        socket: createSubgraphSocket({ ...options, name, url, local: options.localOf?.(name) }),
      };
      known.set(name, subgraph);
      return subgraph.dataSource;
    },
    dataSources: () => Object.fromEntries([...known].map(([name, subgraph]) => [name, subgraph.dataSource])),
    socket: (name) => known.get(name)?.socket,
    keep(names) {
      for (const [name, subgraph] of known) if (!names.has(name)) retire(name, subgraph);
    },
    states: () => Object.fromEntries([...known].map(([name, { dataSource }]) => [name, dataSource.state()])),
    async close() {
      await Promise.all([...known.values(), ...retired].map(close));
      known.clear();
      retired.clear();
    },
  };
}
