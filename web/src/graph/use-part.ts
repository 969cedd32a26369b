'use client';

import type {
  ApolloClient,
  FragmentType,
  OperationVariables,
  TypedDocumentNode,
  Unmasked,
} from '@apollo/client';
import type { FragmentDefinitionNode } from 'graphql';
import { useLayoutEffect, useMemo, useReducer, useSyncExternalStore } from 'react';
import { writeKeeping } from './changed-here.ts';
import { isOfCache, tellOfCache } from './from-cache.ts';
import { useGraph } from './live.tsx';
import { whenPageAsked } from './page-asked.ts';

type Fragment<Data> = TypedDocumentNode<Data, OperationVariables>;

interface Watched<Data> {
  /** null: the cache does not have all of it yet. */
  get: () => Data | null;
  subscribe: (onChange: () => void) => () => void;
}

/**
 * Gives a component its part of a thing that has an id: as the server gave it, and from the moment on in which the graph is here as
 * the cache has it, whoever changes it there. What the server gave is written into the cache once, when it is shown first, beside what one
 * changed since the page was asked for.
 */
export function usePart<Data>(fragment: Fragment<Data>, part: FragmentType<NoInfer<Data>>): Data {
  const client = useGraph()?.client;
  const id = client?.cache.identify(part);
  const watched = useMemo(
    () => (client && id ? watch(client, fragment, id) : notWatched),
    [client, fragment, id],
  ) as Watched<Data>;
  const [, showKept] = useReducer((times: number) => times + 1, 0);
  const kept = useSyncExternalStore(watched.subscribe, watched.get, notWatched.get);
  useLayoutEffect(() => {
    // To the cache nothing happened then that it would tell of, but the page is not what it shows.
    if (client && id && isNews(client, fragment, part) && write(client, fragment, id, part)) showKept();
  }, [client, fragment, id, part]);
  // What the cache has is older than what the server gave now, and may lack what this page's components show of it. What the server
  // gave is never masked.
  return kept === null || (client && isNews(client, fragment, part)) ? (part as Data) : kept;
}

const notWatched = { get: () => null, subscribe: () => () => undefined };

function watch<Data>(client: ApolloClient, fragment: Fragment<Data>, id: string): Watched<Data> {
  const observed = client.watchFragment({ fragment, fragmentName: nameOf(fragment), from: id });
  let last: Data | null = null;
  return {
    get() {
      const { data, dataState } = observed.getCurrentResult();
      // What is there in part only, or no more, is shown as it was.
      if (dataState !== 'complete' || data === null) return last;
      tellOfCache(data);
      last = data as Data;
      return last;
    },
    subscribe(onChange) {
      const subscription = observed.subscribe(onChange);
      return () => subscription.unsubscribe();
    },
  };
}

/** Of each client the objects that are in its cache, as parts of which fragments. */
const written = new WeakMap<ApolloClient, WeakMap<object, Set<object>>>();

/** Whether a part is the server's and not in the cache yet. */
const isNews = (client: ApolloClient, fragment: object, part: object): boolean =>
  !isOfCache(part) && !written.get(client)?.get(part)?.has(fragment);

function write<Data>(client: ApolloClient, fragment: Fragment<Data>, id: string, part: object): boolean {
  const objects = written.get(client) ?? new WeakMap<object, Set<object>>();
  const fragments = objects.get(part) ?? new Set();
  written.set(client, objects.set(part, fragments.add(fragment)));
  const fragmentName = nameOf(fragment);
  return writeKeeping(client.cache, part, whenPageAsked(), () =>
    client.writeFragment({ fragment, fragmentName, id, data: part as Unmasked<Data> }),
  );
}

/** Of a document its own fragment comes first, then those that it spreads. */
function nameOf({ definitions }: Fragment<unknown>): string {
  const own = definitions.find((node): node is FragmentDefinitionNode => node.kind === 'FragmentDefinition');
  return own?.name.value ?? '';
}
