import { textsNow } from '#texts';
import type { Graph } from '../../graph/client.ts';
import { randomKey } from '../../text/random-key.ts';

export type UploadState =
  | { kind: 'sending'; sent: number }
  | { kind: 'ready'; mediaId: string }
  | { kind: 'failed'; message: string; canRetry: boolean };

/** A file that somebody chose, and what became of it. */
export interface Upload {
  key: string;
  file: File;
  /** Its address in this page. */
  preview: string;
  /** What it shows, as its owner says. */
  altText: string;
  state: UploadState;
}

/** What a list can be made of again. */
export type KeptUpload = Pick<Upload, 'key' | 'file' | 'altText'> & { mediaId: string | null };

/** Files that somebody chose, in their order; each is uploaded as soon as the graph is here. */
export interface UploadList {
  items(): readonly Upload[];
  subscribe(listener: () => void): () => void;
  connect(graph: Graph | null): void;
  /** Takes as many as there is room for; says whether all were. */
  add(files: Iterable<File>): Promise<boolean>;
  restore(kept: readonly KeptUpload[]): void;
  describe(key: string, altText: string): void;
  move(key: string, by: -1 | 1): void;
  retry(key: string): void;
  /** Stops it, and takes away what is uploaded. */
  remove(key: string): void;
  /** Waits until each is uploaded and described, and gives their media's ids. Throws an Error with words for people. */
  settled(): Promise<string[]>;
  /** Forgets all, and leaves what is uploaded, or will be: it is used. */
  clear(): void;
}

const load = () => import('./upload.ts');

/** What the graph takes on a post or a message, until it has said so. */
const usualMost = 4;
/** Without the graph nothing is sent. It is here a moment after the page, or never. */
const graphMs = 10_000;

/** Makes an empty list: for `most` files, and no more than a post or a message takes. */
export function createUploadList(most: number): UploadList {
  const listeners = new Set<() => void>();
  const running = new Map<string, AbortController>();
  /** What the graph was told of each. */
  const described = new Map<string, string>();
  let items: readonly Upload[] = [];
  let graph: Graph | null = null;

  function change(next: readonly Upload[]): void {
    items = next;
    for (const listener of listeners) listener();
  }

  const update = (key: string, part: Partial<Upload>) =>
    change(items.map((item) => (item.key === key ? { ...item, ...part } : item)));

  const itemOf = (key: string) => items.find((item) => item.key === key);

  async function send(key: string, file: File, through: Graph): Promise<void> {
    const abort = new AbortController();
    const { signal } = abort;
    running.set(key, abort);
    const show = (sent: number) => {
      if (!signal.aborted) update(key, { state: { kind: 'sending', sent } });
    };
    try {
      const mediaId = await (await load()).upload(through, file, { key, signal, show });
      if (!signal.aborted) update(key, { state: { kind: 'ready', mediaId } });
    } catch (error) {
      if (!signal.aborted) update(key, { state: await stateOf(error) });
    } finally {
      running.delete(key);
    }
  }

  const mostTaken = async (): Promise<number> => {
    if (!graph) return usualMost;
    const through = graph;
    return load()
      .then(({ mediaLimits }) => mediaLimits(through))
      .then(
        ({ maxPerPost }) => maxPerPost,
        () => usualMost,
      );
  };

  const untilSent = (): Promise<void> =>
    new Promise((resolve) => {
      const isOver = () => items.every(({ state }) => state.kind !== 'sending');
      const timer = setTimeout(() => !graph && end(), graphMs);
      const end = () => {
        clearTimeout(timer);
        listeners.delete(look);
        resolve();
      };
      const look = () => isOver() && end();
      listeners.add(look);
      look();
    });

  function begin(): void {
    if (!graph) return;
    for (const { key, file, state } of items) {
      if (state.kind === 'sending' && !running.has(key)) void send(key, file, graph);
    }
  }

  function take(kept: readonly KeptUpload[]): void {
    const added = kept.map(({ mediaId, ...item }): Upload => {
      const state: UploadState = mediaId === null ? { kind: 'sending', sent: 0 } : { kind: 'ready', mediaId };
      return { ...item, state, preview: URL.createObjectURL(item.file) };
    });
    change([...items, ...added]);
    begin();
  }

  function forget(gone: readonly Upload[]): void {
    for (const { preview } of gone) URL.revokeObjectURL(preview);
    change(items.filter((item) => !gone.includes(item)));
  }

  return {
    items: () => items,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    connect(next) {
      graph = next;
      begin();
    },
    async add(files) {
      const chosen = [...files];
      const room = Math.max(0, Math.min(most, await mostTaken()) - items.length);
      const taken = chosen.slice(0, room);
      if (taken.length > 0)
        take(taken.map((file) => ({ key: randomKey(), file, altText: '', mediaId: null })));
      return taken.length === chosen.length;
    },
    restore: take,
    async settled() {
      await untilSent();
      const sent = items.flatMap(({ key, altText, state }) =>
        state.kind === 'ready' ? [{ key, altText, mediaId: state.mediaId }] : [],
      );
      if (sent.length < items.length || (sent.length > 0 && !graph)) {
        throw new Error((await textsNow('uploads'))('notSent'));
      }
      for (const { key, altText, mediaId } of sent) {
        if (!graph || altText === (described.get(key) ?? '')) continue;
        await (await load()).describe(graph, mediaId, altText);
        described.set(key, altText);
      }
      return sent.map(({ mediaId }) => mediaId);
    },
    describe: (key, altText) => update(key, { altText }),
    move(key, by) {
      const from = items.findIndex((item) => item.key === key);
      const next = [...items];
      const [item] = next.splice(from, 1);
      if (!item) return;
      next.splice(Math.max(0, from + by), 0, item);
      change(next);
    },
    retry(key) {
      update(key, { state: { kind: 'sending', sent: 0 } });
      begin();
    },
    remove(key) {
      const item = itemOf(key);
      if (!item) return;
      running.get(key)?.abort();
      forget([item]);
      const { state } = item;
      if (graph && state.kind === 'ready') {
        const through = graph;
        load().then(
          ({ discard }) => discard(through, state.mediaId),
          () => undefined,
        );
      }
    },
    clear: () => forget(items),
  };
}

/** A chunk that does not load is told as a line that is cut. */
async function stateOf(error: unknown): Promise<UploadState> {
  const isFault = error instanceof Error && error.name === 'UploadFault' && 'canRetry' in error;
  if (isFault) return { kind: 'failed', message: error.message, canRetry: error.canRetry === true };
  return { kind: 'failed', message: (await textsNow('uploads'))('lineIsCut'), canRetry: true };
}
