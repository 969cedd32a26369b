import { hash } from 'node:crypto';
import type { Engine, LoadedSupergraph } from '@socialhub/federation-engine';
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLFormattedError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  parse,
  Source,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { GatewayContext } from '../context.ts';

/** An operation of a text that has been found valid: only what hangs on the request is left to do. */
export interface KnownOperation {
  document: DocumentNode;
  operation: OperationDefinitionNode;
  fragments: Readonly<Record<string, FragmentDefinitionNode>>;
}

/** A text that somebody has sent, with what is known of it. */
export interface KnownDocument {
  /** Empty where the text is not valid. */
  document: DocumentNode;
  faults: readonly GraphQLFormattedError[] | null;
  /** The schema that it was validated with. */
  schema: GraphQLSchema;
  /** As Apollo Server names the text. */
  queryHash: string;
  /** The operation that is meant; null where it is not said which. */
  operation(name: string | undefined): KnownOperation | null;
  bytes: number;
}

/**
 * What clients have sent before. A text that is new is parsed, measured and validated in the planning thread; who waits
 * for that is nobody but who sent it. What is wrong with a text is remembered as well.
 */
export interface Documents {
  find(query: string, schema: GraphQLSchema): KnownDocument | undefined;
  /** `pay` is called when a text is new, and may throw. Throws what Planning.validate throws. */
  study(query: string, context: GatewayContext, pay: () => void): Promise<KnownDocument>;
  /** The same by what `study` gave. */
  of(document: DocumentNode): KnownDocument | undefined;
  /** Whether nobody has paid for planning any of the document yet: who has had it validated has paid for that. */
  takePaid(document: DocumentNode): boolean;
}

/** Of texts and documents. */
const maxKeptBytes = 48_000_000;
/** What was measured: a token of a document with all that is kept of it, a document's own, a fault. */
const bytesOf = { token: 500, document: 2000, fault: 1000 };

export function createDocuments(
  engine: Pick<Engine<GatewayContext>, 'loaded' | 'validate'>,
  maxBytes = maxKeptBytes,
): Documents {
  const recent = new LRUCache<string, KnownDocument>({
    maxSize: maxBytes,
    sizeCalculation: ({ bytes }) => bytes,
  });
  const byDocument = new WeakMap<DocumentNode, KnownDocument>();
  const paid = new WeakSet<DocumentNode>();

  const find: Documents['find'] = (query, schema) => {
    const known = recent.get(query);
    return known?.schema === schema ? known : undefined;
  };

  const underWay = new Map<string, { schema: GraphQLSchema; known: Promise<KnownDocument> }>();

  async function validated(
    query: string,
    loaded: LoadedSupergraph,
    context: GatewayContext,
  ): Promise<KnownDocument> {
    const faults = await engine.validate(loaded, query, context);
    const known = read(query, loaded.schema, faults);
    byDocument.set(known.document, known);
    paid.add(known.document);
    recent.set(query, known);
    return known;
  }

  return {
    find,
    of: (document) => byDocument.get(document),
    takePaid: (document) => paid.delete(document),
    async study(query, context, pay) {
      const loaded = engine.loaded();
      const before = find(query, loaded.schema);
      if (before) return before;
      // Whoever sends the same meanwhile waits for the same.
      const waiting = underWay.get(query);
      if (waiting?.schema === loaded.schema) return waiting.known;
      pay();
      const known = validated(query, loaded, context);
      const entry = { schema: loaded.schema, known };
      underWay.set(query, entry);
      return known.finally(() => {
        if (underWay.get(query) === entry) underWay.delete(query);
      });
    },
  };
}

function read(
  query: string,
  schema: GraphQLSchema,
  faults: readonly GraphQLFormattedError[] | null,
): KnownDocument {
  const document: DocumentNode = faults
    ? { kind: Kind.DOCUMENT, definitions: [] }
    : parse(new Source(query, 'operation'));
  const fragments = fragmentsOf(document);
  const operations = new Map<string | undefined, KnownOperation | null>();
  return {
    document,
    faults,
    schema,
    queryHash: hash('sha256', query),
    operation(name) {
      let known = operations.get(name);
      if (known === undefined) {
        const operation = getOperationAST(document, name);
        known = operation && { document, operation, fragments };
        // Names that are not there are the clients' to invent.
        if (known) operations.set(name, known);
      }
      return known ?? null;
    },
    bytes:
      bytesOf.document +
      2 * query.length +
      (faults ? faults.length * bytesOf.fault : tokensOf(document) * bytesOf.token),
  };
}

function tokensOf({ loc }: DocumentNode): number {
  let count = 0;
  for (let token = loc?.startToken.next; token; token = token.next) count += 1;
  return count;
}

function fragmentsOf({ definitions }: DocumentNode): Record<string, FragmentDefinitionNode> {
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const node of definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments[node.name.value] = node;
  }
  return fragments;
}
