import { describe, expect, it } from 'vitest';
import { mostWithin, tally } from './tally.ts';

describe('the tally of a rolling restart', () => {
  it('finds nothing where everybody saw everything once and in order', () => {
    const listeners = [
      [1, 2, 3],
      [2, 3],
    ];
    expect(tally([1, 2, 3], listeners)).toEqual({
      acknowledged: 3,
      seen: 5,
      lost: 0,
      twice: 0,
      disordered: 0,
    });
  });

  it('counts what one of them missed, also at the end', () => {
    expect(
      tally(
        [1, 2, 3, 4],
        [
          [1, 2, 3, 4],
          [1, 3],
        ],
      ),
    ).toMatchObject({ lost: 2 });
  });

  it('counts all as lost for one who saw nothing', () => {
    expect(tally([1, 2], [[]])).toMatchObject({ lost: 2, seen: 0 });
  });

  it('counts what came twice and what came late', () => {
    expect(tally([1, 2, 3], [[1, 3, 2, 3]])).toMatchObject({ lost: 0, twice: 1, disordered: 1 });
  });

  it('does not miss what nobody was told of', () => {
    expect(tally([1, 3], [[1, 2, 3]])).toMatchObject({ lost: 0, seen: 3, twice: 0 });
  });

  it('finds the busiest moment', () => {
    expect(mostWithin([0, 5, 9, 100, 105, 109, 109], 10)).toBe(4);
    expect(mostWithin([0, 10], 10)).toBe(1);
    expect(mostWithin([], 10)).toBe(0);
  });
});
