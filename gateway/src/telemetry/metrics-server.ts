import { sendError } from '@socialhub/platform/http/answer';
import { createHttpServer } from '@socialhub/platform/http/server';
import type { Logger } from '@socialhub/platform/log';
import { targetOf } from '@socialhub/platform/request-target';
import type { Metrics } from './metrics.ts';

/**
 * Serves /metrics at an address of its own, which no client of the gateway can reach. Gives the address and how to
 * stop it.
 */
export async function serveMetrics(options: {
  metrics: Metrics;
  host: string;
  port: number;
  log: Logger;
}): Promise<{ url: string; stop: () => Promise<void> }> {
  const { metrics, log } = options;
  const http = createHttpServer({
    log,
    ready: async () => true,
    async handle(request, response) {
      if (targetOf(request).path !== '/metrics')
        return sendError(response, 404, 'NOT_FOUND', 'There is nothing here');
      const text = await metrics.text();
      response.writeHead(200, { 'content-type': metrics.contentType }).end(text);
    },
  });
  const url = await http.listen(options.host, options.port);
  log.info({ url: `${url}/metrics` }, 'metrics are served');
  return { url, stop: () => http.close() };
}
