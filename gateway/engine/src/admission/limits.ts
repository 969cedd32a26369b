import {
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  parse,
  type SelectionSetNode,
  Source,
  visit,
} from 'graphql';
import { deferOf } from '../documents/defer-directive.ts';
import { checkSubscriptionRoots } from './subscription-root.ts';

/** How large an operation may be. */
export interface Limits {
  /** Lexical tokens of the document. */
  tokens: number;
  /** Levels of fields, fragments expanded. */
  depth: number;
  /** Levels of selection sets, those of fragments too: how deep whatever walks the document has to go. */
  nesting: number;
  /** Fields, fragments expanded: what a plan has to be made for. */
  fields: number;
  /** Fields at the top of an operation, fragments expanded. */
  rootFields: number;
  /** Aliases in the document. */
  aliases: number;
  /** Directives in the document. */
  directives: number;
  /** Deferred fragments, fragments expanded: parts of an answer. */
  deferred: number;
}

export const defaultLimits: Limits = {
  tokens: 4000,
  depth: 15,
  nesting: 60,
  fields: 2000,
  rootFields: 20,
  aliases: 30,
  directives: 50,
  deferred: 50,
};

/**
 * Parses a document and measures it before anything else looks at it: validation itself takes time that grows
 * faster than the document. Throws a GraphQLError with code BAD_USER_INPUT that names the limit, or what the
 * parser found, or a condition where a subscription may have none.
 */
export function parseWithin(source: string, limits: Limits): DocumentNode {
  let document: DocumentNode;
  try {
    document = parse(new Source(source, 'operation'), { maxTokens: limits.tokens });
  } catch (error) {
    if (error instanceof GraphQLError) {
      throw isTokenLimit(error, source, limits) ? tooLarge('tokens', limits.tokens) : asBadInput(error);
    }
    // The parser is recursive: nesting that the stack can't hold ends here.
    if (error instanceof RangeError) throw tooLarge('nested selections', limits.nesting);
    throw error;
  }
  checkLimits(document, limits);
  checkSubscriptionRoots(document);
  return document;
}

/**
 * Measures a parsed document; throws as `parseWithin` does. Linear in the document: every fragment is measured
 * once, and one that contains itself, which validation refuses later, counts once.
 */
export function checkLimits(document: DocumentNode, limits: Limits): void {
  let aliases = 0;
  let directives = 0;
  const fragments = new Map<string, FragmentDefinitionNode>();
  visit(document, {
    enter(node) {
      if (node.kind === 'FragmentDefinition') fragments.set(node.name.value, node);
      else if (node.kind === 'Directive') directives += 1;
      else if (node.kind === 'Field' && node.alias) aliases += 1;
      else if (node.kind === 'VariableDefinition') checkName(node.variable.name.value);
    },
  });
  refuseOver('aliases', aliases, limits.aliases);
  refuseOver('directives', directives, limits.directives);

  const measure = createMeasure(fragments);
  for (const node of document.definitions) {
    if (node.kind !== 'OperationDefinition') continue;
    const size = measure(node.selectionSet);
    refuseOver('nested levels', size.depth, limits.depth);
    refuseOver('nested selections', size.nesting, limits.nesting);
    refuseOver('root fields', size.width, limits.rootFields);
    refuseOver('fields', size.fields, limits.fields);
    refuseOver('deferred fragments', size.deferred, limits.deferred);
  }
}

interface Size {
  depth: number;
  nesting: number;
  /** Fields at this level. */
  width: number;
  /** Fields at this level and below. */
  fields: number;
  /** Fragments with `@defer` at this level and below. */
  deferred: number;
}

function createMeasure(fragments: ReadonlyMap<string, FragmentDefinitionNode>) {
  const measured = new Map<string, Size>();
  const nothing: Size = { depth: 0, nesting: 0, width: 0, fields: 0, deferred: 0 };

  const measureFragment = (name: string): Size => {
    const known = measured.get(name);
    if (known) return known;
    const fragment = fragments.get(name);
    if (!fragment) return nothing;
    measured.set(name, nothing);
    const size = measure(fragment.selectionSet);
    measured.set(name, size);
    return size;
  };

  const measure = (set: SelectionSetNode): Size => {
    const total = { ...nothing, nesting: 1 };
    for (const selection of set.selections) {
      if (selection.kind === 'Field') {
        const inner = selection.selectionSet ? measure(selection.selectionSet) : nothing;
        total.width += 1;
        total.fields += 1 + inner.fields;
        total.deferred += inner.deferred;
        total.depth = Math.max(total.depth, 1 + inner.depth);
        total.nesting = Math.max(total.nesting, 1 + inner.nesting);
      } else {
        const inner =
          selection.kind === 'InlineFragment'
            ? measure(selection.selectionSet)
            : measureFragment(selection.name.value);
        total.width += inner.width;
        total.fields += inner.fields;
        total.deferred += inner.deferred + (deferOf(selection.directives) ? 1 : 0);
        total.depth = Math.max(total.depth, inner.depth);
        total.nesting = Math.max(total.nesting, 1 + inner.nesting);
      }
    }
    return total;
  };
  return measure;
}

/** Whoever keeps variables in an object reads another value under this name than was written to it. */
function checkName(name: string): void {
  if (name !== '__proto__') return;
  throw new GraphQLError(`A variable can't be named ${name}`, { extensions: { code: 'BAD_USER_INPUT' } });
}

function refuseOver(what: string, count: number, limit: number): void {
  if (count > limit) throw tooLarge(what, limit);
}

const tooLarge = (what: string, limit: number) =>
  new GraphQLError(`The operation has too many ${what}: at most ${limit} are allowed`, {
    extensions: { code: 'BAD_USER_INPUT', limit },
  });

/** The parser says so in words alone. */
const isTokenLimit = (error: GraphQLError, source: string, { tokens }: Limits) =>
  source.length > tokens && /^Syntax Error: Document contains more that \d+ tokens/.test(error.message);

const asBadInput = (error: GraphQLError) =>
  new GraphQLError(error.message, {
    ...(error.source && { source: error.source }),
    ...(error.positions && { positions: error.positions }),
    extensions: { code: 'BAD_USER_INPUT' },
  });
