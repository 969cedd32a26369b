import { createRequire } from 'node:module';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/longest-first.ts';

// Vite would take graphql's ES module while Apollo's packages take the CommonJS one: two realms that refuse each other.
const graphql = createRequire(import.meta.url).resolve('graphql');

export default defineConfig({
  resolve: { alias: [{ find: /^graphql$/, replacement: graphql }] },
  test: {
    include: ['**/*.test.ts'],
    exclude: ['**/node_modules/**', '**/.next/**'],
    globalSetup: ['tests/setup.ts'],
    pool: 'forks',
    // Files of a worker share their modules: to load the gateway or Prisma anew for each would cost a fifth of all time.
    isolate: false,
    // One more than the cores there are, since much of it waits.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
