import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ConfigError, httpUrl, port, readEnv, serviceEnv, trustedCertificates } from '../src/config.ts';

const folder = mkdtempSync(join(tmpdir(), 'config-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const schema = z.object({ PORT: port(4000), UPSTREAM_URL: httpUrl, TOKEN: z.string().optional() });

function faultsOf(env: NodeJS.ProcessEnv, of: z.ZodObject = schema): readonly string[] {
  try {
    readEnv(of, env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

describe('configuration', () => {
  it('is read with its defaults, an empty value counting as absent', () => {
    expect(readEnv(schema, { PORT: '', UPSTREAM_URL: 'https://example.org/', OTHER: 'x' })).toEqual({
      PORT: 4000,
      UPSTREAM_URL: 'https://example.org',
    });
  });

  it('names every fault at once and repeats no value', () => {
    const faults = faultsOf({ PORT: 'hunter2', UPSTREAM_URL: 'hunter2' });
    expect(faults).toHaveLength(2);
    expect(faults.join()).toMatch(/PORT.*UPSTREAM_URL/);
    expect(faults.join()).not.toContain('hunter2');
  });

  it('reads certificates of authorities out of what stands around them, and refuses a text without one', () => {
    const one = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----';
    const of = z.object({ CA_CERTIFICATES: trustedCertificates });
    expect(readEnv(of, { CA_CERTIFICATES: `# eu\n${one}\n\n${one}\n` }).CA_CERTIFICATES).toEqual([one, one]);
    expect(readEnv(of, {}).CA_CERTIFICATES).toBeUndefined();
    expect(faultsOf({ CA_CERTIFICATES: 'MIIB' }, of)).toEqual([
      'CA_CERTIFICATES: must be certificates as PEM',
    ]);
  });

  it('says which variable is missing', () => {
    expect(faultsOf({})).toEqual(['UPSTREAM_URL is missing']);
  });

  it('reads a secret from the file that NAME_FILE names', () => {
    writeFileSync(join(folder, 'token'), 'from a file\n');
    const env = { UPSTREAM_URL: 'http://a', TOKEN_FILE: join(folder, 'token') };
    expect(readEnv(schema, env).TOKEN).toBe('from a file');
    expect(faultsOf({ ...env, TOKEN_FILE: join(folder, 'none') })).toEqual([
      "TOKEN_FILE names a file that can't be read",
    ]);
  });

  it('takes identity keys of enough length only', () => {
    const env = { DATABASE_URL: 'postgresql://localhost/x' };
    const secret = 's'.repeat(32);
    expect(
      readEnv(z.object(serviceEnv), { ...env, IDENTITY_KEYS: `a:${secret},b:${secret}` }).IDENTITY_KEYS,
    ).toEqual([
      { id: 'a', secret },
      { id: 'b', secret },
    ]);
    expect(faultsOf({ ...env, IDENTITY_KEYS: 'a:short' }, z.object(serviceEnv))).toHaveLength(1);
  });
});
