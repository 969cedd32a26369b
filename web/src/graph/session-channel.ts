/** A token that a tab was given, for the others. */
export interface TokenNews {
  accessToken: string;
  /** Whose it is. */
  viewerId: string | null;
  expiresIn: number;
}

/** Whom a tab shows as signed in; null: nobody. */
interface ViewerNews {
  viewerId: string | null;
}

/** What the tabs of one browser tell each other of its session. */
export interface SessionChannel {
  tell(news: TokenNews | ViewerNews): void;
  onToken(listener: (news: TokenNews) => void): void;
  onViewer(listener: (viewerId: string | null) => void): void;
  close(): void;
}

/** Opens the channel. What is said on it comes from pages of this origin alone. */
export function openSessionChannel(): SessionChannel {
  const channel = new BroadcastChannel('socialhub-session');
  const listen = (take: (news: TokenNews | ViewerNews) => void) =>
    channel.addEventListener('message', ({ data }: MessageEvent<TokenNews | ViewerNews>) => take(data));
  return {
    tell: (news) => channel.postMessage(news),
    onToken: (listener) => listen((news) => 'accessToken' in news && listener(news)),
    onViewer: (listener) => listen((news) => !('accessToken' in news) && listener(news.viewerId)),
    close: () => channel.close(),
  };
}
