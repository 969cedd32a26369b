import { type FieldNode, GraphQLError } from 'graphql';
import type { CompletionFault } from './completion-fault.ts';
import type { DataObject } from './data.ts';
import type { Introspected } from './introspection.ts';
import type { Missing } from './missing.ts';
import type { Completion, DeferredShape } from './shape.ts';

/** An object in the answer of which a deferred fragment is written later; its path is from where the writing began. */
export interface Place extends DeferredShape {
  readonly object: DataObject;
  readonly path: (string | number)[];
}

/**
 * Of an answer's data. Aliases in fragments in fragments multiply: what is one text of a subgraph, and one object to whoever
 * counts costs, can be written out thousands of times.
 */
export const maxResultChars = 10_000_000;

/** How far the writing of an answer's data has come. */
export interface Writing {
  faults: CompletionFault[];
  /** How many of them are refusals; a long list may hold the same one over and over. */
  refusals: number;
  /** Values that are held in more than one place; each is written once. */
  shared: ReadonlySet<unknown>;
  /** No text in the data needs a backslash. */
  isPlain: boolean;
  missing: Missing | null;
  /** Characters that may still be written. */
  room: number;
  places: Place[];
  written: Map<unknown, { completion: Completion; text: string }>;
  introspect: (nodes: readonly FieldNode[], key: string) => Introspected;
}

export function take(text: string, writing: Writing): string {
  leaveRoom(text.length, writing);
  return text;
}

function leaveRoom(chars: number, writing: Writing): void {
  writing.room -= chars;
  if (writing.room >= 0) return;
  throw new GraphQLError(`The answer is too large: at most ${maxResultChars} characters are allowed`, {
    extensions: { code: 'BAD_USER_INPUT', limit: maxResultChars },
  });
}

/** What is written around each part of one: its path, and keys. */
const placeChars = 100;

export function addPlaces(deferred: readonly DeferredShape[], object: DataObject, writing: Writing): void {
  for (const { index, shape } of deferred) {
    leaveRoom(placeChars, writing);
    writing.places.push({ index, shape, object, path: [] });
  }
}

/** Paths grow from the fault, or the place, to the root: only where there is one does anybody count. */
export function addToPaths(
  those: readonly { path: (string | number)[] }[],
  from: number,
  step: string | number,
): void {
  for (let i = from; i < those.length; i++) those[i]?.path.push(step);
}
