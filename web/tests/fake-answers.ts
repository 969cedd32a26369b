import { encodeGlobalId } from '@socialhub/platform/global-ids/codec';
import type { NodeType } from '@socialhub/platform/global-ids/node-types';
import { GraphQLError } from 'graphql';

let counter = 0;

/** Gives a number that no other call gives. */
export const nextNumber = () => ++counter;

/** Gives an id as the API makes them, a new one each time. */
export const nextId = (type: NodeType) =>
  encodeGlobalId(type, `01990000-0000-7000-8000-${nextNumber().toString(16).padStart(12, '0')}`);

/** Gives a refusal with its code. */
export const refuse = (code: string, message: string, more: Record<string, unknown> = {}) =>
  new GraphQLError(message, { extensions: { code, ...more } });

/** Gives a refusal as the services word it: the path of the argument or input field, and what is wrong with it. */
export const badUserInput = (field: string, message: string) =>
  refuse('BAD_USER_INPUT', `${field} ${message}`, { field });
