import { TOKEN_HEADER, TOKEN_PATH } from '../session/token-request.ts';
import type { SessionChannel, TokenNews } from './session-channel.ts';

/** Nobody is signed in in this browser any more, or somebody else is than the page was made for. */
export class SignedOut extends Error {}

/** The access token of this browser's session: in memory alone, renewed by one tab for all. */
export interface AccessToken {
  /** A token that is good. Throws SignedOut, or an Error while the web cannot be asked. */
  get(): Promise<string>;
  /** The gateway refused it: the next one is another, or nobody is signed in. */
  doubt(): void;
  /** Calls back with each new token. */
  onNew(listener: (token: string) => void): void;
  stop(): void;
}

interface Given {
  accessToken: string;
  /** In the page's own time, whatever its clock shows. */
  renewAt: number;
}

/** The web gives another token half a minute before the end of one. */
const beforeEndMs = 25_000;
/** Of tabs that renew at once one asks, and the others are told. */
const lock = 'socialhub-token';
const retryMs = 5_000;

/** For pages of that person: a token of whoever signed in since is none of theirs. `onSignedOut` is told that they are signed in no more. */
export function createAccessToken(
  channel: SessionChannel,
  viewerId: string,
  onSignedOut: () => void,
): AccessToken {
  const listeners = new Set<(token: string) => void>();
  let given: Given | null = null;
  let asking: Promise<string> | null = null;
  let isDoubted = false;
  let isOver = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const isGood = (token: Given | null): token is Given => token !== null && performance.now() < token.renewAt;

  function take(accessToken: string, expiresIn: number): string {
    const isNew = given?.accessToken !== accessToken;
    const goodForMs = Math.max(expiresIn * 1000 - beforeEndMs, retryMs);
    given = { accessToken, renewAt: performance.now() + goodForMs };
    isDoubted = false;
    // Renewed in time, so that an open socket goes on.
    clearTimeout(timer);
    timer = setTimeout(renewInTime, goodForMs);
    if (isNew) for (const listener of listeners) listener(accessToken);
    return accessToken;
  }

  function renewInTime(): void {
    ask().catch((error: unknown) => {
      if (!(error instanceof SignedOut)) timer = setTimeout(renewInTime, retryMs);
    });
  }

  async function fetchToken(): Promise<string> {
    // Another tab may have renewed it while this one waited for its turn.
    if (!isDoubted && isGood(given)) return given.accessToken;
    const headers = { [TOKEN_HEADER]: isDoubted ? 'doubted' : 'current' };
    const response = await fetch(TOKEN_PATH, { method: 'POST', headers, cache: 'no-store' });
    if (response.status === 204) throw new SignedOut();
    if (!response.ok) throw new Error(`the web answered ${response.status}`);
    if (isOver) throw new SignedOut();
    const news = (await response.json()) as TokenNews;
    channel.tell(news);
    if (news.viewerId !== viewerId) throw new SignedOut();
    return take(news.accessToken, news.expiresIn);
  }

  function ask(): Promise<string> {
    asking ??= inTurn(fetchToken)
      .catch((error: unknown) => {
        if (error instanceof SignedOut && !isOver) onSignedOut();
        throw error;
      })
      .finally(() => {
        asking = null;
      });
    return asking;
  }

  channel.onToken(({ accessToken, expiresIn, ...whose }) => {
    if (!isOver && whose.viewerId === viewerId) take(accessToken, expiresIn);
  });

  return {
    async get() {
      // Whoever is signed in by now may be somebody else.
      if (isOver) throw new SignedOut();
      return !isDoubted && isGood(given) ? given.accessToken : ask();
    },
    doubt() {
      isDoubted = true;
    },
    onNew: (listener) => void listeners.add(listener),
    stop() {
      isOver = true;
      clearTimeout(timer);
      given = null;
      listeners.clear();
    },
  };
}

/** Pages without TLS that are not on this machine have no locks: each tab asks for itself then. */
const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> =>
  navigator.locks ? navigator.locks.request(lock, work) : work();
