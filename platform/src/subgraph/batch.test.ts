import { parse } from 'graphql';
import { expect, it } from 'vitest';
import { readBatch, runBatch } from './batch.ts';
import type { SubgraphOperations } from './subgraph-operations.ts';

it('tells whoever still waits for something that the batch is over, so that nothing of it is kept', async () => {
  const signals: AbortSignal[] = [];
  const operations = {
    prepare: (text: string) => parse(text),
    run: async () => ({ data: { a: 1 } }),
  } as unknown as SubgraphOperations;
  const answers = await runBatch(
    readBatch(JSON.stringify({ operations: [{ operation: { query: '{ a }' }, headers: [{}, {}] }] })),
    {
      operations,
      verifyIdentity: () => ({ viewer: null, client: { ipAddress: null, userAgent: null } }),
      createContext: (_identity, signal) => {
        signals.push(signal);
        return {};
      },
      gone: new AbortController().signal,
    },
  );
  expect(answers).toEqual([[{ data: { a: 1 } }, { data: { a: 1 } }]]);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
});
