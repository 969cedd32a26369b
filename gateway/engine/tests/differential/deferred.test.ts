import fc from 'fast-check';
import { print, validate } from 'graphql';
import { expect, test } from 'vitest';
import { choicesFrom } from './choices.ts';
import { merged, type ReadPart, runIncrementally, withDefers } from './defers.ts';
import { type AnswerFetch, compose, prepare, runOurs } from './gateways.ts';
import { makeOperation } from './operation.ts';
import { type Faults, memorySubgraph } from './subgraph.ts';
import { makeWorld } from './world.ts';

const wanted = Number(process.env.DIFFERENTIAL_RUNS ?? 120);
const seed = Number(process.env.DIFFERENTIAL_SEED ?? 20_261_130);
const endOnFailure = !process.env.DIFFERENTIAL_SHRINK;
const operationsPerWorld = 8;

const tape = (length: number) => fc.array(fc.nat(5039), { minLength: length, maxLength: length });
const none: Faults = { fetch: 0, field: 0, missing: 0, nulls: 0, wrongLeaf: 0 };
const faults = fc.oneof(
  fc.constant(none),
  fc.record<Faults>({
    fetch: fc.constantFrom(0, 0, 4),
    field: fc.constantFrom(0, 5),
    missing: fc.constantFrom(0, 0, 3),
    nulls: fc.constantFrom(0, 9),
    wrongLeaf: fc.constantFrom(0, 0, 6),
  }),
);
const world = fc.record({
  world: tape(160),
  runs: fc.array(fc.record({ operation: tape(160), defers: tape(80), seed: fc.nat(999), faults }), {
    minLength: operationsPerWorld,
    maxLength: operationsPerWorld,
  }),
});

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
};

/** Every value that is in both is the same; nulls may stand for anything. */
function agree(one: unknown, other: unknown): boolean {
  if (one === null || other === null || one === undefined || other === undefined) return true;
  if (typeof one !== 'object' || typeof other !== 'object') return one === other;
  if (Array.isArray(one) && Array.isArray(other) && one.length !== other.length) return false;
  return Object.entries(one).every(([key, value]) => agree(value, (other as Record<string, unknown>)[key]));
}

const endsOnce = (parts: readonly ReadPart[]) =>
  parts.every(({ hasNext }, index) => hasNext === index < parts.length - 1);

test('the parts of a generated operation with @defer come together to the answer without it', async () => {
  let compared = 0;
  let faulty = 0;
  let parted = 0;
  let later = 0;

  const check = async (sample: {
    world: number[];
    runs: { operation: number[]; defers: number[]; seed: number; faults: Faults }[];
  }) => {
    const made = makeWorld(sample.world);
    const loaded = compose(made.subgraphs);
    if (!loaded) return;
    const subgraphs = made.subgraphs.map(({ name, sdl }) => memorySubgraph(made, name, sdl, true));
    for (const run of sample.runs) {
      const { text, variables } = makeOperation(loaded.schema, run.operation);
      const prepared = prepare(loaded, text);
      if (!prepared) continue;
      const document = withDefers(text, choicesFrom(run.defers));
      if (validate(loaded.schema, document).length > 0) continue;
      const answers: Record<string, AnswerFetch> = {};
      for (const subgraph of subgraphs) {
        answers[subgraph.name] = (query, values, parts) =>
          subgraph.answer(query, values, run.seed, run.faults, parts);
      }
      const show = (what: string, ...values: unknown[]) => {
        const sdl = made.subgraphs.map((subgraph) => `# ${subgraph.name}\n${subgraph.sdl}`).join('\n\n');
        return new Error(
          `${what}: ${values.map((value) => JSON.stringify(value, null, 1)).join('\n')}\n${print(document)}\n${JSON.stringify(variables)}\n${sdl}`,
        );
      };
      const parts = await runIncrementally(loaded, document, variables, answers);
      if (!parts) continue;
      const whole = await runOurs(loaded, prepared, variables, answers);
      // A list that may have no null in it may be told to have one.
      const isFaulty =
        Object.values(run.faults).some((often) => often > 0) || whole.errors.length + whole.gaps.length > 0;
      compared += 1;
      if (isFaulty) faulty += 1;
      if (parts.length > 1) parted += 1;
      later += parts.length - 1;
      if (!endsOnce(parts)) throw show('it does not end as it should', parts);
      const together = merged(parts);
      const isRight = isFaulty
        ? agree(whole.data, together)
        : JSON.stringify(sorted(whole.data)) === JSON.stringify(sorted(together));
      if (!isRight) throw show('the parts are not the whole', whole, parts);
    }
  };

  let round = 0;
  while (compared < wanted) {
    const numRuns = Math.max(10, Math.ceil((wanted - compared) / operationsPerWorld));
    await fc.assert(fc.asyncProperty(world, check), { seed: seed + round, numRuns, endOnFailure });
    round += 1;
  }
  process.stdout.write(
    `deferred: ${compared} operations (${faulty} with faults) compared, ${parted} of them in parts, ${later} later parts; seed ${seed}\n`,
  );
  expect(parted).toBeGreaterThan(wanted / 4);
}, 3_600_000);
