import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants, gunzip, gzip, inflate } from 'node:zlib';
import { chooseEncoding, takesPlain } from './accept-encoding.ts';

/** What bodies are compressed with here (RFC 9110 section 8.4.1). */
export type ContentCoding = 'br' | 'gzip';

/** What a client takes. */
export interface AcceptedCodings {
  /** The one to choose where compressing is worth it; null: the client asks for none of ours. */
  coding: ContentCoding | null;
  /** Whether the client also takes what is not compressed. */
  plain: boolean;
}

/**
 * Reads an Accept-Encoding header. Of codings that are equally welcome brotli is chosen, but gzip for a client that takes
 * nothing plain: that one can be had without compressing anything.
 */
export function acceptedCodings(header: string | undefined): AcceptedCodings {
  if (header === undefined) return onlyPlain;
  const plain = takesPlain(header);
  return { coding: chooseEncoding(header, plain ? allCodings : gzipAlone) ?? null, plain };
}

const onlyPlain: AcceptedCodings = { coding: null, plain: true };
const allCodings: readonly ContentCoding[] = ['br', 'gzip'];
const gzipAlone: readonly ContentCoding[] = ['gzip'];

/** Below this a packet is a packet, and compressing costs more than it saves. */
export const worthCompressing = 1024;
/** Longer ones are sent as they are: what compressing may hold in memory is bounded. */
const maxCompressed = 8_000_000;
/** Node's threads also hash passwords and read files: compressing leaves half of them alone. */
const maxAtOnce = 2;
let underWay = 0;

/** Compresses on another thread; null when as much as may be is being compressed already, or it is too long. */
export function compressed(bytes: Buffer, coding: ContentCoding): Promise<Buffer> | null {
  if (underWay >= maxAtOnce || bytes.length > maxCompressed) return null;
  underWay += 1;
  return compressWith[coding](bytes).finally(() => {
    underWay -= 1;
  });
}

/** The bytes in the format of gzip, not compressed: neither its length nor its cost tells what they are. */
export const stored = (bytes: Buffer): Promise<Buffer> =>
  gzipAsync(bytes, { level: constants.Z_NO_COMPRESSION });

const gzipAsync = promisify<Buffer, object, Buffer>(gzip);
const brotliAsync = promisify<Buffer, object, Buffer>(brotliCompress);

const compressWith: Record<ContentCoding, (bytes: Buffer) => Promise<Buffer>> = {
  gzip: (bytes) => gzipAsync(bytes, {}),
  br: (bytes) =>
    brotliAsync(bytes, {
      params: {
        // Where brotli takes no longer than gzip and still makes less; a window of 256 kB keeps its memory small.
        [constants.BROTLI_PARAM_QUALITY]: 4,
        [constants.BROTLI_PARAM_LGWIN]: 18,
        [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    }),
};

type Inflate = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;

const inflaters: Readonly<Record<string, Inflate>> = {
  gzip: promisify<Buffer, object, Buffer>(gunzip),
  'x-gzip': promisify<Buffer, object, Buffer>(gunzip),
  deflate: promisify<Buffer, object, Buffer>(inflate),
  br: promisify<Buffer, object, Buffer>(brotliDecompress),
};

/** The codings in which a body may come, as Accept-Encoding of a refusal names them. */
export const readableCodings = 'gzip, deflate, br';

/** Undefined: it is not known. Null: the body is as it came. */
export function inflaterFor(contentEncoding: string | undefined): Inflate | null | undefined {
  const name = contentEncoding?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity') return null;
  return Object.hasOwn(inflaters, name) ? inflaters[name] : undefined;
}

/** Whether inflating ended because what came out was longer than allowed; else what came in was broken. */
export const isTooLong = (error: unknown): boolean =>
  error instanceof Error && (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
