import type { Registry } from 'prom-client';
import type { Logger } from '../log.ts';
import { metricsText, metricsType } from '../metrics/process-metrics.ts';
import { targetOf } from './request-target.ts';
import { sendError } from './response.ts';
import { createHttpServer } from './server.ts';

/**
 * Serves /metrics at an address of its own, which no client can reach: what the process counts, and `more`. Gives the
 * address and how to stop it.
 */
export async function serveMetrics(options: {
  more?: readonly Registry[];
  host: string;
  port: number;
  log: Logger;
}): Promise<{ url: string; stop: () => Promise<void> }> {
  const { more = [], log } = options;
  const http = createHttpServer({
    log,
    ready: async () => true,
    async handle(request, response) {
      if (targetOf(request).path !== '/metrics')
        return sendError(response, 404, 'NOT_FOUND', 'There is nothing here');
      const text = await metricsText(...more);
      response.writeHead(200, { 'content-type': metricsType }).end(text);
    },
  });
  const url = await http.listen(options.host, options.port);
  log.info({ url: `${url}/metrics` }, 'metrics are served');
  return { url, stop: () => http.close() };
}
