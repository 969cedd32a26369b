import { describe, expect, test } from 'vitest';
import { ProtocolFault, ResponseTooLarge } from './response.ts';
import { type ReadResponse, ResponseReader } from './response-reader.ts';

const text = '{"data":{"ä":"€ 😀"}}';
const size = Buffer.byteLength(text);

const withLength = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${size}\r\n\r\n${text}`;
const half = Buffer.from(text).subarray(0, 9).toString('latin1');
const otherHalf = Buffer.from(text).subarray(9).toString('latin1');
const chunked = Buffer.from(
  `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9;name=value\r\n${half}\r\n` +
    `${(size - 9).toString(16).toUpperCase()}\r\n${otherHalf}\r\n0\r\nx-trailer: 1\r\n\r\n`,
  'latin1',
);
const continued = `HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n${withLength}`;

/** Gives it the bytes in two parts, cut at this place, in a buffer that is overwritten afterwards. */
function inTwo(reader: ResponseReader, bytes: Buffer, cut: number): ReadResponse | undefined {
  let answer: ReadResponse | undefined;
  for (const part of [bytes.subarray(0, cut), bytes.subarray(cut)]) {
    if (part.length === 0) continue;
    const lent = Buffer.from(part);
    answer = reader.read(lent) ?? answer;
    lent.fill(0);
  }
  return answer;
}

const read = (bytes: string | Buffer, maxBytes = 1000) =>
  new ResponseReader(maxBytes).read(Buffer.from(bytes));

describe('an answer', () => {
  for (const [name, bytes] of Object.entries({
    'with a length': Buffer.from(withLength),
    'in chunks': chunked,
    'after others that only announce it': Buffer.from(continued),
  })) {
    test(`${name} is read whole wherever it is cut, and the next one after it`, () => {
      const reader = new ResponseReader(1000);
      for (let cut = 0; cut < bytes.length; cut++) {
        expect(inTwo(reader, bytes, cut), `cut at ${cut}`).toMatchObject({ status: 200, text });
        expect(reader.hasBegun).toBe(false);
      }
    });

    test(`${name} is read byte by byte`, () => {
      const reader = new ResponseReader(1000);
      const answers = [...bytes].map((byte) => reader.read(Buffer.of(byte)));
      expect(answers.pop()).toMatchObject({ status: 200, text });
      expect(answers.every((answer) => answer === undefined)).toBe(true);
    });
  }

  test('without a length is whole when the connection ends, which is not used again', () => {
    const reader = new ResponseReader(1000);
    expect(reader.read(Buffer.from(`HTTP/1.1 502 Bad Gateway\r\nserver: x\r\n\r\n${half}`, 'latin1'))).toBe(
      undefined,
    );
    expect(reader.read(Buffer.from(otherHalf, 'latin1'))).toBe(undefined);
    expect(reader.end()).toEqual({ status: 502, text, keepAliveMs: 0 });
  });

  test('that is cut off by the end of the connection is none', () => {
    for (const cut of [3, withLength.length - 4]) {
      const reader = new ResponseReader(1000);
      reader.read(Buffer.from(withLength).subarray(0, cut));
      expect(reader.end()).toBe(undefined);
    }
  });

  test('without a body is whole with its head', () => {
    expect(read('HTTP/1.1 204 No Content\r\n\r\n')).toMatchObject({ status: 204, text: '' });
    expect(read('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n')).toMatchObject({ status: 200, text: '' });
  });
});

describe('a connection is kept', () => {
  const keep = (headers: string, version = '1.1') =>
    read(`HTTP/${version} 200 OK\r\ncontent-length: 0\r\n${headers}\r\n`)?.keepAliveMs;

  test('for a while when nothing is said, and a second less than the server says', () => {
    expect(keep('')).toBe(4000);
    expect(keep('Keep-Alive: timeout=5, max=100\r\nConnection: keep-alive\r\n')).toBe(4000);
    expect(keep('keep-alive: timeout=1\r\n')).toBe(0);
    expect(keep('keep-alive: timeout=900000\r\n')).toBe(60_000);
  });

  test('not at all when the server closes it or speaks an older version', () => {
    expect(keep('Connection: Close\r\n')).toBe(0);
    expect(keep('', '1.0')).toBe(0);
  });
});

describe('refused is', () => {
  const cases: Record<string, string> = {
    'what is not HTTP': 'SSH-2.0-OpenSSH\r\n\r\n',
    'another version': 'HTTP/2 200\r\n\r\n',
    'a switch of protocols': 'HTTP/1.1 101 Switching\r\nupgrade: x\r\n\r\n',
    'a length that is no number': 'HTTP/1.1 200 OK\r\ncontent-length: 1e3\r\n\r\n',
    'a negative length': 'HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n',
    'two lengths': 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\nContent-Length: 2\r\n\r\n',
    'a length beside chunks': 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n',
    'another transfer coding': 'HTTP/1.1 200 OK\r\ntransfer-encoding: gzip, chunked\r\n\r\n',
    'a content coding that was not asked for': 'HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\n\r\n',
    'a header that is folded': 'HTTP/1.1 200 OK\r\na: b\r\n c\r\n\r\n',
    'a header without a name': 'HTTP/1.1 200 OK\r\n: b\r\n\r\n',
    'a chunk without a size': 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nx\r\n',
    'a chunk that is longer than its size':
      'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1\r\nabc\r\n0\r\n\r\n',
    'more than the answer': 'HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\nab',
    'more than the chunks': 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\nx',
    'a head without an end': `HTTP/1.1 200 OK\r\n${'a: b\r\n'.repeat(8000)}`,
    'a line without an end': `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1;${'x'.repeat(2000)}`,
  };
  for (const [name, bytes] of Object.entries(cases)) {
    test(name, () => {
      expect(() => read(bytes)).toThrow(ProtocolFault);
    });
  }

  test('an answer that is too long, before it is kept', () => {
    const head = 'HTTP/1.1 200 OK\r\n';
    expect(() => read(`${head}content-length: 11\r\n\r\n`, 10)).toThrow(ResponseTooLarge);
    expect(() => read(`${head}transfer-encoding: chunked\r\n\r\nb\r\n`, 10)).toThrow(ResponseTooLarge);
    expect(() => read(`${head}\r\n12345678901`, 10)).toThrow(ResponseTooLarge);
  });
});
