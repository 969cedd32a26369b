/** Where the text of a supergraph comes from. */
export interface SupergraphSource {
  /** Names it in logs and errors. */
  readonly name: string;
  /** The text; null when it is known to be that of last time. Throws SupergraphUnreadable. */
  read(): Promise<string | null>;
  /** Tells when the text may have changed, until the given function is called. */
  follow(mayHaveChanged: () => void): () => void;
}

/** There is no text to be had, with the reason. */
export class SupergraphUnreadable extends Error {
  override readonly name = 'SupergraphUnreadable';
}
