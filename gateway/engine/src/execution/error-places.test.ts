import { GraphQLError } from 'graphql';
import { expect, test } from 'vitest';
import { type ToldPlace, tellErrors } from './error-places.ts';
import type { ResponsePath } from './path.ts';
import type { ObjectShape } from './shape.ts';

/** Of an object in which no field is asked for: no error is at a place of it. */
const shape: ObjectShape = { typeName: 'User', fields: [], deferred: [] };
const placeAt = (path: (string | number)[]): ToldPlace => ({
  index: 0,
  shape,
  object: {},
  path,
  errors: [],
});
const errorAt = (path: ResponsePath) => new GraphQLError('no', { path: [...path] });

test.each([
  ['below a place with that place', ['list', 1, 'x'], 1],
  ['above places with the first below it', ['list'], 0],
  ['at no place with the first', ['elsewhere'], 0],
  ['without a path with the first', [], 0],
])('tells an error of this part %s', (_what, path, at) => {
  const places = [placeAt(['list', 0]), placeAt(['list', 1])];
  const error = errorAt(path);
  expect(tellErrors(places, [error], [])).toEqual([]);
  expect(places.map(({ errors }) => errors)).toEqual(places.map((_place, i) => (i === at ? [error] : [])));
});

test('tells an error of an earlier part where it is, or not at all', () => {
  const places = [placeAt(['list', 0])];
  const [at, elsewhere] = [errorAt(['list', 0]), errorAt(['list', 1])];
  expect(tellErrors(places, [], [at, elsewhere])).toEqual([]);
  expect(places[0]?.errors).toEqual([at]);
});

test('looks at each step of a place’s path a few times, however many places and errors there are', () => {
  const count = 2_000;
  let looks = 0;
  const counted = (path: (string | number)[]) =>
    new Proxy(path, {
      get(target, key, receiver) {
        if (typeof key === 'string' && /^\d+$/.test(key)) looks += 1;
        return Reflect.get(target, key, receiver);
      },
    });
  const places = Array.from({ length: count }, (_, at) => placeAt(counted(['list', at])));
  const errors = places.flatMap((_place, at) => [errorAt(['list', at, 'x']), errorAt(['elsewhere', at])]);
  tellErrors(places, errors, []);
  expect(places.map((place) => place.errors.length)).toEqual([count + 1, ...Array(count - 1).fill(1)]);
  expect(looks).toBeLessThanOrEqual(4 * count);
});

test('looks at each field of an object a few times, however many errors there are in it', () => {
  const count = 1_000;
  let looks = 0;
  const fields = Array.from({ length: count }, (_, at) => ({
    get key() {
      looks += 1;
      return `f${at}`;
    },
    completion: null,
  }));
  const wide = { typeName: 'User', fields, deferred: [] } as unknown as ObjectShape;
  const place: ToldPlace = { ...placeAt(['me']), shape: wide };
  const errors = fields.map((_field, at) => errorAt(['me', `f${at}`]));
  tellErrors([place], errors, []);
  expect(place.errors).toEqual(errors);
  expect(looks).toBeLessThanOrEqual(2 * count);
});
