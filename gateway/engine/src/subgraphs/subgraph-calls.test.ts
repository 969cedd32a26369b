import { expect, test } from 'vitest';
import { defaultFetchOptions } from './fetch-options.ts';
import { createSubgraphCalls } from './subgraph-calls.ts';

test('what may be sent once alone takes a connection that was used a moment ago, or a new one', async () => {
  const taken: number[] = [];
  const calls = createSubgraphCalls({
    ...defaultFetchOptions,
    repeated: () => undefined,
    transport: {
      send(_request, sink, unusedForMs) {
        taken.push(unusedForMs);
        queueMicrotask(() => sink.answered({ status: 200, text: '{}' }));
        return { destroy: () => undefined };
      },
      close: async () => undefined,
    },
  });
  const post = (isRepeatable: boolean) =>
    calls.post({ headers: {}, body: '{}', share: undefined, isRepeatable, signal: undefined });
  await post(true);
  await post(false);
  await calls.close();
  expect(taken).toEqual([Number.POSITIVE_INFINITY, 1_000]);
});
