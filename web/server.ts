import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { targetOf } from '@socialhub/platform/request-target';
import next from 'next';
import { createVouch } from './client-identity.ts';
import { refusalOf } from './refused-requests.ts';

/**
 * Serves the built web app: `node server.ts --hostname 127.0.0.1 --port 3000`. Beside what `next start` does it ignores
 * an Upgrade that nobody takes, where Next closes the connection, reads a target in absolute form, refuses what Next fails at, and vouches to the gateway
 * for where each browser is.
 */
const { hostname, port } = parseArgs({
  options: {
    hostname: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '3000' },
  },
}).values;

/** An address that no page has. */
const nowhere = '/404';

/** Next answers 500 where a part of the path that it hands to a page is not UTF-8, percent-encoded. */
function isEncodedText(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

const vouch = createVouch(process.env);
const app = next({ dir: import.meta.dirname, hostname, port: Number(port) });
await app.prepare();
const handle = app.getRequestHandler();

const server = createServer({ shouldUpgradeCallback: () => false }, (request, response) => {
  const { path, search } = targetOf(request);
  const refusal = path === '' ? { status: 400, reason: 'This is no address.' } : refusalOf(request);
  if (refusal) {
    const { status, reason, headers } = refusal;
    response
      .writeHead(status, { 'content-type': 'text/plain; charset=utf-8', ...headers })
      .end(`${reason}\n`);
    return;
  }
  request.url = isEncodedText(path) ? path + search : nowhere;
  vouch(request);
  handle(request, response).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
    if (!response.headersSent) response.writeHead(500);
    response.end();
  });
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () =>
    server.close(async () => {
      await app.close();
      process.exit(0);
    }),
  );
}

server.listen(Number(port), hostname, () =>
  process.stdout.write(`Listening on http://${hostname}:${port}\n`),
);
