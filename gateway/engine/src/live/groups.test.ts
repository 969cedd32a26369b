import type { ExecutionResult } from 'graphql';
import { expect, it } from 'vitest';
import type { SubgraphSocket, UpstreamOperation } from '../subgraphs/upstream-operation.ts';
import type { LiveEvent } from './event-source.ts';
import { createGroups } from './groups.ts';

const log = { debug() {}, info() {}, warn() {}, error() {} };
/** What an execution that is over sets off comes one turn later than what is asked for now. */
const turnOfLoop = async () => {
  await new Promise(setImmediate);
  await new Promise(setImmediate);
};

/** A group whose subgraph and executions are in the test's hands. */
function startGroup() {
  let upstream: UpstreamOperation | undefined;
  const executions: PromiseWithResolvers<string>[] = [];
  const socket: SubgraphSocket = {
    subscribe(operation) {
      upstream = operation;
      return () => undefined;
    },
    close: async () => undefined,
  };
  const groups = createGroups<object>((member) => member, log);
  const source = {
    socket,
    query: 'subscription { ticks }',
    operationName: undefined,
    variables: {},
    resumption: null,
    key: 'the same for all',
    maxWaitingEvents: 100,
    extensions: () => ({}),
    execute: (_event: ExecutionResult) => {
      const execution = Promise.withResolvers<string>();
      executions.push(execution);
      return execution.promise;
    },
  };
  return {
    /** Gives the deliveries that the newcomer will have had. */
    join() {
      const deliveries: string[][] = [];
      let end: unknown = 'not yet';
      groups.stream(source, {}).start({
        deliver: (events: readonly LiveEvent[]) => deliveries.push(events.map(({ text }) => text)),
        end: (error) => {
          end = error;
        },
      });
      return { deliveries, end: () => end };
    },
    next: () => upstream?.next({ data: { ticks: 1 } }),
    complete: () => upstream?.complete(),
    executed: (at: number, text: string) => executions[at]?.resolve(text),
    begun: () => executions.length,
  };
}

it('delivers what is ready in one turn at once, in the order in which it came', async () => {
  const group = startGroup();
  const { deliveries } = group.join();
  for (let i = 0; i < 3; i += 1) group.next();
  group.executed(1, 'second');
  await turnOfLoop();
  expect(deliveries).toEqual([]);
  group.executed(0, 'first');
  await turnOfLoop();
  expect(deliveries).toEqual([['first', 'second']]);
  group.executed(2, 'third');
  await turnOfLoop();
  expect(deliveries).toEqual([['first', 'second'], ['third']]);
});

it('gives a newcomer what came after it, out of what goes out together', async () => {
  const group = startGroup();
  const early = group.join();
  group.next();
  const later = group.join();
  group.next();
  group.next();
  const last = group.join();
  for (const [at, text] of ['a', 'b', 'c'].entries()) group.executed(at, text);
  await turnOfLoop();
  expect(early.deliveries).toEqual([['a', 'b', 'c']]);
  expect(later.deliveries).toEqual([['b', 'c']]);
  expect(last.deliveries).toEqual([]);
});

it('runs so many events at a time, the next as soon as there is room, and ends after the last', async () => {
  const group = startGroup();
  const { deliveries, end } = group.join();
  for (let i = 0; i < 20; i += 1) group.next();
  group.complete();
  expect(group.begun()).toBe(8);
  for (let done = 0; done < 20; done += 1) {
    group.executed(done, String(done));
    await turnOfLoop();
    expect(group.begun()).toBe(Math.min(20, done + 9));
    expect(end()).toBe(done === 19 ? undefined : 'not yet');
  }
  expect(deliveries.flat()).toEqual(Array.from({ length: 20 }, (_, at) => String(at)));
});
