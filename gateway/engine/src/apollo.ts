import type { EngineLog } from './log.ts';

/** Apollo's packages log plain messages. */
export function apolloLogger(log: EngineLog) {
  const to = (level: keyof EngineLog) => (message?: unknown) =>
    log[level]({ from: 'apollo' }, String(message));
  return { debug: to('debug'), info: to('debug'), warn: to('warn'), error: to('error') };
}

/** ApolloGateway sends metrics to its maker unless the environment says otherwise when one is made. */
export function withoutTelemetry<Made>(make: () => Made): Made {
  const name = 'APOLLO_TELEMETRY_DISABLED';
  const before = process.env[name];
  process.env[name] = 'true';
  try {
    return make();
  } finally {
    if (before === undefined) delete process.env[name];
    else process.env[name] = before;
  }
}
