import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError } from '@socialhub/platform/config';
import { expect, it } from 'vitest';
import { readConfig } from './config.ts';

const faultsOf = (env: NodeJS.ProcessEnv) => {
  try {
    readConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
};
const urls = { GATEWAY_URL: 'https://api.hub.example', MEDIA_ORIGIN: 'https://a.example, https://b.example' };
const IDENTITY_KEYS = `k1:${'s'.repeat(32)}`;

it('names all faults at once, without their values', () => {
  const env = {
    GATEWAY_URL: 'api',
    MEDIA_ORIGIN: 'media',
    IDENTITY_KEYS: 'k1:short',
    WEB_CONNECTIONS: 'many',
  };
  const faults = faultsOf(env as unknown as NodeJS.ProcessEnv);
  expect(faults.map((fault) => fault.split(/[: ]/, 1)[0]).sort()).toEqual(Object.keys(env).sort());
  for (const value of Object.values(env)) expect(faults.join()).not.toContain(`${value}:`);
});

it('needs nothing where the gateway is beside', () =>
  expect(faultsOf({} as unknown as NodeJS.ProcessEnv)).toEqual([]));

it('needs to be told the gateway on Vercel, and in production the keys by which it signs', () => {
  const on = (env: object) => faultsOf({ VERCEL: '1', ...env } as unknown as NodeJS.ProcessEnv);
  expect(on({})).toEqual(['GATEWAY_URL is missing', 'MEDIA_ORIGIN is missing']);
  expect(on({ VERCEL_ENV: 'preview', ...urls })).toEqual([]);
  expect(on({ VERCEL_ENV: 'production', ...urls })).toEqual(['IDENTITY_KEYS is missing']);
  expect(on({ VERCEL_ENV: 'production', ...urls, IDENTITY_KEYS })).toEqual([]);
});

it('is built by Vercel by commands that there are, what is generated first', () => {
  const read = (name: string) => JSON.parse(readFileSync(join(import.meta.dirname, name), 'utf8'));
  const { scripts } = read('package.json');
  const commands = (read('vercel.json').buildCommand as string).split(' && ');
  expect(commands.map((command) => scripts[command.replace('npm run ', '')])).toEqual([
    'node generate.ts',
    expect.stringContaining('next build'),
  ]);
});
