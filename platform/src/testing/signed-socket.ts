import { WebSocket } from 'ws';
import { IDENTITY_HEADER } from '../identity/identity-signer.ts';

/** A WebSocket whose handshake is signed as the gateway's is. */
export const signedSocket = (identity: string) =>
  class extends WebSocket {
    constructor(url: string, protocols: string | string[]) {
      super(url, protocols, { headers: { [IDENTITY_HEADER]: identity } });
    }
  };
