/*
 * What this browser keeps for somebody between pages: drafts, and posts that wait for a connection. Where it may keep nothing (private
 * windows, no room left) nothing is kept, and nothing fails.
 */

const database = 'socialhub';
const store = 'kept';

let opening: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(database, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(store);
    request.onsuccess = () => {
      // Another page's browser may want to clear it.
      request.result.onversionchange = () => {
        request.result.close();
        opening = undefined;
      };
      resolve(request.result);
    };
    request.onerror = () => reject(request.error);
  });
  opening.catch(() => {
    opening = undefined;
  });
  return opening;
}

async function run<Result>(
  mode: IDBTransactionMode,
  work: (all: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result | undefined> {
  try {
    const transaction = (await open()).transaction(store, mode);
    const request = work(transaction.objectStore(store));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
    return request.result;
  } catch {
    return undefined;
  }
}

/** Gives what is kept under a key; undefined when nothing is. Its form is the one of the page that kept it, maybe an older one. */
export const kept = (key: string): Promise<unknown> => run('readonly', (all) => all.get(key));

/** Gives all whose keys begin so. */
export const keptUnder = async (prefix: string): Promise<unknown[]> =>
  (await run('readonly', (all) => all.getAll(IDBKeyRange.bound(prefix, `${prefix}\uffff`)))) ?? [];

/** Keeps a value, which may have files in it. */
export const keep = async (key: string, value: unknown): Promise<void> =>
  void (await run('readwrite', (all) => all.put(value, key)));

export const forget = async (key: string): Promise<void> =>
  void (await run('readwrite', (all) => all.delete(key)));

/** Forgets all whose keys begin so. */
export const forgetUnder = async (prefix: string): Promise<void> =>
  void (await run('readwrite', (all) => all.delete(IDBKeyRange.bound(prefix, `${prefix}\uffff`))));

/** Forgets everything of everybody: somebody has signed out. */
export const forgetAll = async (): Promise<void> => void (await run('readwrite', (all) => all.clear()));
