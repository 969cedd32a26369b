import { once } from 'node:events';
import { connect } from 'node:net';
import { createIdentitySigner, IDENTITY_HEADER } from '@socialhub/platform/identity/identity-signer';
import { createResponseReader, type ReadResponse } from '../measure/response-reader.ts';
import { identityKeys } from './auth.ts';

/** Asks the auth service as the gateway would for somebody who is signed out, one request at a time. */
export interface Caller {
  ask(query: string, variables: object): Promise<{ status: number; text: string; milliseconds: number }>;
  close(): void;
}

const signIdentity = createIdentitySigner(identityKeys, 'auth');
const reuseMs = 20_000;

export async function openCaller(port: number): Promise<Caller> {
  const socket = connect(port, '127.0.0.1').setNoDelay(true);
  await once(socket, 'connect');
  let answered: ((answer: ReadResponse) => void) | undefined;
  let broken: ((error: Error) => void) | undefined;
  const reader = createResponseReader((answer) => answered?.(answer));
  socket.on('data', reader.read);
  socket.on('error', () => undefined);
  socket.on('close', () => broken?.(new Error('the auth service closed the connection')));
  let identity = '';
  let signedAt = Number.NEGATIVE_INFINITY;

  return {
    async ask(query, variables) {
      if (performance.now() - signedAt > reuseMs) {
        identity = signIdentity({ viewer: null, client: { ipAddress: '192.0.2.7', userAgent: 'bench' } });
        signedAt = performance.now();
      }
      const body = JSON.stringify({ query, variables });
      const head =
        `POST /graphql HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\n` +
        `${IDENTITY_HEADER}: ${identity}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n`;
      const answer = new Promise<ReadResponse>((resolve, reject) => {
        answered = resolve;
        broken = reject;
      });
      reader.expect(true);
      const began = performance.now();
      socket.write(head + body);
      const { status, body: text = '' } = await answer;
      return { status, text, milliseconds: performance.now() - began };
    },
    close() {
      broken = undefined;
      socket.destroy();
    },
  };
}
