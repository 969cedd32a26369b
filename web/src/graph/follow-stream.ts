import { CombinedGraphQLErrors } from '@apollo/client/errors';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import type { Graph } from './client.ts';

/** A stream of events that have cursors, and what a feature does with it. */
interface Stream<Data, Variables, Event> {
  document: TypedDocumentNode<Data, Variables>;
  /** Beside the cursor. */
  variables?: Omit<Variables, 'after'>;
  eventOf: (data: Data) => Event | null | undefined;
  take: (event: Event) => void;
  /** Reads what may have been missed. What it asks with `overSocket` is answered behind the subscription. */
  catchUp: () => void;
}

const againMs = 5_000;

/**
 * Follows a stream until it is called. Behind the cursor of its last event everything comes that was missed. As long as there is none
 * it is caught up with each time that the connection is here.
 */
export function followStream<
  Data,
  Variables extends { after?: string | null | undefined },
  Event extends { cursor: string },
>(
  { client, onConnection }: Graph,
  { document, variables, eventOf, take, catchUp }: Stream<Data, Variables, Event>,
): () => void {
  let after: string | undefined;
  let isHere = false;
  let subscription: { unsubscribe(): void } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function begin(): void {
    const asked = { ...variables, ...(after !== undefined && { after }) };
    subscription = client.subscribe<Data>({ query: document, variables: asked }).subscribe({
      next({ data, error }) {
        if (error) return refused(error);
        const event = data && eventOf(data as Data);
        if (!event) return;
        after = event.cursor;
        take(event);
      },
      error: beginAgain,
      complete: beginAgain,
    });
    if (isHere) setTimeout(catchUpBlind);
  }

  /** An event could not be had, or the cursor is none any more. */
  function refused(error: unknown): void {
    const isCursor = CombinedGraphQLErrors.is(error) && error.errors.some(isBadInput);
    if (isCursor) after = undefined;
    else setTimeout(catchUp);
  }

  function beginAgain(): void {
    subscription?.unsubscribe();
    clearTimeout(timer);
    timer = setTimeout(begin, againMs);
  }

  function catchUpBlind(): void {
    if (after === undefined) catchUp();
  }

  begin();
  const stop = onConnection((now) => {
    isHere = now === 'here';
    if (isHere) setTimeout(catchUpBlind);
  });
  return () => {
    stop();
    clearTimeout(timer);
    subscription?.unsubscribe();
  };
}

const isBadInput = ({ extensions }: { extensions?: { code?: unknown } }) =>
  extensions?.code === 'BAD_USER_INPUT';
