import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { placeFaults } from './services.ts';

const read = (path: string) => readFileSync(join(import.meta.dirname, '../..', path), 'utf8');

test('every place names the services that there are', () => {
  expect(placeFaults(['auth', 'user', 'post', 'media', 'notification', 'chat'], read)).toEqual([]);
});

test('a service that was forgotten is told with each place, the lint’s among them', () => {
  const faults = placeFaults(['search'], read);
  expect(faults).toHaveLength(7);
  expect(faults).toContain('biome.json does not name the service search');
});
