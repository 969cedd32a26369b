import { crc32, deflateSync } from 'node:zlib';

const [width, height] = [640, 360];

/** Uploads a picture of somebody's; gives its id. */
export async function uploadPicture(
  execute: (query: string, variables: object) => Promise<Record<string, unknown>>,
): Promise<string> {
  const picture = drawPicture();
  const { payload } = (await execute(
    `mutation ($input: CreateUploadInput!) { payload: createUpload(input: $input) {
      media { id } ticket { url fields { name value } } } }`,
    { input: { mimeType: 'image/png', byteSize: picture.length } },
  )) as {
    payload: { media: { id: string }; ticket: { url: string; fields: { name: string; value: string }[] } };
  };
  const form = new FormData();
  for (const { name, value } of payload.ticket.fields) form.append(name, value);
  form.append('file', new Blob([picture], { type: 'image/png' }));
  const response = await fetch(payload.ticket.url, { method: 'POST', body: form });
  if (!response.ok) throw new Error(`the demo's picture could not be sent: ${response.status}`);
  const { id } = payload.media;
  await execute(
    'mutation ($input: CompleteUploadInput!) { completeUpload(input: $input) { media { status } } }',
    { input: { mediaId: id } },
  );
  return id;
}

/** An evening sky, as a PNG (ISO/IEC 15948) of 8-bit RGB. */
function drawPicture(): Uint8Array<ArrayBuffer> {
  const rows = Buffer.alloc(height * (1 + width * 3));
  for (let y = 0; y < height; y += 1) {
    const down = y / height;
    for (let x = 0; x < width; x += 1) {
      const glow = Math.max(0, 1 - Math.hypot(x / width - 0.7, down - 0.75) * 2.2);
      const pixel = [
        24 + 150 * down + 80 * glow,
        32 + 70 * down + 110 * glow,
        96 + 40 * (1 - down) + 30 * glow,
      ];
      pixel.forEach((value, at) => {
        rows[y * (1 + width * 3) + 1 + x * 3 + at] = Math.min(255, Math.round(value));
      });
    }
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
