import {
  DirectiveLocation,
  type DirectiveNode,
  GraphQLBoolean,
  GraphQLDirective,
  GraphQLNonNull,
  GraphQLSchema,
  GraphQLString,
} from 'graphql';

const definition = new GraphQLDirective({
  name: 'defer',
  description:
    'The fragment may come in a later part of the answer, to whoever accepts one in parts. All others get it with the rest.',
  locations: [DirectiveLocation.FRAGMENT_SPREAD, DirectiveLocation.INLINE_FRAGMENT],
  args: {
    if: {
      type: new GraphQLNonNull(GraphQLBoolean),
      defaultValue: true,
      description: 'Whether it may.',
    },
    label: { type: GraphQLString, description: 'Names the fragment in the answer.' },
  },
});

/** The same schema, of the same types, with `@defer`, which composition leaves out of what clients see. */
export function withDefer(schema: GraphQLSchema): GraphQLSchema {
  if (schema.getDirective(definition.name)) return schema;
  const config = schema.toConfig();
  return new GraphQLSchema({ ...config, directives: [...config.directives, definition] });
}

export const deferOf = (directives: readonly DirectiveNode[] | undefined): DirectiveNode | undefined =>
  directives?.find(({ name }) => name.value === definition.name);

export const argumentOf = (directive: DirectiveNode, name: string) =>
  directive.arguments?.find((argument) => argument.name.value === name)?.value;
