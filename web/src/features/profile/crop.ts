/** The square of a picture that is kept: how much closer than all of it, and where it is, from 0 (left, top) to 1. */
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

/** The kept square in the picture's pixels. */
export function areaOf({ zoom, x, y }: Crop, { width, height }: Size) {
  const side = Math.min(width, height) / zoom;
  return { left: x * (width - side), top: y * (height - side), side };
}

/** The crop closer or further away, around the same middle. */
export function zoomed(crop: Crop, zoom: number, size: Size): Crop {
  const before = areaOf(crop, size);
  const to = { ...crop, zoom: within(zoom, 1, mostZoom) };
  const { side } = areaOf(to, size);
  const shift = (before.side - side) / 2;
  return placed(to, size, before.left + shift, before.top + shift);
}

/** The crop with the picture moved beneath it, by parts of the crop's side. */
export function moved(crop: Crop, size: Size, right: number, down: number): Crop {
  const { left, top, side } = areaOf(crop, size);
  return placed(crop, size, left - right * side, top - down * side);
}

function placed(crop: Crop, { width, height }: Size, left: number, top: number): Crop {
  const { side } = areaOf(crop, { width, height });
  const part = (at: number, room: number) => (room > 0 ? within(at / room, 0, 1) : 0.5);
  return { ...crop, x: part(left, width - side), y: part(top, height - side) };
}
