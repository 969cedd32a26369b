import {
  type ConstDirectiveNode,
  type DirectiveNode,
  type DocumentNode,
  Kind,
  parse,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';

/** Fields whose lists have the size of the field above them; a map goes on below. */
export type SizedFields = ReadonlyMap<string, SizedFields | null>;

/** What `@listSize` says about a field. */
export interface ListSize {
  assumedSize: number | undefined;
  /** Arguments that give the size, each as the path to it: `['input', 'first']`. */
  slicingArguments: readonly (readonly string[])[];
  /** Without any, the size is that of the field itself. */
  sizedFields: SizedFields;
  requireOneSlicingArgument: boolean;
}

/** `@cost` and `@listSize` of a supergraph, by coordinate: `Type`, `Type.field`, `Type.field(argument:)`. */
export interface CostIndex {
  weights: ReadonlyMap<string, number>;
  lists: ReadonlyMap<string, ListSize>;
}

type Applied = { directives?: readonly ConstDirectiveNode[] | undefined };

/** Reads what a composed supergraph says about costs, under whatever names it imports the two directives. */
export function readCosts(supergraph: DocumentNode): CostIndex {
  const names = directiveNames(supergraph);
  const weights = new Map<string, number>();
  const lists = new Map<string, ListSize>();

  const index = (coordinate: string, { directives = [] }: Applied) => {
    for (const directive of directives) {
      if (directive.name.value === names.cost) {
        const weight = intOf(argument(directive, 'weight'));
        if (weight !== undefined) weights.set(coordinate, weight);
      } else if (directive.name.value === names.listSize) {
        lists.set(coordinate, listSizeOf(directive));
      }
    }
  };

  for (const node of supergraph.definitions) {
    switch (node.kind) {
      case Kind.SCALAR_TYPE_DEFINITION:
      case Kind.ENUM_TYPE_DEFINITION:
        index(node.name.value, node);
        break;
      case Kind.INPUT_OBJECT_TYPE_DEFINITION:
        for (const field of node.fields ?? []) index(`${node.name.value}.${field.name.value}`, field);
        break;
      case Kind.OBJECT_TYPE_DEFINITION:
      case Kind.INTERFACE_TYPE_DEFINITION:
        index(node.name.value, node);
        for (const field of node.fields ?? []) {
          const coordinate = `${node.name.value}.${field.name.value}`;
          index(coordinate, field);
          for (const input of field.arguments ?? []) index(`${coordinate}(${input.name.value}:)`, input);
        }
    }
  }
  return { weights, lists };
}

const linkUrl = /^https:\/\/specs\.apollo\.dev\/cost\//;

function directiveNames(document: DocumentNode): { cost?: string; listSize?: string } {
  for (const node of document.definitions) {
    if (node.kind !== Kind.SCHEMA_DEFINITION && node.kind !== Kind.SCHEMA_EXTENSION) continue;
    for (const link of node.directives ?? []) {
      if (link.name.value !== 'link' || !linkUrl.test(textOf(argument(link, 'url')) ?? '')) continue;
      const namespace = textOf(argument(link, 'as')) ?? 'cost';
      return {
        // The directive that has the feature's own name is there without being imported.
        cost: importedAs(link, '@cost') ?? namespace,
        listSize: importedAs(link, '@listSize') ?? `${namespace}__listSize`,
      };
    }
  }
  return {};
}

function importedAs(link: ConstDirectiveNode, name: string): string | undefined {
  for (const item of itemsOf(argument(link, 'import'))) {
    if (textOf(item) === name) return name.slice(1);
    if (item.kind !== Kind.OBJECT) continue;
    const field = (key: string) => textOf(item.fields.find((f) => f.name.value === key)?.value);
    if (field('name') === name) return (field('as') ?? name).slice(1);
  }
  return undefined;
}

function listSizeOf(directive: DirectiveNode): ListSize {
  const texts = (name: string) => itemsOf(argument(directive, name)).flatMap((item) => textOf(item) ?? []);
  const one = argument(directive, 'requireOneSlicingArgument');
  return {
    assumedSize: intOf(argument(directive, 'assumedSize')),
    slicingArguments: texts('slicingArguments').map((path) => path.split('.')),
    sizedFields: sizedFieldsOf(texts('sizedFields')),
    requireOneSlicingArgument: one?.kind !== Kind.BOOLEAN || one.value,
  };
}

/** An entry is a field, or the way to one: `page { items }`. */
function sizedFieldsOf(entries: readonly string[]): SizedFields {
  const sized = new Map<string, SizedFields | null>();
  for (const entry of entries) {
    const [operation] = parse(`{ ${entry} }`, { noLocation: true }).definitions;
    if (operation?.kind === Kind.OPERATION_DEFINITION) {
      for (const [name, below] of fieldsOf(operation.selectionSet)) sized.set(name, below);
    }
  }
  return sized;
}

function fieldsOf(set: SelectionSetNode): Map<string, SizedFields | null> {
  const fields = set.selections.flatMap((selection) => (selection.kind === Kind.FIELD ? [selection] : []));
  return new Map(
    fields.map(({ name, selectionSet }) => [name.value, selectionSet ? fieldsOf(selectionSet) : null]),
  );
}

const argument = (directive: DirectiveNode, name: string): ValueNode | undefined =>
  directive.arguments?.find((one) => one.name.value === name)?.value;
const textOf = (value: ValueNode | undefined) => (value?.kind === Kind.STRING ? value.value : undefined);
const intOf = (value: ValueNode | undefined) => (value?.kind === Kind.INT ? Number(value.value) : undefined);
/** GraphQL lets a list of one be written without its brackets. */
const itemsOf = (value: ValueNode | undefined): readonly ValueNode[] =>
  value?.kind === Kind.LIST ? value.values : value ? [value] : [];
