import { expect, test } from 'vitest';
import { Crowd } from './crowd.ts';

const person = (name: string) => ({ name, place: 0 });
const names = (crowd: Crowd<ReturnType<typeof person>>) => [...crowd].map(({ name }) => name).sort();

test('those who come are there until they leave, in whatever order', () => {
  const crowd = new Crowd<ReturnType<typeof person>>();
  const [ada, bob, cyd] = [person('ada'), person('bob'), person('cyd')];
  for (const one of [ada, bob, cyd]) crowd.add(one);
  expect(names(crowd)).toEqual(['ada', 'bob', 'cyd']);
  crowd.delete(ada);
  expect(names(crowd)).toEqual(['bob', 'cyd']);
  crowd.add(ada);
  crowd.delete(ada);
  crowd.delete(cyd);
  expect(names(crowd)).toEqual(['bob']);
  crowd.delete(bob);
  expect([crowd.size, names(crowd)]).toEqual([0, []]);
});
