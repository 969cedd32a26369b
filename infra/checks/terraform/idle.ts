import { serverTimes, usualTimes } from '@socialhub/platform/http/client-times';
import type { Rule } from './rules.ts';

/** A silent connection is closed by the load balancer before the gateway closes it: else it sends a request over one that is being closed. */
export const silenceAgrees: Rule = (modules) => {
  const kept = serverTimes(usualTimes).keepAliveTimeout / 1000;
  const idle = modules.find(({ folder }) => folder === 'modules/edge')?.variables.get('idle_seconds');
  const most = /var\.idle_seconds <= (\d+)/.exec(JSON.stringify(idle?.validation ?? null))?.[1];
  return [
    ['default', idle?.default],
    ['greatest', most],
  ]
    .filter(([, seconds]) => !(Number(seconds) < kept))
    .map(
      ([which, seconds]) =>
        `modules/edge: ${which} idle_seconds ${seconds} is not below the gateway’s ${kept}`,
    );
};
