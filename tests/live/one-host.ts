import { createServer, type IncomingMessage, request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { targetOf } from '@socialhub/platform/http/request-target';

/** Two servers behind one address, as a proxy in front of both makes them. */
export interface OneHost {
  stop(): Promise<void>;
}

/** Serves `/graphql`, WebSockets too, by the gateway and everything else by the web. */
export async function startOneHost(o: {
  port: number;
  gatewayPort: number;
  webPort: number;
}): Promise<OneHost> {
  const host = '127.0.0.1';
  const portFor = (incoming: IncomingMessage) =>
    targetOf(incoming).path === '/graphql' ? o.gatewayPort : o.webPort;
  const sockets = new Set<Socket>();
  const server = createServer((incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const asked = request({ host, port: portFor(incoming), method, path: url, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(outgoing);
    });
    asked.on('error', () => outgoing.destroy());
    outgoing.on('close', () => asked.destroy());
    incoming.pipe(asked);
  });
  server.on('upgrade', (incoming, browser: Socket, head) => {
    const upstream = connect(portFor(incoming), host);
    const lines = [`${incoming.method} ${incoming.url} HTTP/1.1`];
    for (let i = 0; i < incoming.rawHeaders.length; i += 2) {
      lines.push(`${incoming.rawHeaders[i]}: ${incoming.rawHeaders[i + 1]}`);
    }
    upstream.write(`${lines.join('\r\n')}\r\n\r\n`);
    upstream.write(head);
    browser.pipe(upstream).pipe(browser);
    for (const [one, other] of [
      [browser, upstream],
      [upstream, browser],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(o.port, host, resolve));
  return {
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
