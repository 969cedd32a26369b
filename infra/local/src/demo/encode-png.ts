import { crc32, deflateSync } from 'node:zlib';

/** A PNG (ISO/IEC 15948) of 8-bit RGB, of which `pixel` gives each from 0 to 255. */
export function encodePng(
  width: number,
  height: number,
  pixel: (column: number, row: number) => readonly [red: number, green: number, blue: number],
): Uint8Array<ArrayBuffer> {
  const line = 1 + width * 3;
  const rows = Buffer.alloc(height * line);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1)
      rows.set(pixel(column, row), row * line + 1 + column * 3);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const chunks = [chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))];
  return new Uint8Array(Buffer.concat([signature, ...chunks]));
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(typed));
  return Buffer.concat([length, typed, check]);
}
