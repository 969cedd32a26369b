/** The part of a picture that is kept: how much closer than all of it, and where it is, from 0 (left, top) to 1. */
export interface Crop {
  zoom: number;
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

export const wholeCrop: Crop = { zoom: 1, x: 0.5, y: 0.5 };
export const mostZoom = 4;

const within = (value: number, least: number, most: number) => Math.min(Math.max(value, least), most);

/** The kept part in the picture's pixels; it is `ratio` times as wide as it is high. */
export function areaOf({ zoom, x, y }: Crop, size: Size, ratio: number) {
  const width = Math.min(size.width, size.height * ratio) / zoom;
  const height = width / ratio;
  return { left: x * (size.width - width), top: y * (size.height - height), width, height };
}

/** The crop closer or further away, around the same middle. */
export function zoomed(crop: Crop, zoom: number, size: Size, ratio: number): Crop {
  const before = areaOf(crop, size, ratio);
  const to = { ...crop, zoom: within(zoom, 1, mostZoom) };
  const { width, height } = areaOf(to, size, ratio);
  const [left, top] = [before.left + (before.width - width) / 2, before.top + (before.height - height) / 2];
  return placed(to, size, ratio, left, top);
}

/** The crop with the picture moved beneath it, by parts of what is kept. */
export function moved(crop: Crop, size: Size, ratio: number, right: number, down: number): Crop {
  const { left, top, width, height } = areaOf(crop, size, ratio);
  return placed(crop, size, ratio, left - right * width, top - down * height);
}

function placed(crop: Crop, size: Size, ratio: number, left: number, top: number): Crop {
  const { width, height } = areaOf(crop, size, ratio);
  const part = (at: number, room: number) => (room > 0 ? within(at / room, 0, 1) : 0.5);
  return { ...crop, x: part(left, size.width - width), y: part(top, size.height - height) };
}
