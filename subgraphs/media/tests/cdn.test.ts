import { generateKeyPairSync, verify } from 'node:crypto';
import type { ConfigError } from '@socialhub/platform/config';
import { expect, it } from 'vitest';
import { readConfig } from '../src/config.ts';
import { createCdnSigner } from '../src/store/cdn.ts';
import { createObjects } from '../src/store/objects.ts';

const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const least = {
  DATABASE_URL: 'postgresql://media@database/media_db',
  IDENTITY_KEYS: `k1:${'x'.repeat(32)}`,
  S3_BUCKET: 'files',
};
const cdn = {
  MEDIA_CDN_URL: 'https://d1.cloudfront.example',
  MEDIA_CDN_KEY_ID: 'K2',
  MEDIA_CDN_PRIVATE_KEY: pem,
};

/** As CloudFront does: the policy is made of the URL and the moment that the request names. */
function isSigned(text: string): boolean {
  const url = new URL(text);
  const expires = url.searchParams.get('Expires');
  const policy = `{"Statement":[{"Resource":"${url.origin}${url.pathname}","Condition":{"DateLessThan":{"AWS:EpochTime":${expires}}}}]}`;
  const signature = (url.searchParams.get('Signature') ?? '').replace(
    /[-_~]/g,
    (sign) => ({ '-': '+', _: '=', '~': '/' })[sign] ?? '',
  );
  return verify('sha1', Buffer.from(policy), publicKey, Buffer.from(signature, 'base64'));
}

it('signs a URL for one file and until one moment', () => {
  const signed = createCdnSigner({ url: cdn.MEDIA_CDN_URL, keyId: 'K2', privateKey });
  const until = new Date('2026-11-30T20:00:00Z');
  const url = signed('media/1/a.webp', until);
  expect(url).toMatch(
    /^https:\/\/d1\.cloudfront\.example\/media\/1\/a\.webp\?Expires=1796068800&Signature=[\w~-]+&Key-Pair-Id=K2$/,
  );
  expect(isSigned(url)).toBe(true);
  expect(isSigned(url.replace('a.webp', 'b.webp'))).toBe(false);
  expect(isSigned(url.replace('1796068800', '1796068801'))).toBe(false);
  expect(signed('media/1/a.webp', until)).toBe(url);
  expect(isSigned(signed('media/1/a.webp', new Date('2026-11-30T20:30:00Z')))).toBe(true);
});

it('reads by CloudFront what is published, and archives from the storage', async () => {
  const objects = createObjects(
    readConfig({ ...least, ...cdn, AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' }),
  );
  const url = await objects.signRead('media/1/a.webp', 'image/webp');
  expect(isSigned(url)).toBe(true);
  const seconds = Number(new URL(url).searchParams.get('Expires')) - Date.now() / 1000;
  expect(seconds).toBeGreaterThan(60 * 60 - 1);
  expect(seconds).toBeLessThanOrEqual(90 * 60);
  expect(await objects.signArchive('1', new Date())).toContain('amazonaws.com');
  objects.close();
});

it('takes a CloudFront whole or not at all, and no key but RSA', () => {
  const faultsOf = (env: NodeJS.ProcessEnv) => {
    try {
      readConfig({ ...least, ...env });
    } catch (error) {
      return (error as ConfigError).faults;
    }
    return [];
  };
  expect(faultsOf(cdn)).toEqual([]);
  expect(faultsOf({})).toEqual([]);
  expect(faultsOf({ MEDIA_CDN_URL: cdn.MEDIA_CDN_URL })).toEqual([
    'MEDIA_CDN_URL: goes with MEDIA_CDN_KEY_ID and MEDIA_CDN_PRIVATE_KEY',
  ]);
  expect(faultsOf({ ...cdn, MEDIA_CDN_PRIVATE_KEY: 'hunter2' })).toEqual([
    'MEDIA_CDN_PRIVATE_KEY: must be a private RSA key as PEM',
  ]);
  const { privateKey: other } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const ec = other.export({ type: 'pkcs8', format: 'pem' }).toString();
  expect(faultsOf({ ...cdn, MEDIA_CDN_PRIVATE_KEY: ec })).toHaveLength(1);
});
