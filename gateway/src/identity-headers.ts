import {
  createIdentitySigner,
  deriveIdentityKeys,
  IDENTITY_HEADER,
  type Identity,
  type IdentityKey,
} from '@socialhub/platform/identity';
import { REQUEST_ID_HEADER } from '@socialhub/platform/log';
import type { GatewayContext } from './context.ts';

/** Vouches for an operation's viewer towards a subgraph: as headers of a fetch, as extensions of a subscription. */
export function createIdentityHeaders(masterKeys: readonly IdentityKey[]) {
  const signers = new Map<string, (identity: Identity) => string>();

  const sign = (subgraph: string, { viewer, client }: GatewayContext): string => {
    let signer = signers.get(subgraph);
    if (!signer) {
      signer = createIdentitySigner(deriveIdentityKeys(masterKeys, subgraph), subgraph);
      signers.set(subgraph, signer);
    }
    return signer({ viewer, client });
  };

  return {
    headersFor: (subgraph: string, context: GatewayContext): Record<string, string> => ({
      [IDENTITY_HEADER]: sign(subgraph, context),
      [REQUEST_ID_HEADER]: context.requestId,
    }),
    extensionsFor: (subgraph: string, context: GatewayContext): Record<string, unknown> => ({
      identity: sign(subgraph, context),
      requestId: context.requestId,
    }),
  };
}
