import { encodeGlobalId } from '@socialhub/platform/global-ids/codec';
import type { NodeType } from '@socialhub/platform/global-ids/node-types';
import { GraphQLError } from 'graphql';
import type { Page } from './fake-state.ts';

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

export const page: Page = (all, { first, after }) => {
  const from = after ? all.findIndex((entry) => entry.id === after) + 1 : 0;
  if (after && from === 0) throw badUserInput('after', 'is not a cursor of this list');
  const rows = all.slice(from, from + first);
  return {
    edges: rows.map((node) => ({ cursor: node.id, node })),
    pageInfo: {
      startCursor: rows[0]?.id ?? null,
      endCursor: rows.at(-1)?.id ?? null,
      hasNextPage: from + first < all.length,
      hasPreviousPage: from > 0,
    },
  };
};
