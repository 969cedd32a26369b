import { connect, type Socket } from 'node:net';
import { createResponseReader } from './response-reader.ts';

export interface Load {
  port: number;
  /** The GraphQL request; every HTTP request that carries it has an Authorization header of its own. */
  body: string;
  connections: number;
  seconds: number;
}

export interface LoadResult {
  requests: number;
  seconds: number;
  /** Of every request, sorted. */
  milliseconds: Float64Array;
  /** Answers that were not status 200, and connections that broke. */
  failures: number;
  /** Some of the bodies, for a look at whether they are still right. */
  samples: string[];
}

const sampleEvery = 199;
const maxSamples = 10;
let unique = 0;

/** Sends requests to /graphql on this machine, one after the other on each connection, over bare sockets. */
export async function load({ port, body, connections, seconds }: Load): Promise<LoadResult> {
  const bytes = Buffer.from(body);
  const head =
    `POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\n` +
    `Accept: application/json\r\nContent-Length: ${bytes.length}\r\nAuthorization: Bearer `;
  const took: number[] = [];
  const samples: string[] = [];
  let failures = 0;
  const begin = performance.now();
  const end = begin + seconds * 1000;

  const run = (socket: Socket) =>
    new Promise<void>((resolve) => {
      let sentAt = 0;
      let waits = true;
      const reader = createResponseReader((answer) => {
        const now = performance.now();
        waits = false;
        if (answer.status === 200) took.push(now - sentAt);
        else failures += 1;
        if (answer.body !== undefined) samples.push(answer.body);
        if (now < end) send();
        else socket.end();
      });
      const send = () => {
        unique += 1;
        waits = true;
        sentAt = performance.now();
        reader.expect(took.length % sampleEvery === 0 && samples.length < maxSamples);
        socket.write(`${head}${String(unique).padStart(12, '0')}\r\n\r\n${body}`);
      };
      socket.setNoDelay(true);
      // A gateway that stops answering fails its request; it does not hang the benchmark.
      socket.setTimeout(20_000, () => socket.destroy(new Error('no answer within 20 s')));
      socket.on('data', reader.read);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        if (waits) failures += 1;
        resolve();
      });
      socket.on('connect', send);
    });

  await Promise.all(Array.from({ length: connections }, () => run(connect(port, '127.0.0.1'))));
  const milliseconds = Float64Array.from(took).sort();
  return {
    requests: took.length,
    seconds: (performance.now() - begin) / 1000,
    milliseconds,
    failures,
    samples,
  };
}
