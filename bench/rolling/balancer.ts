import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { connect, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * In front of the processes of one service: each request and each socket (`http`), or each connection (`tcp`) goes to the next of
 * those that are ready.
 */
export interface Balancer {
  readonly url: string;
  /** Resolves when it is ready and has its share. */
  add(target: string): Promise<void>;
  remove(target: string): void;
  /** Requests that met no ready process, or one that did not answer. */
  readonly refused: number;
  close(): Promise<void>;
}

const checkEveryMs = 250;
/** Of a process that is given a moment of a busy machine. */
const checkTimeoutMs = 5_000;
const readyWithinMs = 60_000;

interface Target {
  url: string;
  host: string;
  port: number;
  isReady: boolean;
  agent: Agent;
}

/**
 * As plain as the balancers that stand before such processes: it looks at /readyz four times a second, keeps connections, and asks
 * no second process when the first one does not answer.
 */
export async function startBalancer(layer: 'http' | 'tcp'): Promise<Balancer> {
  const targets = new Map<string, Target>();
  const sockets = new Set<Socket>();
  let turn = 0;
  let refused = 0;

  const next = (): Target | undefined => {
    const ready = [...targets.values()].filter(({ isReady }) => isReady);
    turn += 1;
    return ready[turn % ready.length];
  };

  const check = async (target: Target) => {
    const answer = await fetch(`${target.url}/readyz`, { signal: AbortSignal.timeout(checkTimeoutMs) }).catch(
      () => undefined,
    );
    await answer?.body?.cancel();
    target.isReady = answer?.ok === true;
  };

  const forward = (incoming: IncomingMessage, response: ServerResponse) => {
    const target = next();
    const fail = (status: number) => {
      refused += 1;
      if (response.headersSent) return response.destroy();
      response.writeHead(status, { 'content-length': 0 }).end();
    };
    if (!target) return fail(503);
    const { host, port, agent } = target;
    const outgoing = request({
      host,
      port,
      agent,
      method: incoming.method,
      path: incoming.url,
      headers: incoming.headers,
    });
    outgoing.on('response', (answer) => {
      const { connection: _, ...headers } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, headers);
      answer.pipe(response);
      answer.on('error', () => response.destroy());
    });
    outgoing.on('error', () => fail(502));
    response.on('close', () => response.writableFinished || outgoing.destroy());
    incoming.pipe(outgoing);
  };

  /** Lets two connections be one. */
  const join = (near: Socket, far: Socket) => {
    far.on('error', () => near.destroy());
    near.on('error', () => far.destroy());
    far.once('close', () => near.end());
    near.once('close', () => far.end());
  };
  const pass = (near: Socket) => {
    const target = next();
    if (!target) {
      refused += 1;
      return near.destroy();
    }
    const far = connect(target.port, target.host, () => far.pipe(near).pipe(far));
    far.once('error', () => {
      if (far.bytesRead === 0) refused += 1;
    });
    join(near, far);
  };

  const server: Server =
    layer === 'tcp' ? createTcpServer(pass) : createServer({ keepAliveTimeout: 60_000 }, forward);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('upgrade', (incoming: IncomingMessage, near: Socket, head: Buffer) => {
    const target = next();
    if (!target) {
      refused += 1;
      return near.end('HTTP/1.1 503 Service Unavailable\r\ncontent-length: 0\r\n\r\n');
    }
    const far = connect(target.port, target.host, () => {
      const lines = incoming.rawHeaders.flatMap((name, at) =>
        at % 2 === 0 ? [`${name}: ${incoming.rawHeaders[at + 1]}`] : [],
      );
      far.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\n`);
      far.write(head);
      far.pipe(near).pipe(far);
    });
    join(near, far);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : address}`;
  const looking = setInterval(() => {
    for (const target of targets.values()) check(target);
  }, checkEveryMs);

  const remove = (url: string) => {
    targets.get(url)?.agent.destroy();
    targets.delete(url);
  };
  return {
    url,
    get refused() {
      return refused;
    },
    async add(url) {
      const { hostname, port } = new URL(url);
      const agent = new Agent({ keepAlive: true, maxSockets: 256 });
      const target: Target = { url, host: hostname, port: Number(port), isReady: false, agent };
      targets.set(url, target);
      for (const end = performance.now() + readyWithinMs; !target.isReady; await delay(50)) {
        if (performance.now() > end) throw new Error(`${url} is not ready within ${readyWithinMs / 1000} s`);
        await check(target);
      }
    },
    remove,
    async close() {
      clearInterval(looking);
      for (const url of [...targets.keys()]) remove(url);
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
