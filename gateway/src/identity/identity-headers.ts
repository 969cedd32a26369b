import type { Identity, Viewer } from '@socialhub/platform/identity/identity';
import {
  createIdentitySigner,
  deriveIdentityKeys,
  IDENTITY_HEADER,
  type IdentityKey,
} from '@socialhub/platform/identity/identity-signer';
import { REQUEST_ID_HEADER } from '@socialhub/platform/log';
import type { GatewayContext } from '../context.ts';

/** What was signed for an operation serves its other fetches from the same subgraph for so long, of the minute for which it is good. */
const reuseMs = 5_000;

interface Vouched {
  viewer: Viewer | null;
  at: number;
  bySubgraph: Map<string, string>;
}

/** Vouches for an operation's viewer towards a subgraph: as headers of a fetch, as extensions of a subscription. */
export function createIdentityHeaders(masterKeys: readonly IdentityKey[]) {
  const signers = new Map<string, (identity: Identity) => string>();
  const vouched = new WeakMap<GatewayContext, Vouched>();

  const sign = (subgraph: string, identity: Identity): string => {
    let signer = signers.get(subgraph);
    if (!signer) {
      signer = createIdentitySigner(deriveIdentityKeys(masterKeys, subgraph), subgraph);
      signers.set(subgraph, signer);
    }
    return signer(identity);
  };

  /** A plan may ask one subgraph a dozen times. A socket's viewer can be another one from one event to the next. */
  const signOnce = (subgraph: string, context: GatewayContext): string => {
    const { viewer, client } = context;
    const now = Date.now();
    let known = vouched.get(context);
    if (!known || known.viewer !== viewer || now - known.at >= reuseMs) {
      known = { viewer, at: now, bySubgraph: new Map() };
      vouched.set(context, known);
    }
    let signed = known.bySubgraph.get(subgraph);
    if (signed === undefined) {
      signed = sign(subgraph, { viewer, client });
      known.bySubgraph.set(subgraph, signed);
    }
    return signed;
  };

  return {
    headersFor: (subgraph: string, context: GatewayContext): Record<string, string> => ({
      [IDENTITY_HEADER]: signOnce(subgraph, context),
      [REQUEST_ID_HEADER]: context.requestId,
    }),
    // Which operations come over it, and whose, nobody knows yet.
    handshakeHeadersFor: (subgraph: string): Record<string, string> => ({
      [IDENTITY_HEADER]: sign(subgraph, { viewer: null, client: { ipAddress: null, userAgent: null } }),
    }),
    // A stream begins when it was asked for, by what this says: each has its own.
    extensionsFor: (
      subgraph: string,
      { viewer, client, requestId, stream }: GatewayContext,
    ): Record<string, unknown> => ({
      identity: sign(subgraph, { viewer, client, ...(stream && { askedAt: stream.askedAt }) }),
      requestId,
    }),
  };
}
