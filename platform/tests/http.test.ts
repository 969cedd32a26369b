import { once } from 'node:events';
import { connect } from 'node:net';
import { pino } from 'pino';
import { afterEach, describe, expect, it } from 'vitest';
import { BodyTooLargeError, readBody } from '../src/http/body.ts';
import { sendJson } from '../src/http/response.ts';
import { createHttpServer, type Handler, type HttpServer } from '../src/http/server.ts';
import { currentRequestId, currentTraceparent } from '../src/log.ts';

let server: HttpServer | undefined;
afterEach(() => server?.close());

const log = pino({ level: 'silent' });
async function serve(handle: Handler, ready = async () => true): Promise<string> {
  server = createHttpServer({ log, ready, handle });
  return server.listen('127.0.0.1', 0);
}

describe('the HTTP server', () => {
  it('is live at once, ready when its parts are, and not ready while it drains', async () => {
    let parts = false;
    const url = await serve(
      () => {},
      async () => parts,
    );
    const status = async (path: string) => (await fetch(url + path)).status;
    expect([await status('/livez'), await status('/readyz')]).toEqual([200, 503]);
    parts = true;
    expect(await status('/readyz')).toBe(200);
    server?.notReady();
    expect([await status('/livez'), await status('/readyz')]).toEqual([200, 503]);
  });

  it('is ready without what it can do without, and says so', async () => {
    let away = ['broker'];
    server = createHttpServer({ log, ready: async () => true, degraded: () => away, handle: () => {} });
    const url = await server.listen('127.0.0.1', 0);
    const read = async () => {
      const response = await fetch(`${url}/readyz`);
      return [response.status, await response.json()];
    };
    expect(await read()).toEqual([200, { status: 'ready', degraded: ['broker'] }]);
    away = [];
    expect(await read()).toEqual([200, { status: 'ready' }]);
  });

  it('serves within the caller’s request id, and makes one where there is none or a strange one', async () => {
    const url = await serve((_request, response) => sendJson(response, 200, { id: currentRequestId() }));
    const ask = async (id?: string) => {
      const response = await fetch(url, id ? { headers: { 'x-request-id': id } } : {});
      const { id: seen } = (await response.json()) as { id: string };
      expect(response.headers.get('x-request-id')).toBe(seen);
      return seen;
    };
    expect(await ask('request-1234')).toBe('request-1234');
    expect(await ask()).toMatch(/^[0-9a-f-]{36}$/);
    expect(await ask('{"level":50}')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('serves within the caller’s trace, unless it is written otherwise than the standard says', async () => {
    const url = await serve((_request, response) =>
      sendJson(response, 200, { trace: currentTraceparent() ?? null }),
    );
    const traced = async (traceparent: string) =>
      ((await (await fetch(url, { headers: { traceparent } })).json()) as { trace: string | null }).trace;
    const trace = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
    expect(await traced(trace)).toBe(trace);
    expect(await traced(trace.toUpperCase())).toBeNull();
  });

  it('answers 500 without a word about why when a handler throws', async () => {
    const url = await serve(() => {
      throw new Error('secret');
    });
    const response = await fetch(url);
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('secret');
  });

  it('answers 503, and logs no error, when the database could not be reached', async () => {
    const lines: string[] = [];
    const warned = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) });
    const handle = () => {
      throw new Error('Connection terminated due to connection timeout');
    };
    server = createHttpServer({ log: warned, ready: async () => true, handle });
    const response = await fetch(await server.listen('127.0.0.1', 0));
    expect(response.status).toBe(503);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
    expect(lines.map((line) => JSON.parse(line).level)).toEqual([40]);
  });

  it('reads no more of a body than allowed, announced or not', async () => {
    const url = await serve(async (request, response) => {
      try {
        sendJson(response, 200, { length: (await readBody(request, 10)).length });
      } catch (error) {
        sendJson(response, error instanceof BodyTooLargeError ? 413 : 500, {});
      }
    });
    const send = async (body: string | ReadableStream) =>
      (await fetch(url, { method: 'POST', body, duplex: 'half' } as RequestInit)).status;
    expect(await send('0123456789')).toBe(200);
    expect(await send('0123456789x')).toBe(413);
    expect(await send(new Blob(['0123456789x']).stream())).toBe(413);
  });

  it('sends each header once: what an answer says wins over what goes with every answer', async () => {
    const url = await serve((_request, response) => {
      response.gather({ 'content-security-policy': 'everywhere', 'x-frame-options': 'DENY' });
      response.writeHead(200, { 'content-security-policy': 'here', vary: undefined }).end();
    });
    const { headers } = await fetch(url, { headers: { 'x-request-id': 'request-of-mine' } });
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-security-policy': 'here',
      'x-frame-options': 'DENY',
      'x-request-id': 'request-of-mine',
    });
    expect(headers.has('vary')).toBe(false);
  });

  // It waits 10 s for what it is serving.
  it('does not wait for a connection on which nothing was asked', { timeout: 5000 }, async () => {
    const { port } = new URL(await serve((_request, response) => sendJson(response, 200, {})));
    const silent = connect(Number(port), '127.0.0.1');
    await once(silent, 'connect');
    const closed = once(silent, 'close');
    await server?.close();
    await closed;
  });

  it('answers what it is serving before it closes', async () => {
    const arrived = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const url = await serve(async (_request, response) => {
      arrived.resolve();
      await go.promise;
      sendJson(response, 200, {});
    });
    const answer = fetch(url);
    await arrived.promise;
    const closed = server?.close();
    go.resolve();
    expect((await answer).status).toBe(200);
    await closed;
    await expect(fetch(url)).rejects.toThrow();
  });
});
