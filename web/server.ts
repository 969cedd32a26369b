import { parseArgs } from 'node:util';
import { serveMetrics } from '@socialhub/platform/http/serve-metrics';
import { run } from '@socialhub/platform/lifecycle/service';
import { createStackedService } from '@socialhub/platform/lifecycle/stacked-service';
import { createLogger } from '@socialhub/platform/log';
import next from 'next';
import { createAdmission } from './admission.ts';
import { createVouch } from './client-identity.ts';
import { readConfig } from './config.ts';
import { createWebServer } from './http-server.ts';
import { withPageStatus } from './page-status.ts';

/**
 * Serves the built web app: `node server.ts --hostname 127.0.0.1 --port 3000`. What `next start` does, behind a server of
 * our own, which also vouches to the gateway for where each browser is.
 */
function createWeb() {
  const { hostname, port } = parseArgs({
    options: {
      hostname: { type: 'string', default: '127.0.0.1' },
      port: { type: 'string', default: '3000' },
    },
  }).values;
  const config = readConfig(process.env);
  const log = createLogger({ service: 'web', level: 'info' });

  return createStackedService('web', log, async (closing) => {
    const vouch = createVouch(config);
    const app = next({ dir: import.meta.dirname, hostname, port: Number(port) });
    await app.prepare();
    closing.defer('parts', () => app.close());
    const serve = withPageStatus(app.getRequestHandler());
    if (config.metricsPort !== undefined) {
      const metrics = await serveMetrics({ host: hostname, port: config.metricsPort, log });
      closing.defer('parts', () => metrics.stop());
    }
    const web = createWebServer({
      admission: createAdmission(config),
      handle(request, response) {
        vouch(request);
        return serve(request, response);
      },
    });
    const url = await web.listen(hostname, Number(port));
    closing.defer('answers', () => web.close());
    return url;
  });
}

await run(createWeb);
