import { parseArgs } from 'node:util';
import { backlog } from '@socialhub/platform/http/client-times';
import { serveMetrics } from '@socialhub/platform/http/serve-metrics';
import { createLogger } from '@socialhub/platform/log';
import next from 'next';
import { createAdmission } from './admission.ts';
import { createVouch } from './client-identity.ts';
import { readConfig } from './config.ts';
import { createWebServer } from './http-server.ts';

/**
 * Serves the built web app: `node server.ts --hostname 127.0.0.1 --port 3000`. What `next start` does, behind a server of
 * our own, which also vouches to the gateway for where each browser is.
 */
const { hostname, port } = parseArgs({
  options: {
    hostname: { type: 'string', default: '127.0.0.1' },
    port: { type: 'string', default: '3000' },
  },
}).values;

const config = readConfig(process.env);
const vouch = createVouch(config);
const app = next({ dir: import.meta.dirname, hostname, port: Number(port) });
await app.prepare();
const serve = app.getRequestHandler();

const log = createLogger({ service: 'web', level: 'info' });
const metrics =
  config.metricsPort === undefined
    ? undefined
    : await serveMetrics({ host: hostname, port: config.metricsPort, log });

const server = createWebServer({
  admission: createAdmission(config),
  handle(request, response) {
    vouch(request);
    return serve(request, response);
  },
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () =>
    server.close(async () => {
      await Promise.all([app.close(), metrics?.stop()]);
      process.exit(0);
    }),
  );
}

server.listen({ port: Number(port), host: hostname, backlog }, () =>
  process.stdout.write(`Listening on http://${hostname}:${port}\n`),
);
