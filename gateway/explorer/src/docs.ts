import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  type GraphQLType,
  getNamedType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import { button, element } from './element.ts';

const maxFound = 60;

/** The schema to read: from the roots down, by type, or by what is looked for. */
export interface Docs {
  show(schema: GraphQLSchema): void;
  /** Instead of the schema, while there is none. */
  say(text: string): void;
  open(typeName: string): void;
}

export function createDocs(parent: HTMLElement): Docs {
  let schema: GraphQLSchema | undefined;
  /** Types that were opened, one from the other. */
  let trail: string[] = [];
  const search = element('input', {
    type: 'search',
    placeholder: 'Search the schema',
    'aria-label': 'Search the schema',
  });
  const content = element('div', { class: 'docs' });
  parent.append(search, content);

  const render = () => {
    if (!schema) return;
    const type = schema.getType(trail.at(-1) ?? '');
    const looked = search.value.trim().toLowerCase();
    if (looked !== '') content.replaceChildren(...found(schema, looked));
    else if (type) content.replaceChildren(back(), ...typeParts(schema, type));
    else content.replaceChildren(...roots(schema));
    content.scrollTop = 0;
  };

  const open = (name: string) => {
    search.value = '';
    if (trail.at(-1) !== name) trail.push(name);
    render();
  };

  const back = () =>
    button(
      '← Back',
      () => {
        trail.pop();
        render();
      },
      'link',
    );

  const typeLink = (type: GraphQLType): Node => {
    const named = getNamedType(type);
    const [before, after] = String(type).split(named.name);
    return element(
      'span',
      { class: 'type' },
      before,
      button(named.name, () => open(named.name), 'link'),
      after,
    );
  };

  const roots = (of: GraphQLSchema) => [
    ...(of.description ? [prose(of.description)] : []),
    ...[of.getQueryType(), of.getMutationType(), of.getSubscriptionType()].flatMap((type) =>
      type ? [element('p', {}, typeLink(type)), prose(type.description)] : [],
    ),
    element('h3', {}, 'All types'),
    ...namedTypes(of).map((type) => element('p', {}, typeLink(type))),
  ];

  const typeParts = (of: GraphQLSchema, type: GraphQLNamedType): Node[] => [
    element('h3', {}, type.name),
    prose(type.description),
    ...(isObjectType(type) || isInterfaceType(type)
      ? [listed('Implements', type.getInterfaces()), ...Object.values(type.getFields()).map(fieldEntry)]
      : []),
    ...(isInputObjectType(type) ? Object.values(type.getFields()).map((field) => inputEntry(field)) : []),
    ...(isEnumType(type)
      ? type.getValues().map((value) => entry([element('code', {}, value.name)], value))
      : []),
    ...(isAbstractType(type) ? [listed('Possible types', of.getPossibleTypes(type))] : []),
  ];

  const listed = (title: string, types: readonly GraphQLNamedType[]): Node =>
    types.length === 0
      ? document.createTextNode('')
      : element('p', {}, `${title}: `, ...types.flatMap((type) => [typeLink(type), ' ']));

  const fieldEntry = (field: GraphQLField<unknown, unknown>): Node =>
    entry(
      [element('code', {}, field.name), ': ', typeLink(field.type)],
      field,
      field.args.map((argument) => inputEntry(argument, 'argument')),
    );

  const inputEntry = (input: GraphQLArgument | GraphQLInputField, className = ''): Node => {
    const value = input.defaultValue === undefined ? '' : ` = ${JSON.stringify(input.defaultValue)}`;
    return entry([element('code', {}, input.name), ': ', typeLink(input.type), value], input, [], className);
  };

  const found = (of: GraphQLSchema, looked: string): Node[] => {
    const all: Node[] = [];
    for (const type of namedTypes(of)) {
      if (type.name.toLowerCase().includes(looked)) all.push(element('p', {}, typeLink(type)));
      const fields =
        isObjectType(type) || isInterfaceType(type) || isInputObjectType(type) ? type.getFields() : {};
      for (const name of Object.keys(fields)) {
        if (!name.toLowerCase().includes(looked)) continue;
        all.push(
          element(
            'p',
            {},
            button(`${type.name}.${name}`, () => open(type.name), 'link'),
          ),
        );
      }
    }
    if (all.length === 0) return [element('p', {}, 'Nothing of that name.')];
    return all.length <= maxFound
      ? all
      : [...all.slice(0, maxFound), element('p', {}, `… and ${all.length - maxFound} more`)];
  };

  search.addEventListener('input', render);
  return {
    show(next) {
      schema = next;
      trail = trail.filter((name) => next.getType(name));
      render();
    },
    say(text) {
      if (!schema) content.replaceChildren(element('p', {}, text));
    },
    open,
  };
}

const namedTypes = (schema: GraphQLSchema) =>
  Object.values(schema.getTypeMap())
    .filter((type) => !type.name.startsWith('__'))
    .sort((a, b) => a.name.localeCompare(b.name));

const prose = (text: string | null | undefined): Node =>
  text ? element('p', { class: 'prose' }, text) : document.createTextNode('');

function entry(
  head: readonly (Node | string)[],
  of: { description?: string | null | undefined; deprecationReason?: string | null | undefined },
  parts: readonly Node[] = [],
  className = '',
): Node {
  const deprecated = of.deprecationReason
    ? element('p', { class: 'deprecated' }, `Deprecated: ${of.deprecationReason}`)
    : undefined;
  return element(
    'div',
    { class: `entry ${className}`.trim() },
    element('div', {}, ...head),
    prose(of.description),
    deprecated,
    ...parts,
  );
}
