import { encodePng } from './encode-png.ts';

/** What a picture of the demo is of. */
export type Motif = 'sky' | 'sea' | 'hills' | 'stars' | 'rings' | 'face';

/** Saturation and lightness, of one hue. */
type Shade = readonly [saturation: number, lightness: number];

/** What is at a place of a picture, whose sides are 1. */
type Painter = (x: number, y: number) => Shade;

/** Of one hue and its neighbours, as PNG; the same for the same motif and hue. */
export function drawPicture(motif: Motif, hue: number): Uint8Array<ArrayBuffer> {
  const [width, height] = motif === 'face' ? [240, 240] : [640, 360];
  const paint = painters[motif](hue);
  return encodePng(width, height, (column, row) => {
    const [x, y] = [column / width, row / height];
    const [saturation, lightness] = paint(x, y);
    return rgb((hue + 40 * y) % 360, saturation, lightness);
  });
}

const painters: Readonly<Record<Motif, (seed: number) => Painter>> = {
  sky: () => (x, y) => [0.6, 0.25 + 0.4 * glow(x, y, 0.7, 0.75) + 0.2 * y],
  sea: () => (x, y) =>
    y < 0.45
      ? [0.6, 0.8 - 0.3 * y + 0.1 * glow(x, y, 0.3, 0.4)]
      : [0.55, 0.42 - 0.25 * (y - 0.45) + 0.03 * Math.sin(90 * y + 9 * Math.sin(7 * x))],
  hills: (seed) => (x, y) => {
    for (let nth = 4; nth >= 1; nth -= 1) {
      const ridge = 0.2 + 0.17 * nth + 0.06 * Math.sin(x * (3 + nth * 2) + seed + nth * 5);
      if (y > ridge) return [0.35, 0.6 - 0.11 * nth];
    }
    return [0.45, 0.85 - 0.2 * y];
  },
  stars: (seed) => (x, y) => {
    const [column, row] = [Math.floor(x * 64), Math.floor(y * 36)];
    const chance = (Math.sin(column * 12.9898 + row * 78.233 + seed) * 43_758.5453) % 1;
    if (y > 0.86 + 0.03 * Math.sin(9 * x)) return [0.3, 0.05];
    return chance > 0.97 ? [0.2, 0.9] : [0.5, 0.1 + 0.18 * y];
  },
  rings: () => (x, y) => [0.5, 0.5 + 0.35 * Math.sin(70 * Math.hypot((x - 0.5) * 1.78, y - 0.5) ** 0.8)],
  // A sign of five by five fields, the same on both sides, that no two hues share.
  face: (seed) => (x, y) => {
    const [column, row] = [Math.abs(Math.floor((x - 0.1) * 6.25) - 2), Math.floor((y - 0.1) * 6.25)];
    const isOn = Math.sin(seed * 0.37 + column * 5.1 + row * 2.3) > -0.1;
    return isOn && column <= 2 && row >= 0 && row <= 4 ? [0.6, 0.42] : [0.5, 0.88];
  },
};

const glow = (x: number, y: number, atX: number, atY: number): number =>
  Math.max(0, 1 - Math.hypot(x - atX, y - atY) * 2.2);

/** CSS Color 4, 7.1: hue in degrees, the others from 0 to 1; each colour from 0 to 255. */
function rgb(hue: number, saturation: number, lightness: number): [number, number, number] {
  const reach = saturation * Math.min(lightness, 1 - lightness);
  const channel = (nth: number) => {
    const k = (nth + hue / 30) % 12;
    return Math.round(255 * (lightness - reach * Math.max(-1, Math.min(k - 3, 9 - k, 1))));
  };
  return [channel(0), channel(8), channel(4)];
}
