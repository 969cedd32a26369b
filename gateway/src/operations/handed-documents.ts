import type { DocumentNode } from 'graphql';
import type { KnownDocument } from './documents.ts';

/** Apollo Server's store of documents, as far as it looks into it; its keys end with a text's hash. */
interface DocumentStore {
  get(key: string): Promise<DocumentNode | undefined>;
  set(): Promise<void>;
  delete(): Promise<boolean>;
}

/** Hands documents that are known to Apollo Server, which then neither parses nor validates; it keeps none itself. */
export function createHandedDocuments() {
  const handed = new Map<string, { document: DocumentNode; times: number }>();
  const store: DocumentStore = {
    get: async (key) => handed.get(key.slice(key.lastIndexOf(':') + 1))?.document,
    set: async () => undefined,
    delete: async () => false,
  };
  return {
    store,
    /** Has a document there until the given function is called. */
    hold({ queryHash, document }: Pick<KnownDocument, 'queryHash' | 'document'>): () => void {
      const entry = handed.get(queryHash) ?? { document, times: 0 };
      entry.times += 1;
      // After a change of the schema it is the one that was validated last.
      entry.document = document;
      handed.set(queryHash, entry);
      return () => {
        entry.times -= 1;
        if (entry.times === 0) handed.delete(queryHash);
      };
    },
  };
}
