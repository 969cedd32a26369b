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
