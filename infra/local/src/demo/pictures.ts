import type { Motif } from './draw-picture.ts';
import { type DemoUsername, people } from './people.ts';

/** A picture that one of the demo's people has; what it shows is said when it is uploaded, unless they say it later. */
export interface DemoPicture {
  name: string;
  by: DemoUsername;
  motif: Motif;
  /** Degrees on the colour circle. */
  hue: number;
  altText?: string;
}

const faces: DemoPicture[] = people.map(({ username, displayName }, nth) => ({
  name: `${username}'s face`,
  by: username,
  motif: 'face',
  hue: (nth * 360) / people.length,
  altText: `${displayName}, drawn in a few shapes`,
}));

const views: DemoPicture[] = [
  { name: 'the launch', by: 'katherine', motif: 'stars', hue: 230, altText: 'Stars over a dark plain' },
  {
    name: 'the capsule’s path',
    by: 'katherine',
    motif: 'rings',
    hue: 30,
    altText: 'An orbit, drawn round and round',
  },
  { name: 'the hills', by: 'radia', motif: 'hills', hue: 130, altText: 'Green hills, one behind the other' },
  { name: 'the valley', by: 'radia', motif: 'hills', hue: 280, altText: 'Violet hills before sunrise' },
  { name: 'the sea', by: 'hedy', motif: 'sea', hue: 200, altText: 'A calm blue sea under a bright sky' },
  { name: 'the harbour', by: 'tim', motif: 'sea', hue: 20, altText: 'A sea in the red of the evening' },
  { name: 'the ridge', by: 'dennis', motif: 'hills', hue: 40, altText: 'Brown ridges in the haze' },
  { name: 'the night', by: 'joan', motif: 'stars', hue: 260, altText: 'A night full of stars' },
  { name: 'the dawn', by: 'barbara', motif: 'sky', hue: 320, altText: 'The first light, pink over violet' },
  { name: 'the pattern', by: 'alan', motif: 'rings', hue: 100, altText: 'Rings that grow out of a point' },
  { name: 'the cold water', by: 'hedy', motif: 'sea', hue: 170, altText: 'A green sea in the early morning' },
  {
    name: 'the sunflower',
    by: 'alan',
    motif: 'seeds',
    hue: 35,
    altText: 'Seeds in spirals, both ways round',
  },
  { name: 'the long way', by: 'radia', motif: 'hills', hue: 90, altText: 'Hills, yellow and green' },
  {
    name: 'clear skies',
    by: 'katherine',
    motif: 'stars',
    hue: 205,
    altText: 'Many stars, and the edge of a bay',
  },
  { name: 'the loom', by: 'ada', motif: 'cloth', hue: 345, altText: 'A woven pattern of red and rose' },
  {
    name: 'the island',
    by: 'radia',
    motif: 'hills',
    hue: 215,
    altText: 'Blue ridges that stand out of the fog',
  },
  { name: 'the waves', by: 'hedy', motif: 'rings', hue: 265, altText: 'Waves that go out from a mast' },
  { name: 'low tide', by: 'tim', motif: 'sea', hue: 190, altText: 'A grey sea that has gone far out' },
  { name: 'the pier', by: 'hedy', motif: 'sea', hue: 330, altText: 'A pink evening over a still sea' },
  {
    name: 'as calculated',
    by: 'katherine',
    motif: 'sky',
    hue: 10,
    altText: 'The sun, just over the horizon',
  },
];

const banners: DemoPicture[] = [
  { name: "ada's banner", by: 'ada', motif: 'cloth', hue: 15, altText: 'Woven cloth' },
  { name: "grace's banner", by: 'grace', motif: 'sea', hue: 205, altText: 'A wide sea' },
  { name: "linus's banner", by: 'linus', motif: 'hills', hue: 150, altText: 'Green hills' },
  { name: "margaret's banner", by: 'margaret', motif: 'stars', hue: 240, altText: 'A night sky' },
];

const ofTheHosts: DemoPicture[] = [
  { name: "ada's picture", by: 'ada', motif: 'sky', hue: 25 },
  { name: "grace's picture", by: 'grace', motif: 'sky', hue: 60 },
];

export const pictures: readonly DemoPicture[] = [...faces, ...banners, ...views, ...ofTheHosts];
