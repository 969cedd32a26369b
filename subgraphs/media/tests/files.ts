import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';

type Format = 'jpeg' | 'png' | 'webp' | 'gif';

/** A gradient, so that no encoder makes nothing of it. */
function pixels(width: number, height: number, shift = 0): Buffer {
  const data = Buffer.alloc(width * height * 3);
  for (let at = 0; at < data.length; at += 3) {
    const x = (at / 3) % width;
    const y = Math.floor(at / 3 / width);
    data[at] = (x * 7 + shift * 40) % 256;
    data[at + 1] = (y * 5) % 256;
    data[at + 2] = (x * y) % 251;
  }
  return data;
}

const image = (width: number, height: number, shift?: number) =>
  sharp(pixels(width, height, shift), { raw: { width, height, channels: 3 } });

/** A real picture of a format. */
export const picture = (format: Format, width: number, height: number): Promise<Buffer> =>
  image(width, height).toFormat(format).toBuffer();

/** A JPEG as a telephone writes it: lying on its side, with the place where it was taken. */
export const jpegWithGps = (width: number, height: number): Promise<Buffer> =>
  image(width, height)
    .withExif({
      IFD0: { Make: 'Camera', Copyright: 'somebody' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '52/1 31/1 12/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '13/1 24/1 18/1',
      },
    })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

/** Frames that differ from each other. */
export async function animation(format: 'gif' | 'webp', frames: number): Promise<Buffer> {
  const inputs = await Promise.all(
    Array.from({ length: frames }, (_, n) => image(40, 30, n).png().toBuffer()),
  );
  return sharp(inputs, { join: { animated: true } })
    .toFormat(format)
    .toBuffer();
}

/** A GIF of a few bytes a frame, whatever the size that they promise; `delay` is in hundredths of a second. */
export function hugeGif(width: number, height: number, frames: number, delay = 10): Buffer {
  const header = Buffer.from('GIF89a\0\0\0\0\x80\0\0\0\0\0\xff\xff\xff', 'latin1');
  header.writeUInt16LE(width, 6);
  header.writeUInt16LE(height, 8);
  const control = [0x21, 0xf9, 4, 0, delay % 256, delay >> 8, 0, 0];
  const size = [...header.subarray(6, 10)];
  const frame = [0x2c, 0, 0, 0, 0, ...size, 0, 2, 2, 0x44, 1, 0];
  return Buffer.concat([
    header,
    ...Array.from({ length: frames }, () => Buffer.from([...control, ...frame])),
    Buffer.from([0x3b]),
  ]);
}

/** A PNG of a few hundred bytes whose header promises far more pixels than there are. */
export function hugePng(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc(100_000))),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(4);
  frame.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([frame, body, check]);
}
