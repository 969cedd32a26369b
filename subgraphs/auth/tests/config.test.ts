import type { ConfigError } from '@socialhub/platform/config';
import { expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';

const env = {
  DATABASE_URL: 'postgresql://127.0.0.1/auth_db',
  IDENTITY_KEYS: `a:${'s'.repeat(40)}`,
  SIGNING_KEY_SECRET: 's'.repeat(40),
};
const faultsOf = (given: Record<string, string>): readonly string[] => {
  try {
    readConfig({ ...env, ...given });
    return [];
  } catch (error) {
    return (error as ConfigError).faults;
  }
};

it('lets so much pass where nothing is set', () => {
  expect(readConfig(env)).toMatchObject({
    ACCESS_TOKEN_SECONDS: 900,
    SESSION_IDLE_DAYS: 30,
    SESSION_MAX_DAYS: 180,
    FAILED_SIGN_INS_PER_ACCOUNT: 10,
    FAILED_CODES_PER_ACCOUNT: 10,
    REGISTRATIONS_PER_ADDRESS: 300,
  });
});

it('takes its limits from the environment', () => {
  const limits = {
    FAILED_SIGN_INS_PER_ACCOUNT: 11,
    FAILED_SIGN_INS_PER_ADDRESS: 12,
    FAILED_CODES_PER_ACCOUNT: 13,
    PASSKEY_SIGN_INS_PER_ADDRESS: 14,
    REGISTRATIONS_PER_ADDRESS: 15,
    MAILS_PER_RECIPIENT: 16,
    MAILS_PER_ADDRESS: 17,
    FAILED_TOKENS_PER_ADDRESS: 18,
  };
  const given = Object.fromEntries(Object.entries(limits).map(([name, limit]) => [name, String(limit)]));
  expect(readConfig({ ...env, ...given })).toMatchObject(limits);
  for (const name of Object.keys(limits)) expect(faultsOf({ [name]: '0' })).toHaveLength(1);
});

it('takes the origins that may ask for passkeys', () => {
  const PASSKEY_ORIGINS = 'https://hub.example, https://m.hub.example:8443,android:apk-key-hash:abc';
  const { PASSKEY_ORIGINS: origins } = readConfig({ ...env, PASSKEY_ORIGINS, PASSKEY_RP_ID: 'hub.example' });
  expect(origins).toEqual(['https://hub.example', 'https://m.hub.example:8443', 'android:apk-key-hash:abc']);
  for (const wrong of [
    'hub.example',
    'https://hub.example/',
    'https://hub.example/login',
    'https://*.example',
  ]) {
    expect(faultsOf({ PASSKEY_ORIGINS: wrong })).toHaveLength(1);
  }
  for (const wrong of ['https://hub.example', 'Hub.example', 'hub.example:3000', 'hub..example']) {
    expect(faultsOf({ PASSKEY_RP_ID: wrong })).toHaveLength(1);
  }
});
