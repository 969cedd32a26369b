import type { ApolloClient, OperationVariables } from '@apollo/client';
import { type Fault, faultsOf } from '../gateway/faults.ts';
import type { Send } from '../gateway/send.ts';
import { SignedOut } from './access-token.ts';
import { beginChange, noteAnswer, noting } from './changed-here.ts';

const signedOut: Fault = { code: 'UNAUTHENTICATED', message: '', field: null, retryAfter: null };

/** Sends changes by the browser's client: what is expected is in the cache at once, and taken back where it is refused. */
export const sendBy =
  (client: ApolloClient, signal?: AbortSignal): Send =>
  async (mutation, variables, { expect, update } = {}) => {
    // What is expected is no change yet.
    let isAnswered = false;
    const onAnswer = (answer: unknown) => {
      isAnswered = true;
      noteAnswer(client.cache, answer);
    };
    const end = beginChange(client.cache);
    try {
      const optimisticResponse = expect?.(client.cache);
      const { data, error } = await client.mutate<unknown, OperationVariables>({
        mutation,
        variables,
        errorPolicy: 'all',
        // Whoever leaves at once has done it all the same.
        context: { onAnswer, fetchOptions: { keepalive: true, ...(signal && { signal }) } },
        ...(optimisticResponse && { optimisticResponse }),
        ...(update && {
          update: (cache, { data: answer }) =>
            answer && update(isAnswered ? noting(cache) : cache, answer as never),
        }),
      });
      return { data: (data as never) ?? null, faults: faultsOf(error) };
    } catch (error) {
      return { data: null, faults: error instanceof SignedOut ? [signedOut] : faultsOf(error) };
    } finally {
      end();
    }
  };
