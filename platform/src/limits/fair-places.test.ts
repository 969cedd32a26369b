import { describe, expect, test } from 'vitest';
import { createCounts, createFairPlaces, type FairPlaces, Place } from './fair-places.ts';

class Named extends Place {
  readonly name: string;
  readonly cutNames: string[];

  constructor(name: string, cutNames: string[]) {
    super();
    this.name = name;
    this.cutNames = cutNames;
  }

  cut() {
    this.cutNames.push(this.name);
  }
}

function hall(options: { total: number; perKey: number }) {
  const places: FairPlaces = createFairPlaces(options);
  const cut: string[] = [];
  let last = 0;
  return {
    places,
    cut,
    come(key: string) {
      last += 1;
      const place = new Named(`${key}${last}`, cut);
      return { place, refused: places.take(key, place) };
    },
  };
}

describe('places that are shared fairly', () => {
  test('are so many for one key and no more', () => {
    const { come, places } = hall({ total: 10, perKey: 2 });
    const first = come('a');
    expect([first.refused, come('a').refused, come('a').refused]).toEqual([null, null, 'share']);
    places.leave(first.place);
    places.leave(first.place);
    expect(come('a').refused).toBeNull();
    expect(places.size).toBe(2);
  });

  test('go, when all are taken, from who has most to who has fewer, the latest first', () => {
    const { come, cut, places } = hall({ total: 5, perKey: 0 });
    for (const key of ['a', 'a', 'a', 'a', 'b']) come(key);
    expect(come('b').refused).toBeNull();
    expect(come('c').refused).toBeNull();
    expect(cut).toEqual(['a4', 'a3']);
    // Two, two and one: nobody has so many more that it would be fairer.
    expect(come('a').refused).toBe('total');
    expect(come('d').refused).toBeNull();
    expect(come('e').refused).toBeNull();
    expect(places.size).toBe(5);
    expect(come('f').refused).toBe('total');
  });

  test('are with whoever had them first when one key has them all', () => {
    const { come, cut } = hall({ total: 2, perKey: 0 });
    expect(['a', 'a', 'a'].map((key) => come(key).refused)).toEqual([null, null, 'total']);
    expect(cut).toEqual([]);
  });

  test('are counted rightly whoever comes and goes', () => {
    const { come, places } = hall({ total: 50, perKey: 0 });
    let seed = 7;
    const random = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed % below;
    };
    const all: Place[] = [];
    for (let step = 0; step < 5000; step += 1) {
      if (random(3) > 0) {
        all.push(come(`key ${random(9)}`).place);
      } else {
        const [gone] = all.splice(random(all.length || 1), 1);
        if (gone) places.leave(gone);
      }
      if (step % 50 > 0) continue;
      const held = all.filter(({ share }) => share);
      expect(places.size).toBe(held.length);
      for (const place of held) expect(place.share?.places[place.index]).toBe(place);
    }
    expect(places.size).toBeGreaterThan(45);
  });
});

test('counts are by key, up to the limit, and 0 is no limit', () => {
  const counts = createCounts(2);
  expect([counts.take('a'), counts.take('a'), counts.take('a'), counts.take('b')]).toEqual([
    true,
    true,
    false,
    true,
  ]);
  counts.leave('a');
  expect(counts.take('a')).toBe(true);
  const unlimited = createCounts(0);
  for (let i = 0; i < 100; i += 1) expect(unlimited.take('a')).toBe(true);
});
