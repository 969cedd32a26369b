import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type ServiceName, serviceNames } from '@socialhub/platform/contracts/services';

/** The root of the working copy, without a slash at its end. */
export const root = join(import.meta.dirname, '..');

/** Where a service's Prisma schema is. */
export const schemaPath = (service: ServiceName): string =>
  join(import.meta.dirname, service, 'schema.prisma');

/** Where a service's migrations are: one folder each, named `<timestamp>_<name>`. */
export const migrationsPath = (service: ServiceName): string =>
  join(import.meta.dirname, service, 'migrations');

/** The services that have a Prisma schema. */
export const servicesWithSchema = (): ServiceName[] =>
  serviceNames.filter((service) => existsSync(schemaPath(service)));

/** Command-line words as service names; none means all. Throws a sentence on a word that is no service. */
export function parseServices(words: readonly string[]): ServiceName[] {
  const unknown = words.filter((word) => !isService(word));
  if (unknown.length > 0) {
    throw new Error(`No such service: ${unknown.join(', ')}. The services are ${serviceNames.join(', ')}.`);
  }
  return words.length === 0 ? [...serviceNames] : words.filter(isService);
}

const isService = (word: string): word is ServiceName => (serviceNames as readonly string[]).includes(word);
