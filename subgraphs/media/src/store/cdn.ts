import { type KeyObject, sign } from 'node:crypto';

/** A CloudFront before the storage, and the key by which it knows what we have signed. */
export interface Cdn {
  url: string;
  keyId: string;
  privateKey: KeyObject;
}

// A signature takes half a millisecond; most pictures are asked for again and again.
const kept = 10_000;

/** Signs URLs, each for one file until a moment (CloudFront's canned policy); gives the same again for the same moment. */
export function createCdnSigner({ url, keyId, privateKey }: Cdn): (key: string, until: Date) => string {
  let signed = new Map<string, string>();
  let moment = 0;
  return (key, until) => {
    const expires = Math.floor(until.getTime() / 1000);
    if (expires !== moment || signed.size >= kept) signed = new Map();
    moment = expires;
    const found = signed.get(key);
    if (found) return found;
    const resource = `${url}/${key}`;
    const policy = `{"Statement":[{"Resource":"${resource}","Condition":{"DateLessThan":{"AWS:EpochTime":${expires}}}}]}`;
    // Base64 with the three signs that a query may hold.
    const signature = sign('sha1', Buffer.from(policy), privateKey)
      .toString('base64')
      .replace(/[+=/]/g, (sign) => ({ '+': '-', '=': '_', '/': '~' })[sign] ?? '');
    const whole = `${resource}?Expires=${expires}&Signature=${signature}&Key-Pair-Id=${keyId}`;
    signed.set(key, whole);
    return whole;
  };
}
