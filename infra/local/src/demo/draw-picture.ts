import { encodePng } from './encode-png.ts';

/** What a picture of the demo is of. */
export type Motif = 'sky' | 'sea' | 'hills' | 'stars' | 'rings' | 'seeds' | 'cloth' | 'face';

/** Saturation and lightness, of the picture's hue unless another is told. */
type Shade = readonly [saturation: number, lightness: number, hue?: number];

/** What is at a place of a picture, whose sides are 1. */
type Painter = (x: number, y: number) => Shade;

/** Of one hue and its neighbours, as PNG; the same for the same motif and hue. */
export function drawPicture(motif: Motif, hue: number): Uint8Array<ArrayBuffer> {
  const [width, height] = motif === 'face' ? [240, 240] : [512, 288];
  const paint = painters[motif](hue);
  return encodePng(width, height, (column, row) => {
    const [x, y] = [column / width, row / height];
    const [saturation, lightness, own] = paint(x, y);
    return rgb(own ?? (hue + 40 * y) % 360, saturation, lightness);
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
  // As a sunflower has them: each a golden angle further than the one before it.
  seeds: () => (x, y) => {
    const [dx, dy] = [(x - 0.5) * 1.78, y - 0.5];
    const [far, turn] = [Math.hypot(dx, dy), Math.atan2(dy, dx)];
    const arms = Math.sin(21 * turn + 60 * far ** 0.6) * Math.sin(34 * turn - 60 * far ** 0.6);
    return far < 0.46 ? [0.6, 0.3 + 0.2 * arms + 0.25 * far] : [0.5, 0.8];
  },
  cloth: (seed) => (x, y) => {
    const [column, row] = [Math.floor(x * 64), Math.floor(y * 36)];
    const isOver = (column + row) % 2 === 0;
    const band = Math.sin((isOver ? column : row) * 0.55 + seed) > 0;
    return [0.5, (band ? 0.42 : 0.7) - (isOver ? 0 : 0.08)];
  },
  // Shoulders, a head and hair before a wall, no two alike.
  face: (seed) => {
    const nth = Math.round(seed / 30);
    const [skin, dark] = [[30, 24, 22, 28][nth % 4] ?? 30, [0.78, 0.5, 0.38, 0.68][nth % 4] ?? 0.7];
    const hair: Shade = [0.35, [0.2, 0.12, 0.45, 0.75, 0.3][nth % 5] ?? 0.2, 25];
    const isLong = ![1, 2, 4, 7, 9, 11].includes(nth);
    return (x, y) => {
      const head = Math.hypot((x - 0.5) / 0.19, (y - 0.45) / 0.23);
      const top = Math.hypot((x - 0.5) / 0.22, (y - 0.4) / 0.25);
      const fringe = 0.33 + 0.05 * Math.sin(8 * x + nth);
      const eye = Math.min(Math.hypot(x - 0.43, y - 0.45), Math.hypot(x - 0.57, y - 0.45));
      if (head < 1 && y > fringe) {
        if (eye < 0.018) return [0.3, 0.15, skin];
        const isMouth = Math.abs(Math.hypot(x - 0.5, y - 0.5) - 0.075) < 0.009 && y > 0.545;
        return isMouth ? [0.4, dark - 0.25, 5] : [0.5, dark, skin];
      }
      if (top < 1 && (y < 0.42 || isLong)) return hair;
      if (isLong && Math.abs(x - 0.5) < 0.21 && y > 0.4 && y < 0.68 && head >= 1) return hair;
      if (Math.abs(x - 0.5) < 0.07 && y > 0.6 && y < 0.74) return [0.45, dark - 0.08, skin];
      if (Math.hypot((x - 0.5) / 0.36, (y - 1.02) / 0.3) < 1) return [0.5, 0.42, (seed + 150) % 360];
      return [0.45, 0.82, seed];
    };
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
