import type { PreparedDocument } from '@socialhub/federation-engine';
import type { DocumentNode } from 'graphql';

/** Apollo Server's store of documents, as far as it looks into it; its keys end with a text's hash. */
interface DocumentStore {
  get(key: string): Promise<DocumentNode | undefined>;
  set(): Promise<void>;
  delete(): Promise<boolean>;
}

/** Hands documents that are known to Apollo Server, which then neither parses nor validates; it keeps none itself. */
export function createHandedDocuments() {
  const handed = new Map<string, { prepared: PreparedDocument; times: number }>();
  const byDocument = new WeakMap<DocumentNode, PreparedDocument>();
  const store: DocumentStore = {
    get: async (key) => handed.get(key.slice(key.lastIndexOf(':') + 1))?.prepared.document,
    set: async () => undefined,
    delete: async () => false,
  };
  return {
    store,
    /** What is known of a document that is or was held. */
    of: (document: DocumentNode) => byDocument.get(document),
    /** Has a document there until the given function is called. */
    hold(prepared: PreparedDocument): () => void {
      const { hash } = prepared;
      byDocument.set(prepared.document, prepared);
      const entry = handed.get(hash) ?? { prepared, times: 0 };
      entry.times += 1;
      // After a change of the schema it is the one that was validated last.
      entry.prepared = prepared;
      handed.set(hash, entry);
      return () => {
        entry.times -= 1;
        if (entry.times === 0) handed.delete(hash);
      };
    },
  };
}

export type HandedDocuments = ReturnType<typeof createHandedDocuments>;
