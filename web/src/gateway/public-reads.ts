import 'server-only';
import type { OperationVariables } from '@apollo/client';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { DocumentNode } from 'graphql';
import { LRUCache } from 'lru-cache';
import { ask, type Caller, type Outcome } from './client.ts';

const maxChars = 16 * 2 ** 20;
const maxCharsOfOne = 2 ** 20;
/** What an entry takes beside its text. */
const entryChars = 500;

/** The preset is told in the web's config.ts, which checks it; not every host of the web starts by that. */
function keptMs(): number {
  const seconds = Number(process.env.WEB_KEEP_PUBLIC_SECONDS ?? 15);
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0), 60) * 1_000 : 0;
}

const kept = new LRUCache<string, Outcome<unknown>>({
  maxSize: maxChars,
  maxEntrySize: maxCharsOfOne,
  sizeCalculation: ({ data }, key) => JSON.stringify(data).length + key.length + entryChars,
});
const asked = new Map<string, Promise<Outcome<unknown>>>();

/**
 * As ask, for what anybody may read. Signed out all have the same answer: it is kept for some seconds, and whoever wants it while it is asked for
 * waits for that. What came with faults is not kept.
 */
export async function askPublic<Data, Variables extends OperationVariables>(
  query: TypedDocumentNode<Data, Variables>,
  variables: Variables,
  caller: Caller,
): Promise<Outcome<Data>> {
  const ttl = keptMs();
  if (caller.accessToken || ttl === 0) return ask(query, variables, caller);
  const key = `${nameOf(query)} ${JSON.stringify(variables)}`;
  const here = kept.get(key);
  if (here) return here as Outcome<Data>;
  const before = asked.get(key);
  if (before) {
    const outcome = (await before) as Outcome<Data>;
    // What one could not have, by their limit, their time or what they sent, others may.
    return outcome.faults.length > 0 ? ask(query, variables, caller) : outcome;
  }
  const asking = ask(query, variables, caller);
  asked.set(key, asking);
  try {
    const outcome = await asking;
    if (outcome.data && outcome.faults.length === 0) kept.set(key, outcome, { ttl });
    return outcome;
  } finally {
    asked.delete(key);
  }
}

/** Every operation has a name of its own. */
function nameOf({ definitions }: DocumentNode): string {
  const operation = definitions.find((node) => node.kind === 'OperationDefinition');
  return operation?.name?.value ?? '';
}
