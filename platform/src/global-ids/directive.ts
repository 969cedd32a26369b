import {
  type ArgumentNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  getNamedType,
  Kind,
} from 'graphql';
import { isNodeType, type NodeType } from './node-types.ts';

type Described = GraphQLArgument | GraphQLInputField | GraphQLField<unknown, unknown>;

/** The type that `@id(of: "Post")` names on an argument, an input field or a field; null where there is no such directive. */
export function typeNamedBy(element: Described): NodeType | null {
  const directive = element.astNode?.directives?.find(({ name }) => name.value === 'id');
  if (!directive) return null;
  const of = directive.arguments?.find(({ name }) => name.value === 'of');
  const type = textOf(of);
  if (getNamedType(element.type).name !== 'ID' || !isNodeType(type)) {
    throw new Error(`${element.name}: @id goes on an ID and names a type that is a Node, not "${type}"`);
  }
  return type;
}

const textOf = (argument: ArgumentNode | undefined) =>
  argument?.value.kind === Kind.STRING ? argument.value.value : '';
