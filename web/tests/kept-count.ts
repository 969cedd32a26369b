/** Run in a page: how many things it keeps between pages. */
export const keptCount = (): Promise<number> =>
  new Promise<number>((resolve, reject) => {
    const request = indexedDB.open('socialhub');
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const { result } = request;
      const count = result.transaction('kept').objectStore('kept').count();
      count.onsuccess = () => {
        result.close();
        resolve(count.result);
      };
    };
  });

/** Run in a page: keeps what the outboxes had that were there before (0221). */
export const keepEarlier = (): Promise<void> =>
  new Promise<void>((resolve, reject) => {
    const request = indexedDB.open('socialhub');
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const { result } = request;
      const transaction = result.transaction('kept', 'readwrite');
      for (const key of ['outbox somebody 000000000000001', 'message somebody a-key'])
        transaction.objectStore('kept').put({ text: 'Earlier' }, key);
      transaction.oncomplete = () => {
        result.close();
        resolve();
      };
    };
  });
