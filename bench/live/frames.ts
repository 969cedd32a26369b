/** A text frame as a client sends it; all zeroes is a mask, too. */
export function clientFrame(text: string, opcode = 1): Buffer {
  const payload = Buffer.from(text);
  if (payload.length > 65_535) throw new RangeError('too long for this client');
  const isShort = payload.length < 126;
  const head = Buffer.alloc(isShort ? 6 : 8);
  head[0] = 0x80 | opcode;
  head[1] = 0x80 | (isShort ? payload.length : 126);
  if (!isShort) head.writeUInt16BE(payload.length, 2);
  return Buffer.concat([head, payload]);
}

export const opcodes = { text: 1, close: 8, ping: 9, pong: 10 } as const;

/** Reads a server's frames: cheaply, because thousands of sockets share the reader's core. */
export function createFrameReader(onFrame: (opcode: number, payload: Buffer) => void) {
  let pending: Buffer | undefined;
  return (part: Buffer) => {
    const bytes = pending ? Buffer.concat([pending, part]) : part;
    pending = undefined;
    let at = 0;
    while (at < bytes.length) {
      const short = (bytes[at + 1] ?? 0) & 0x7f;
      const headLength = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (bytes.length < at + headLength) break;
      const length =
        short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : bytes.readUInt32BE(at + 6);
      const end = at + headLength + length;
      if (bytes.length < end) break;
      onFrame((bytes[at] ?? 0) & 0x0f, bytes.subarray(at + headLength, end));
      at = end;
    }
    if (at < bytes.length) pending = at === 0 ? bytes : Buffer.from(bytes.subarray(at));
  };
}
