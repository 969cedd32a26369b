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
  altText: `${displayName}’s sign: fields of one colour`,
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
];

const ofTheHosts: DemoPicture[] = [
  { name: "ada's picture", by: 'ada', motif: 'sky', hue: 25 },
  { name: "grace's picture", by: 'grace', motif: 'sky', hue: 60 },
];

export const pictures: readonly DemoPicture[] = [...faces, ...views, ...ofTheHosts];
