import { watch } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { Logger } from '@socialhub/platform/log';
import { GraphQLError } from 'graphql';
import { emptyManifest, type Manifest, readManifest, sha256 } from './persisted-operations-manifest.ts';

/** What becomes of operations that are not on the list: nothing, a line in the log, a refusal. */
export const safelistModes = ['off', 'log-only', 'enforcing'] as const;
export type SafelistMode = (typeof safelistModes)[number];

export interface PersistedOperationsSettings {
  mode: SafelistMode;
  manifestFile: string | undefined;
}

/** As much of a request as says which operation is meant. */
export interface OperationSource {
  query?: string | undefined;
  operationName?: string | null | undefined;
  extensions?: Record<string, unknown> | null | undefined;
}

export interface FoundOperation {
  query: string | undefined;
  /** Keeps the text under its hash; to be called when the text may be kept. */
  remember(): void;
  /** Whether the manifest lists it. */
  isListed(): boolean;
}

/** Operations known by an id: those of the manifest, and while the list is not enforced those that clients have registered. */
export interface PersistedOperations {
  /** Reads the manifest and follows it. Throws when it can't be used; later a bad one is refused and the last good one stays. */
  start(): Promise<void>;
  /** Finds the text that is meant. Throws a GraphQLError: PERSISTED_QUERY_NOT_FOUND asks the client to send it whole. */
  find(source: OperationSource): FoundOperation;
  stop(): Promise<void>;
}

const settleMs = 100;
const pollMs = 5000;
const maxRegistered = 2000;
/** Of the texts together. */
const maxRegisteredChars = 8_000_000;
const maxTold = 1000;

export function createPersistedOperations(
  settings: PersistedOperationsSettings,
  log: Logger,
): PersistedOperations {
  const { mode, manifestFile } = settings;
  let manifest: Manifest = emptyManifest;
  const registered = createRegister();
  const told = new Set<string>();
  let unfollow: () => Promise<void> = async () => undefined;

  const tellUnlisted = (query: string, operationName: string | null | undefined) => {
    const id = sha256(query);
    if (told.has(id)) return;
    if (told.size >= maxTold) told.clear();
    told.add(id);
    log.warn({ id, operationName: operationName ?? null }, 'an operation is not on the list');
  };

  const listed = (query: string) => manifest.size > 0 && isListed(manifest, query);

  return {
    async start() {
      if (!manifestFile) return;
      manifest = readManifest(await readFile(manifestFile, 'utf8'));
      unfollow = follow(manifestFile, log, (next) => {
        manifest = next;
      });
    },
    find({ query, operationName, extensions }) {
      const id = idOf(extensions);
      if (!query) {
        if (id === undefined) return { query: undefined, remember: ignore, isListed: no };
        const body = manifest.bodyOf(id);
        if (body !== undefined) return { query: body, remember: ignore, isListed: yes };
        if (mode === 'enforcing') throw notListed();
        const text = registered.get(id);
        if (text === undefined) throw notFound();
        return { query: text, remember: ignore, isListed: () => listed(text) };
      }
      if (id !== undefined && manifest.bodyOf(id) !== query && sha256(query) !== id) {
        throw refused('BAD_USER_INPUT', 400, 'sha256Hash is not the hash of the query');
      }
      if (mode !== 'off' && !isListed(manifest, query)) {
        if (mode === 'enforcing') throw notListed();
        tellUnlisted(query, operationName);
      }
      const remember = id !== undefined && mode !== 'enforcing' ? () => registered.set(id, query) : ignore;
      return { query, remember, isListed: () => listed(query) };
    },
    stop: () => unfollow(),
  };
}

const ignore = () => undefined;
const yes = () => true;
const no = () => false;

function isListed(manifest: Manifest, query: string): boolean {
  try {
    return manifest.has(query);
  } catch (error) {
    // What has no tokens at all is no operation; whoever parses it says so, if it comes to that.
    if (error instanceof GraphQLError) return false;
    throw error;
  }
}

/** `{ persistedQuery: { version: 1, sha256Hash } }`. */
function idOf(extensions: Record<string, unknown> | null | undefined): string | undefined {
  const given = extensions?.persistedQuery;
  if (given === undefined || given === null) return undefined;
  const { version, sha256Hash } = given as { version?: unknown; sha256Hash?: unknown };
  if (version !== 1 || typeof sha256Hash !== 'string' || sha256Hash === '' || sha256Hash.length > 200) {
    throw refused('BAD_USER_INPUT', 400, 'extensions.persistedQuery has to have version 1 and a sha256Hash');
  }
  return sha256Hash;
}

const refused = (code: string, status: number, message: string) =>
  new GraphQLError(message, { extensions: { code, http: { status } } });

/** The words and the status that clients of automatic persisted queries know. */
const notFound = () => refused('PERSISTED_QUERY_NOT_FOUND', 200, 'PersistedQueryNotFound');

const notListed = () =>
  refused('FORBIDDEN', 403, 'The operation is not on the list of those that are served');

/** Texts by their hashes, as many as fit; those that were used least lately go first. */
function createRegister() {
  const texts = new Map<string, string>();
  let chars = 0;
  const drop = (id: string) => {
    chars -= texts.get(id)?.length ?? 0;
    texts.delete(id);
  };
  return {
    get(id: string): string | undefined {
      const text = texts.get(id);
      if (text !== undefined) {
        texts.delete(id);
        texts.set(id, text);
      }
      return text;
    },
    set(id: string, text: string): void {
      drop(id);
      texts.set(id, text);
      chars += text.length;
      for (const oldest of texts.keys()) {
        if (texts.size <= maxRegistered && chars <= maxRegisteredChars) return;
        drop(oldest);
      }
    },
  };
}

/** Takes over each good version of the file; the folder is watched, since a file is often replaced by renaming. */
function follow(file: string, log: Logger, take: (manifest: Manifest) => void): () => Promise<void> {
  let lastText: string | undefined;
  let queue = Promise.resolve();
  const reload = async () => {
    try {
      const text = await readFile(file, 'utf8');
      if (text === lastText) return;
      const isFirst = lastText === undefined;
      lastText = text;
      const manifest = readManifest(text);
      take(manifest);
      if (!isFirst) log.info({ file, operations: manifest.size }, 'the list of operations is taken over');
    } catch (error) {
      log.error({ file, err: error }, 'the list of operations is refused; the last good one stays');
    }
  };
  const enqueue = () => {
    queue = queue.then(reload);
  };
  let settle: NodeJS.Timeout | undefined;
  const watcher = watch(dirname(file), { persistent: false }, (_event, name) => {
    if (name !== null && name !== basename(file)) return;
    clearTimeout(settle);
    settle = setTimeout(enqueue, settleMs);
  });
  watcher.on('error', (error) => log.warn({ file, err: error }, 'the list of operations is polled only'));
  const poll = setInterval(enqueue, pollMs).unref();
  enqueue();
  return async () => {
    watcher.close();
    clearInterval(poll);
    clearTimeout(settle);
    await queue;
  };
}
