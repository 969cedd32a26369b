import { GraphQLError } from 'graphql';

let counter = 0;

/** Gives an id as the API makes them, a new one each time. */
export const nextId = () => `01990000-0000-7000-8000-${(++counter).toString(16).padStart(12, '0')}`;

/** Gives a refusal with its code. */
export const refuse = (code: string, message: string, more: Record<string, unknown> = {}) =>
  new GraphQLError(message, { extensions: { code, ...more } });

/** Gives a refusal as the services word it: the argument's path, and what is wrong with it. */
export const badUserInput = (field: string, message: string) =>
  refuse('BAD_USER_INPUT', `${field} ${message}`, { field });
