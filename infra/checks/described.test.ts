import { buildSchema } from 'graphql';
import { expect, it } from 'vitest';
import { undescribed } from './described.ts';

it('names each type, field, argument, input field and enum value that has no description', () => {
  const schema = buildSchema(`
    type Query { a(b: In, "c" c: Int): A  "d" d: E }
    type A { "x" x: Int y: Int }
    "In" input In { z: Int }
    "E" enum E { F "G" G }
    scalar S
    "N" interface N { "s" s: S }`);
  expect(undescribed(schema).sort()).toEqual(['A', 'A.y', 'E.F', 'In.z', 'Query.a', 'Query.a(b:)', 'S']);
});
