import { hash } from 'node:crypto';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  parse,
  Source,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { fragmentsOf } from './documents/fragments.ts';
import type { LoadedSupergraph } from './loaded-supergraph.ts';

/** An operation that is valid: only what hangs on the request is left to do. */
export interface PreparedOperation {
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** The version of the supergraph that it was validated against. */
  readonly supergraph: LoadedSupergraph;
}

/** A text that somebody has sent, with what is known of it. */
export interface PreparedDocument {
  /** Empty where the text is not valid. */
  readonly document: DocumentNode;
  readonly faults: readonly GraphQLFormattedError[] | null;
  /** The version of the supergraph that it was validated against. */
  readonly supergraph: LoadedSupergraph;
  /** SHA-256 of the text. */
  readonly hash: string;
  /** The operation that is meant; null where it is not said which. */
  operation(name: string | undefined): PreparedOperation | null;
  /** In memory, about. */
  readonly bytes: number;
}

/**
 * What clients have sent before. A text that is new is parsed, measured and validated in the planning thread; who waits
 * for that is nobody but who sent it. What is wrong with a text is remembered as well.
 */
export interface Documents<Context> {
  /** Answers at once for a text that is known; `pay` is called when it is new, and may throw. Throws what Planning.validate throws. */
  prepare(text: string, context: Context, pay: () => void): PreparedDocument | Promise<PreparedDocument>;
  /** Whether nobody has paid for planning any of the document yet: who has had it validated has paid for that. */
  takePaid(document: DocumentNode): boolean;
}

/** Of texts and documents. */
const maxKeptBytes = 48_000_000;
/** What was measured: a token of a document with all that is kept of it, a document's own, a fault. */
const bytesOf = { token: 500, document: 2000, fault: 1000 };

export function createDocuments<Context>(
  loadedNow: () => LoadedSupergraph,
  askerOf: (context: Context) => string,
): Documents<Context> {
  const recent = new LRUCache<string, PreparedDocument>({
    maxSize: maxKeptBytes,
    sizeCalculation: ({ bytes }) => bytes,
  });
  const paid = new WeakSet<DocumentNode>();
  const underWay = new Map<string, { schema: GraphQLSchema; prepared: Promise<PreparedDocument> }>();

  async function validated(
    text: string,
    loaded: LoadedSupergraph,
    context: Context,
  ): Promise<PreparedDocument> {
    const faults = await loaded.planning.validate(text, askerOf(context));
    const prepared = read(text, loaded, faults);
    paid.add(prepared.document);
    recent.set(text, prepared);
    return prepared;
  }

  const study = (text: string, loaded: LoadedSupergraph, context: Context, pay: () => void) => {
    const { schema } = loaded;
    // Whoever sends the same meanwhile waits for the same.
    const waiting = underWay.get(text);
    if (waiting?.schema === schema) return waiting.prepared;
    pay();
    const prepared = validated(text, loaded, context);
    const entry = { schema, prepared };
    underWay.set(text, entry);
    return prepared.finally(() => {
      if (underWay.get(text) === entry) underWay.delete(text);
    });
  };

  return {
    takePaid: (document) => paid.delete(document),
    prepare(text, context, pay) {
      const loaded = loadedNow();
      const known = recent.get(text);
      if (known?.supergraph === loaded) return known;
      if (known?.supergraph.schema !== loaded.schema) return study(text, loaded, context, pay);
      // What a schema's directives let people have changes without the schema.
      const renewed = preparedFor(loaded, known);
      recent.set(text, renewed);
      return renewed;
    },
  };
}

/**
 * The same operation for another version of the supergraph. Throws GraphQLError with code BAD_USER_INPUT where it does not
 * fit any more.
 */
export function prepareAgain(prepared: PreparedOperation, supergraph: LoadedSupergraph): PreparedOperation {
  if (prepared.supergraph === supergraph) return prepared;
  if (prepared.supergraph.schema !== supergraph.schema) {
    const [fault] = validate(supergraph.servedSchema, prepared.document, undefined, { maxErrors: 1 });
    if (fault) {
      const extensions = { code: 'BAD_USER_INPUT', http: { status: 400 } };
      throw new GraphQLError(fault.message, { extensions });
    }
  }
  return { ...prepared, supergraph };
}

function read(
  text: string,
  supergraph: LoadedSupergraph,
  faults: readonly GraphQLFormattedError[] | null,
): PreparedDocument {
  const document: DocumentNode = faults
    ? { kind: Kind.DOCUMENT, definitions: [] }
    : parse(new Source(text, 'operation'));
  const bytes =
    bytesOf.document +
    2 * text.length +
    (faults ? faults.length * bytesOf.fault : tokensOf(document) * bytesOf.token);
  return preparedFor(supergraph, { document, faults, hash: hash('sha256', text), bytes });
}

function preparedFor(
  supergraph: LoadedSupergraph,
  { document, faults, hash, bytes }: Pick<PreparedDocument, 'document' | 'faults' | 'hash' | 'bytes'>,
): PreparedDocument {
  const fragments = fragmentsOf(document);
  const operations = new Map<string | undefined, PreparedOperation>();
  return {
    document,
    faults,
    supergraph,
    hash,
    bytes,
    operation(name) {
      const known = operations.get(name);
      if (known) return known;
      const operation = getOperationAST(document, name);
      if (!operation) return null;
      const prepared = { document, operation, fragments, supergraph };
      // Names that are not there are the clients' to invent.
      operations.set(name, prepared);
      return prepared;
    },
  };
}

function tokensOf({ loc }: DocumentNode): number {
  let count = 0;
  for (let token = loc?.startToken.next; token; token = token.next) count += 1;
  return count;
}
