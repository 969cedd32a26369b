import { Kind, type OperationDefinitionNode, parse, print } from 'graphql';

/** As much of a fetch of entities as goes into one request together with others. */
export interface BatchPart {
  /** Tells it from the other parts of its plan. */
  readonly index: number;
  /** What is asked of the entities, in braces. */
  readonly selection: string;
  /** The declarations of the variables that it uses beside `representations`, by name. */
  readonly declarations: ReadonlyMap<string, string>;
}

/** Several fetches as one request: the text up to the value of `variables`. */
export interface BatchText {
  readonly query: string;
  readonly operationName: string | undefined;
  readonly bodyStart: string;
}

/** The key and the variable of one part in the text of several. */
export const aliasOf = (position: number): string => `_${position}`;
export const variableOf = (position: number): string => `_representations${position}`;

/** The parts of one plan, and the texts of those that were sent together. */
export class BatchParts {
  readonly #declared = new Map<string, string>();
  readonly #texts = new Map<string, BatchText>();
  #count = 0;

  /** Null for a fetch that has to be alone: one that is not a plain list of entities, or that calls a variable as another part does. */
  add(query: string): BatchPart | null {
    const [definition, ...fragments] = parse(query, { noLocation: true }).definitions;
    if (definition?.kind !== Kind.OPERATION_DEFINITION || fragments.length > 0) return null;
    if (definition.operation !== 'query' || definition.directives?.length) return null;
    const selection = selectionOf(definition);
    if (selection === null) return null;
    const declarations = new Map<string, string>();
    for (const variable of definition.variableDefinitions ?? []) {
      const name = variable.variable.name.value;
      if (name === 'representations') continue;
      const declaration = print(variable);
      if (name.startsWith('_representations') || (this.#declared.get(name) ?? declaration) !== declaration) {
        return null;
      }
      declarations.set(name, declaration);
    }
    for (const [name, declaration] of declarations) this.#declared.set(name, declaration);
    this.#count += 1;
    return { index: this.#count, selection, declarations };
  }

  textOf(parts: readonly BatchPart[], operationName: string | undefined): BatchText {
    const key = parts.map(({ index }) => index).join();
    let text = this.#texts.get(key);
    if (!text) {
      text = textOf(parts, operationName);
      if (this.#texts.size < maxTexts) this.#texts.set(key, text);
    }
    return text;
  }
}

const maxTexts = 256;

function selectionOf(operation: OperationDefinitionNode): string | null {
  const [field, ...others] = operation.selectionSet.selections;
  if (field?.kind !== Kind.FIELD || others.length > 0) return null;
  if (field.name.value !== '_entities' || field.alias || field.directives?.length) return null;
  return field.selectionSet ? oneLine(print(field.selectionSet)) : null;
}

/** No text value of ours has a line of its own, but a block string may. */
const oneLine = (text: string) => (text.includes('"') ? text : text.replace(/\s+/g, ' '));

function textOf(parts: readonly BatchPart[], operationName: string | undefined): BatchText {
  const declarations = new Map(parts.flatMap((part) => [...part.declarations]));
  const variables = [
    ...parts.map((_, position) => `$${variableOf(position)}:[_Any!]!`),
    ...declarations.values(),
  ];
  const fields = parts.map(
    ({ selection }, position) =>
      `${aliasOf(position)}:_entities(representations:$${variableOf(position)})${selection}`,
  );
  const query = `query ${operationName ?? ''}(${variables.join(',')}){${fields.join(' ')}}`;
  const name = operationName === undefined ? '' : `"operationName":${JSON.stringify(operationName)},`;
  return { query, operationName, bodyStart: `{"query":${JSON.stringify(query)},${name}"variables":` };
}
