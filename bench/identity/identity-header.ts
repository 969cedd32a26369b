import { createIdentitySigner, deriveIdentityKeys } from '@socialhub/platform/identity/identity-signer';
import { createIdentityVerifier } from '@socialhub/platform/identity/identity-verifier';
import { uuidv7 } from '@socialhub/platform/ids';
import { speedOf } from '../measure/operations.ts';
import { given, hand } from './part.ts';

/** Signs and verifies what the gateway tells a subgraph, under two keys as during a change of them. */
const { seconds } = given<{ seconds: number }>();
const master = ['k2', 'k1'].map((id) => ({ id, secret: `${id} of the benchmark, of thirty-two characters` }));
const keys = deriveIdentityKeys(master, 'post');
const sign = createIdentitySigner(keys, 'post');
const verify = createIdentityVerifier(keys, 'post');
const identities = Array.from({ length: 1000 }, () => ({
  viewer: { userId: uuidv7(), sessionId: uuidv7(), role: 'MEMBER' as const, scopes: [] },
  client: {
    ipAddress: '192.0.2.7',
    userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Safari/537.36',
  },
}));
const identityAt = (at: number) => identities[at % identities.length] as (typeof identities)[number];
const signing = await speedOf(seconds, (at) => sign(identityAt(at)));
const headers = identities.map(sign);
const verifying = await speedOf(seconds, (at) => verify(headers[at % headers.length]));
hand({ 'identity header: sign': signing, 'identity header: verify': verifying });
