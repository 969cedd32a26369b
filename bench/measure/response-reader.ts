export interface ReadResponse {
  status: number;
  /** Only where it was asked for. */
  body?: string;
}

const headEnd = Buffer.from('\r\n\r\n');
const lastChunk = Buffer.from('\r\n0\r\n\r\n');

/**
 * Reads HTTP/1.1 responses, one at a time, at next to no cost: it counts the bytes of a body and looks at none. A
 * chunked one ends where the bytes read so far end like a last chunk; JSON has no CR that could be taken for it.
 */
export function createResponseReader(done: (answer: ReadResponse) => void) {
  let keepBody = false;
  let head: Buffer | undefined;
  let status = 0;
  let isChunked = false;
  let missing = 0;
  let tail: Buffer = Buffer.alloc(0);
  let parts: Buffer[] = [];

  const body = (part: Buffer) => {
    if (keepBody) parts.push(part);
    if (isChunked) {
      tail = part.length >= lastChunk.length ? part : Buffer.concat([tail, part]);
      tail = tail.subarray(-lastChunk.length);
      if (!tail.equals(lastChunk)) return;
    } else {
      missing -= part.length;
      if (missing > 0) return;
    }
    const whole = keepBody ? Buffer.concat(parts) : undefined;
    const text = whole && (isChunked ? withoutChunks(whole) : whole).toString('utf8');
    head = undefined;
    tail = Buffer.alloc(0);
    parts = [];
    done({ status, ...(text !== undefined && { body: text }) });
  };

  return {
    /** To be called before each request. */
    expect(withBody: boolean) {
      keepBody = withBody;
      status = 0;
    },
    read(data: Buffer) {
      if (status > 0) return body(data);
      head = head ? Buffer.concat([head, data]) : data;
      const end = head.indexOf(headEnd);
      if (end === -1) return;
      const text = head.toString('latin1', 0, end);
      status = Number(text.slice(9, 12));
      isChunked = /\r\ntransfer-encoding: *chunked/i.test(text);
      missing = Number(/\r\ncontent-length: *(\d+)/i.exec(text)?.[1] ?? 0);
      // The line break before the chunk's size stands for that of a chunk before it.
      const rest = head.subarray(end + headEnd.length);
      if (isChunked) tail = Buffer.from('\r\n');
      if (rest.length > 0 || (!isChunked && missing === 0)) body(rest);
    },
  };
}

function withoutChunks(bytes: Buffer): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; ; ) {
    const lineEnd = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.toString('latin1', at, lineEnd), 16);
    if (!(size > 0)) return Buffer.concat(parts);
    parts.push(bytes.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}
