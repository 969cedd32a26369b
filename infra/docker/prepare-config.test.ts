import { ConfigError } from '@socialhub/platform/config';
import { serviceNames } from '@socialhub/platform/contracts/services';
import { expect, it } from 'vitest';
import { readConfig } from './prepare-config.ts';

const passwords = Object.fromEntries(
  serviceNames.map((name) => [`${name.toUpperCase()}_PASSWORD`, `of ${name}`]),
);
const least = { OWNER_URL: 'postgresql://owner@database/postgres', ...passwords };

it('needs no storage where the bucket is made elsewhere', () => {
  expect(readConfig(least)).toMatchObject({ bucket: undefined, passwords: { chat: 'of chat' } });
});

it('needs all of the storage where it is to make the bucket', () => {
  const faultsOf = () => {
    try {
      return readConfig({ ...least, S3_ENDPOINT: 'http://s3:8333', S3_BUCKET: 'files' });
    } catch (error) {
      return (error as ConfigError).faults;
    }
  };
  expect(faultsOf()).toEqual([
    'AWS_REGION is missing',
    'AWS_ACCESS_KEY_ID is missing',
    'AWS_SECRET_ACCESS_KEY is missing',
    'WEB_ORIGINS is missing',
  ]);
});

it('names every password that is missing', () => {
  expect(() => readConfig({ OWNER_URL: 'postgresql://owner@database/postgres' })).toThrow(ConfigError);
});
