import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

const headEnd = Buffer.from('\r\n\r\n');

export interface FastServer {
  url: string;
  stop(): Promise<void>;
}

/**
 * As much of an HTTP/1.1 server as gateways need to send POST requests with a Content-Length to, for a third of the
 * CPU time of node:http, which is the time that the load needs. `answer` takes the body, one character a byte.
 */
export async function startFastServer(
  answer: (body: string, reply: (bytes: Buffer) => void) => void,
): Promise<FastServer> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    let pending: Buffer | undefined;
    const reply = (bytes: Buffer) => socket.write(bytes);
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    socket.on('data', (part) => {
      let bytes = pending ? Buffer.concat([pending, part]) : part;
      pending = undefined;
      while (bytes.length > 0) {
        const end = bytes.indexOf(headEnd);
        const length = end === -1 ? 0 : contentLength(bytes.toString('latin1', 0, end));
        if (Number.isNaN(length))
          return socket.end('HTTP/1.1 411 Length Required\r\nContent-Length: 0\r\n\r\n');
        const begin = end + headEnd.length;
        if (end === -1 || bytes.length < begin + length) {
          pending = bytes;
          return;
        }
        answer(bytes.toString('latin1', begin, begin + length), reply);
        bytes = bytes.subarray(begin + length);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

const contentLength = (head: string) => Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1]);

/** The whole answer, to be made once and sent often. */
export function jsonResponse(value: unknown): Buffer {
  const body = Buffer.from(JSON.stringify(value));
  const head = `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), body]);
}
