import { CodedError } from '@socialhub/platform/errors';
import type { ClientInfo, Viewer } from '@socialhub/platform/identity/identity';
import type { GatewayContext } from '../context.ts';
import type { VerifiedToken, VerifyAccessToken } from './access-token.ts';
import type { Revocation, RevokedTokens } from './revoked-tokens.ts';

/** Why a connection is closed: its client may come back, at once with a new token or a little later. */
export type CloseReason = 'forbidden' | 'expired' | Revocation | 'unavailable';

/** Whose session it is, told when it has to end. */
export interface SessionOwner {
  closeFor(reason: CloseReason): void;
}

/** Who is behind an open connection, for as long as the token is good that came with it. */
export interface ConnectionSession {
  /** For every operation of this connection; its viewer is always the present one. */
  readonly context: GatewayContext;
  /**
   * Takes the authorization of connection_init. Undefined: that of the handshake holds; without one the connection is
   * signed out. False: it is being closed.
   */
  signIn(authorization: unknown): Promise<boolean>;
  /** Takes a token that has been verified. */
  take(session: VerifiedToken): void;
  /** Takes a fresh token of the same person, be it of another of their sessions, so that the connection lives on. False: it is being closed. */
  renew(authorization: unknown): Promise<boolean>;
  /** The connection is closed. */
  end(): void;
}

/** Where a connection comes from. */
export interface SessionOrigin {
  client: ClientInfo;
  requestId: string;
  /** What its handshake said of who asks. A page cannot say it: nothing is sent here that a browser adds by itself. */
  authorization?: string | undefined;
}

/** The sessions of all connections that stay open. Each is told when its token expires or is revoked. */
export interface ConnectionSessions {
  open(owner: SessionOwner, from: SessionOrigin): ConnectionSession;
  stop(): void;
}

/** How late an expired token may be noticed; one look at all is cheaper than a timer for each. */
const lookMs = 250;

/** Without `verify` nobody is anybody, whatever token is sent. */
export function createConnectionSessions(options: {
  verify: VerifyAccessToken | undefined;
  revoked: RevokedTokens;
}): ConnectionSessions {
  const { verify, revoked } = options;
  const all = new Set<OpenSession>();
  const stopListening = revoked.listen(() => {
    for (const session of all) session.checkRevoked();
  });
  const look = setInterval(() => {
    const now = Date.now();
    for (const session of all) session.expire(now);
  }, lookMs).unref();
  const shared = { verify, revoked, all };
  return {
    open: (owner, from) => new OpenSession(shared, owner, from),
    stop() {
      clearInterval(look);
      stopListening();
    },
  };
}

interface SharedBySessions {
  verify: VerifyAccessToken | undefined;
  revoked: RevokedTokens;
  all: Set<OpenSession>;
}

/** A class and no closures: there are tens of thousands, and what each of them weighs counts. */
class OpenSession implements ConnectionSession {
  readonly context: GatewayContext;
  readonly client: ClientInfo;
  readonly requestId: string;
  readonly #shared: SharedBySessions;
  readonly #owner: SessionOwner;
  /** The handshake's authorization, until connection_init has come. */
  #offered: string | undefined;
  present: VerifiedToken | null = null;
  #gone: AbortController | true | undefined = undefined;

  constructor(shared: SharedBySessions, owner: SessionOwner, from: SessionOrigin) {
    this.#shared = shared;
    this.#owner = owner;
    this.client = from.client;
    this.requestId = from.requestId;
    this.#offered = from.authorization;
    this.context = new SessionContext(this);
    shared.all.add(this);
  }

  async signIn(given: unknown): Promise<boolean> {
    const authorization = given === undefined ? this.#offered : given;
    this.#offered = undefined;
    if (authorization === undefined || authorization === null || authorization === '') return true;
    if (!this.#shared.verify) return true;
    const next = await this.#verified(authorization);
    if (next) this.take(next);
    return next !== null;
  }

  take(session: VerifiedToken): void {
    this.present = session;
    // It may have been revoked after it was verified, while the rest of the request was read.
    this.checkRevoked();
  }

  async renew(authorization: unknown): Promise<boolean> {
    if (!this.#shared.verify) return true;
    const next = await this.#verified(authorization);
    if (!next) return false;
    const before = this.present?.viewer;
    if (next.viewer.userId !== before?.userId) {
      this.#owner.closeFor('forbidden');
      return false;
    }
    // What runs was allowed to somebody who might do other things. The session may be another: each tab has its own.
    if (viewerKey(next.viewer) !== viewerKey(before)) {
      this.#owner.closeFor('role changed');
      return false;
    }
    this.take(next);
    return true;
  }

  checkRevoked(): void {
    if (!this.present) return;
    const { revoked } = this.#shared;
    const why = revoked.isBlind() ? 'unavailable' : revoked.why(this.present.viewer);
    if (why) this.#owner.closeFor(why);
  }

  expire(now: number): void {
    if (this.present && this.present.expiresAt <= now) this.#owner.closeFor('expired');
  }

  end(): void {
    this.#shared.all.delete(this);
    if (this.#gone instanceof AbortController) this.#gone.abort();
    this.#gone = true;
  }

  get signal(): AbortSignal {
    if (this.#gone === true) return AbortSignal.abort();
    this.#gone ??= new AbortController();
    return this.#gone.signal;
  }

  async #verified(authorization: unknown): Promise<VerifiedToken | null> {
    const { verify } = this.#shared;
    if (typeof authorization !== 'string' || !verify) {
      this.#owner.closeFor('forbidden');
      return null;
    }
    try {
      return await verify(authorization);
    } catch (error) {
      if (!(error instanceof CodedError)) throw error;
      this.#owner.closeFor(error.code === 'UNAUTHENTICATED' ? 'forbidden' : 'unavailable');
      return null;
    }
  }
}

/** What it tells is looked up when it is asked, also through objects that inherit from it. */
class SessionContext implements GatewayContext {
  readonly session: OpenSession;

  constructor(session: OpenSession) {
    this.session = session;
  }

  get viewer(): Viewer | null {
    return this.session.present?.viewer ?? null;
  }

  get client(): ClientInfo {
    return this.session.client;
  }

  get requestId(): string {
    return this.session.requestId;
  }

  get signal(): AbortSignal {
    return this.session.signal;
  }
}

/**
 * Names everything about a viewer on which the answer of a subscription may depend. Not the session: nothing that a
 * subscription selects tells of it, and a socket may be carried on by another of its owner's.
 */
export const viewerKey = ({ userId, role, scopes }: Viewer): string => [userId, role, ...scopes].join(' ');
