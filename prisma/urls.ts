import type { ServiceName } from '@socialhub/platform/contracts/services';

/** The name of a service's database; its login role is `<service>_service`. */
export const databaseName = (service: ServiceName, prefix = ''): string => `${prefix}${service}_db`;

/** The name of a service's login role. */
export const roleName = (service: ServiceName, prefix = ''): string => `${prefix}${service}_service`;

/**
 * A service's database from the environment: `<SERVICE>_DATABASE_URL`, or the server of `DATABASE_URL` with that
 * service's database. Throws a sentence when neither is set.
 */
export function urlOfService(service: ServiceName, env: NodeJS.ProcessEnv): string {
  const own = `${service.toUpperCase()}_DATABASE_URL`;
  if (env[own]) return env[own];
  if (env.DATABASE_URL) return withDatabase(env.DATABASE_URL, databaseName(service));
  throw new Error(`Set ${own}, or DATABASE_URL to the server that has ${databaseName(service)}.`);
}

/** The same server and sign-in, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${encodeURIComponent(database)}`;
  return changed.href;
}
