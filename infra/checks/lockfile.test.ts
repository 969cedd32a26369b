import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

interface Lockfile {
  packages: Record<string, { version?: string; resolved?: string; link?: boolean }>;
}

const { packages } = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../package-lock.json'), 'utf8'),
) as Lockfile;

const versionsOf = (name: string) =>
  Object.entries(packages)
    .filter(([path]) => path.endsWith(`node_modules/${name}`))
    .flatMap(([, { version }]) => version ?? []);

const parts = (version: string) => version.split(/[.-]/).slice(0, 3).map(Number);
const isAtLeast = (version: string, least: string) => {
  const [a, b] = [parts(version), parts(least)];
  const differs = a.findIndex((part, index) => part !== b[index]);
  return differs < 0 || (a[differs] ?? 0) > (b[differs] ?? 0);
};

// Below these versions the package has a published vulnerability.
it.each([
  ['@apollo/gateway', '2.13.2'],
  ['@apollo/server', '5.5.0'],
  ['next', '16.4.6'],
  ['sharp', '0.35.4'],
  ['ws', '8.17.1'],
])('every copy of %s is at least %s', (name, least) => {
  const versions = versionsOf(name);
  expect(versions.length).toBeGreaterThan(0);
  expect(versions.filter((version) => !isAtLeast(version, least))).toEqual([]);
});

it.each(['graphql', '@apollo/federation-internals', '@apollo/query-planner'])(
  'there is one copy of %s, since two of them refuse each other’s objects',
  (name) => expect(versionsOf(name)).toHaveLength(1),
);

it('names no registry', () => {
  const addresses = Object.values(packages).flatMap(({ resolved, link }) =>
    resolved && !link ? resolved : [],
  );
  expect(addresses).toEqual([]);
});
