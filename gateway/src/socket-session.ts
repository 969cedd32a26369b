import { CodedError } from '@socialhub/platform/errors';
import type { ClientInfo } from '@socialhub/platform/identity';
import type { Session, VerifyAccessToken } from './access-token.ts';
import type { GatewayContext } from './context.ts';

/** Why a socket is closed: its client may come back, at once with a new token or a little later. */
export type CloseReason = 'forbidden' | 'expired' | 'session ended' | 'unavailable';

/** Who is behind a socket, for as long as the token is good that came with it. */
export interface SocketSession {
  /** For every operation of this socket; its viewer is always the present one. */
  readonly context: GatewayContext;
  /** Takes the authorization of connection_init; without one the socket is signed out. False: it is being closed. */
  signIn(authorization: unknown): Promise<boolean>;
  /** Takes a fresh token of the same person, so that the socket lives on. False: it is being closed. */
  renew(authorization: unknown): Promise<boolean>;
  /** Closes the socket if it belongs to this session. */
  revoke(sessionId: string): void;
  /** The socket is closed. */
  end(): void;
}

export function createSocketSession(options: {
  client: ClientInfo;
  requestId: string;
  /** Without it the socket is signed out whatever it brings. */
  verify: VerifyAccessToken | undefined;
  close: (reason: CloseReason) => void;
}): SocketSession {
  const { client, requestId, verify, close } = options;
  const gone = new AbortController();
  let session: Session | null = null;
  let expiry: NodeJS.Timeout | undefined;

  const take = (next: Session) => {
    session = next;
    clearTimeout(expiry);
    if (!gone.signal.aborted)
      expiry = setTimeout(() => close('expired'), Math.max(0, next.expiresAt - Date.now()));
  };

  const verified = async (verify: VerifyAccessToken, authorization: unknown): Promise<Session | null> => {
    if (typeof authorization !== 'string') {
      close('forbidden');
      return null;
    }
    try {
      return await verify(authorization);
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      close(error.code === 'UNAUTHENTICATED' ? 'forbidden' : 'unavailable');
      return null;
    }
  };

  return {
    context: {
      get viewer() {
        return session?.viewer ?? null;
      },
      client,
      requestId,
      signal: gone.signal,
    },
    async signIn(authorization) {
      if (!verify || authorization === undefined || authorization === null || authorization === '')
        return true;
      const next = await verified(verify, authorization);
      if (next) take(next);
      return next !== null;
    },
    async renew(authorization) {
      if (!verify) return true;
      const next = await verified(verify, authorization);
      if (!next) return false;
      if (next.viewer.userId !== session?.viewer.userId) {
        close('forbidden');
        return false;
      }
      take(next);
      return true;
    },
    revoke(sessionId) {
      if (session?.viewer.sessionId === sessionId) close('session ended');
    },
    end() {
      clearTimeout(expiry);
      gone.abort();
    },
  };
}
