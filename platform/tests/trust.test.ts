import { X509Certificate } from 'node:crypto';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { afterEach, expect, it } from 'vitest';
import { trust } from '../src/lifecycle/trust.ts';

const before = getCACertificates('default');
afterEach(() => setDefaultCACertificates(before));

const fingerprints = (certificates: readonly string[]) =>
  new Set(certificates.map((text) => new X509Certificate(text).fingerprint256));

it('trusts what it is given beside what was trusted already, and nothing new without', () => {
  // Each of these is there once, whatever the system adds.
  const all = getCACertificates('bundled');
  const [own = '', ...others] = all;
  setDefaultCACertificates(others);
  trust(undefined);
  expect(fingerprints(getCACertificates('default'))).toEqual(fingerprints(others));
  trust([own]);
  expect(fingerprints(getCACertificates('default'))).toEqual(fingerprints(all));
});
