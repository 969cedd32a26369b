import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';
import type { GraphQLDataSource } from '@apollo/gateway';
import fc from 'fast-check';
import type { GraphQLFormattedError } from 'graphql';
import { afterAll, expect, test } from 'vitest';
import { createDataSource } from '../../src/subgraphs/data-source.ts';
import { defaultFetchOptions } from '../../src/subgraphs/fetch-options.ts';
import type { LocalSubgraph } from '../../src/subgraphs/transport.ts';
import { compose, prepare, type Result, runOn, runOurs } from './gateways.ts';
import { makeOperation } from './operation.ts';
import { type Faults, type MemorySubgraph, memorySubgraph } from './subgraph.ts';
import { makeWorld } from './world.ts';

// A subgraph in the same process answers what it answers over HTTP.

const wanted = Number(process.env.DIFFERENTIAL_RUNS ?? 120);
const seed = Number(process.env.DIFFERENTIAL_SEED ?? 20_261_130);
const operationsPerWorld = 8;

const tape = (length: number) => fc.array(fc.nat(5039), { minLength: length, maxLength: length });
const none: Faults = { fetch: 0, field: 0, missing: 0, nulls: 0, wrongLeaf: 0 };
/** Whether a whole fetch fails hangs on its text, and so on which others were ready to share it. */
const faults = fc.constantFrom<Faults>(none, none, {
  fetch: 0,
  field: 6,
  missing: 4,
  nulls: 9,
  wrongLeaf: 9,
});
const world = fc.record({
  world: tape(160),
  runs: fc.array(fc.record({ operation: tape(160), seed: fc.nat(999), faults }), {
    minLength: operationsPerWorld,
    maxLength: operationsPerWorld,
  }),
});

/** Whatever subgraph is asked at this moment, by its name; what it throws is a fault of its own. */
let answering = new Map<string, (body: string) => Promise<string>>();
const answer = async (name: string, body: string) => {
  try {
    return { status: 200, text: (await answering.get(name)?.(body)) ?? '' };
  } catch {
    return { status: 500, text: '{"errors":[{"message":"a fault"}]}' };
  }
};

const server = createServer(async (request, response) => {
  const { status, text } = await answer(request.url?.slice(1) ?? '', await textOf(request));
  response.writeHead(status, { 'content-type': 'application/json' }).end(text);
});
await new Promise<void>((resolve) => {
  server.listen(0, '127.0.0.1', resolve);
});
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const sources: { close(): Promise<void> }[] = [];
afterAll(async () => {
  await Promise.all(sources.map((source) => source.close()));
  server.closeAllConnections();
  server.close();
});

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** By HTTP, and within the process: one data source for each name, for all worlds. */
function carriers() {
  const made = (local: boolean) => {
    const byName = new Map<string, GraphQLDataSource>();
    return (name: string) => {
      let source = byName.get(name);
      if (!source) {
        const subgraph: LocalSubgraph = {
          answer: ({ body }) => answer(name, body),
          connect: () => {
            throw new Error('nobody subscribes here');
          },
        };
        const own = createDataSource({
          name,
          url: `${origin}/${name}`,
          // One that fails is asked again at once.
          fetch: {
            ...defaultFetchOptions,
            breaker: { ...defaultFetchOptions.breaker, consecutive: Infinity, atLeast: Infinity },
          },
          headersFor: () => ({}),
          signalOf: () => undefined,
          maskError: (error) => error as GraphQLFormattedError,
          log: silent,
          local: local ? () => subgraph : undefined,
        });
        sources.push(own);
        byName.set(name, own);
        source = own;
      }
      return source;
    };
  };
  return { http: made(false), local: made(true) };
}

const answers = (subgraph: MemorySubgraph, run: { seed: number; faults: Faults }) => async (body: string) => {
  const { query, variables } = JSON.parse(body);
  return JSON.stringify(await subgraph.answer(query, variables ?? {}, run.seed, run.faults, [query]));
};

/** Fetches at the same time fail in whichever order they are answered. */
const unordered = ({ data, errors = [] }: Result) => ({
  data,
  errors: errors.map((error) => JSON.stringify(error)).sort(),
});

test('operations are answered alike over HTTP and within the process', async () => {
  const { http, local } = carriers();
  const compared = { all: 0, withErrors: 0 };
  const check = async (sample: {
    world: number[];
    runs: { operation: number[]; seed: number; faults: Faults }[];
  }) => {
    const made = makeWorld(sample.world);
    const loaded = compose(made.subgraphs);
    if (!loaded) return;
    const subgraphs = made.subgraphs.map(({ name, sdl }) => memorySubgraph(made, name, sdl));
    for (const run of sample.runs) {
      const { text, variables } = makeOperation(loaded.schema, run.operation);
      const prepared = prepare(loaded, text);
      if (!prepared) continue;
      answering = new Map(subgraphs.map((one) => [one.name, answers(one, run)]));
      const by = (carrier: (name: string) => GraphQLDataSource) =>
        runOn(
          Object.fromEntries(subgraphs.map(({ name }) => [name, carrier(name)])),
          loaded,
          prepared,
          variables,
        );
      const [overHttp, within] = [await by(http), await by(local)];
      expect(unordered(within), text).toEqual(unordered(overHttp));
      compared.all += 1;
      if (overHttp.errors) compared.withErrors += 1;
      if (run.faults !== none) continue;
      const direct = await runOurs(
        loaded,
        prepared,
        variables,
        Object.fromEntries(
          subgraphs.map((one) => [
            one.name,
            (query: string, values: Record<string, unknown>, parts: readonly string[]) =>
              one.answer(query, values, run.seed, run.faults, parts),
          ]),
        ),
      );
      expect(overHttp.data, text).toEqual(direct.data);
    }
  };
  for (let round = 0; compared.all < wanted; round += 1)
    await fc.assert(fc.asyncProperty(world, check), {
      seed: seed + round,
      numRuns: Math.max(10, Math.ceil((wanted - compared.all) / operationsPerWorld)),
      endOnFailure: true,
    });
  process.stdout.write(
    `differential: ${compared.all} operations (${compared.withErrors} with errors) compared over both carriers, seed ${seed}\n`,
  );
  expect(compared.withErrors).toBeGreaterThan(0);
}, 3_600_000);
