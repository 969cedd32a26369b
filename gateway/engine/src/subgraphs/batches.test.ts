import { expect, it } from 'vitest';
import { SemaphoreFull } from '../concurrency/semaphore.ts';
import { type HttpResponse, ResponseTooLarge } from '../http/response.ts';
import { type BatchedQuery, createBatches } from './batches.ts';
import { KeptWaiting } from './subgraph-calls.ts';

interface Sent {
  operations: { operation: { query: string }; headers: Record<string, string>[] }[];
}

/** Batches whose subgraph answers with the name of whoever asks, unless told otherwise. */
function batchesTo(
  answer: (sent: Sent) => HttpResponse | Promise<HttpResponse> = ({ operations }) => ({
    status: 200,
    text: JSON.stringify(operations.map(({ headers }) => headers.map(({ who }) => ({ data: { who } })))),
  }),
) {
  const sent: Sent[] = [];
  const batches = createBatches({
    suffix: '/batch',
    headers: () => ({}),
    post: async ({ body }) => {
      const request = JSON.parse(body) as Sent;
      sent.push(request);
      return answer(request);
    },
  });
  const ask = (who: string, query = '{ me }', signal?: BatchedQuery['signal']) =>
    batches.ask({ headers: { who }, body: JSON.stringify({ query }), signal, share: who });
  return { sent, ask };
}

const resultOf = (who: string) => ({ result: { data: { who } }, isPlain: true });

it('sends what falls due in one moment in one request, an operation once with the headers of all who ask it', async () => {
  const { sent, ask } = batchesTo();
  const results = await Promise.all([ask('ada'), ask('bo', '{ you }'), ask('cy')]);
  expect(results).toEqual([resultOf('ada'), resultOf('bo'), resultOf('cy')]);
  expect(sent).toEqual([
    {
      operations: [
        { operation: { query: '{ me }' }, headers: [{ who: 'ada' }, { who: 'cy' }] },
        { operation: { query: '{ you }' }, headers: [{ who: 'bo' }] },
      ],
    },
  ]);
});

it('leaves what falls due by itself to be asked alone', async () => {
  const { sent, ask } = batchesTo();
  expect(await ask('ada')).toBeNull();
  expect(sent).toEqual([]);
});

it('sends at most a hundred operations in one request, and no more text than fits', async () => {
  const { sent, ask } = batchesTo();
  await Promise.all(Array.from({ length: 250 }, (_, n) => ask(`p${n}`)));
  expect(sent.map(({ operations }) => operations[0]?.headers.length)).toEqual([100, 100, 50]);
  const long = 'x'.repeat(600_000);
  await Promise.all([ask('ada', long), ask('bo', long)]);
  expect(sent.slice(3).map(({ operations }) => operations.length)).toEqual([1, 1]);
});

it('leaves to be asked alone what was answered null, and all of a request that is not taken', async () => {
  const some = batchesTo(() => ({ status: 200, text: '[[{"data":1},null]]' }));
  expect(await Promise.all([some.ask('ada'), some.ask('bo')])).toEqual([
    { result: { data: 1 }, isPlain: true },
    null,
  ]);
  for (const answer of [
    { status: 400, text: '{"errors":[]}' },
    { status: 200, text: '{"data":{}}' },
    { status: 200, text: 'nonsense' },
    { status: 200, text: '[]' },
  ]) {
    const { ask } = batchesTo(() => answer);
    expect(await Promise.all([ask('ada'), ask('bo')])).toEqual([null, null]);
  }
  const large = batchesTo(() => Promise.reject(new ResponseTooLarge('too large')));
  expect(await Promise.all([large.ask('ada'), large.ask('bo')])).toEqual([null, null]);
});

it.each([
  ['are as many as may be', new SemaphoreFull('full', true), [null, null]],
  ['have had no connection in time', new KeptWaiting('late', true), [null, null]],
  ['wait behind all others', new SemaphoreFull('full', false), 'rejected'],
])('has asked alone what batches alone have no place for, where batches %s', async (_, error, expected) => {
  const { ask } = batchesTo(() => Promise.reject(error));
  const answers = Promise.all([ask('ada'), ask('bo')]);
  expect(await answers.catch(() => 'rejected')).toEqual(expected);
});

it('asks a subgraph that knows no batches for none, for a while', async () => {
  const { sent, ask } = batchesTo(() => ({ status: 404, text: '' }));
  expect(await Promise.all([ask('ada'), ask('bo')])).toEqual([null, null]);
  expect(await Promise.all([ask('ada'), ask('bo')])).toEqual([null, null]);
  expect(sent).toHaveLength(1);
});

it('fails for all with what the request failed with', async () => {
  const { ask } = batchesTo(() => Promise.reject(new Error('no answer within 10000 ms')));
  const settled = await Promise.allSettled([ask('ada'), ask('bo')]);
  expect(settled.map((one) => one.status)).toEqual(['rejected', 'rejected']);
});

it('forgets whoever goes, and answers the others', async () => {
  const { sent, ask } = batchesTo();
  const going = new AbortController();
  const gone = expect(ask('gone', '{ me }', going.signal)).rejects.toThrow('nobody waits');
  const others = Promise.all([ask('ada'), ask('bo')]);
  going.abort();
  await gone;
  expect(await others).toEqual([resultOf('ada'), resultOf('bo')]);
  expect(sent[0]?.operations[0]?.headers).toEqual([{ who: 'ada' }, { who: 'bo' }]);
});

it('sends the first of everybody before the second of anybody', async () => {
  const { sent, ask } = batchesTo();
  const much = Array.from({ length: 150 }, (_, n) => ask('mallory', `{ much${n} }`));
  await Promise.all([...much, ask('ada'), ask('bo')]);
  const [first] = sent;
  expect(
    first?.operations
      .flatMap(({ headers }) => headers.map(({ who }) => who))
      .slice(0, 3)
      .sort(),
  ).toEqual(['ada', 'bo', 'mallory']);
});
