import type { FieldNode } from 'graphql';
import type { WriteLeaf } from './leaf.ts';

/** How the value of one type becomes a part of the answer. */
export interface Completion {
  readonly nonNull: boolean;
  /** As errors name it. */
  readonly typeName: string;
  /** One of the three is there. */
  readonly leaf: WriteLeaf | null;
  readonly item: Completion | null;
  readonly selection: Selection | null;
  /** No fetch of the plan brings it. */
  readonly unplanned: boolean;
}

/** One key of an object of the answer. */
export interface FieldShape {
  readonly key: string;
  /** The key of the value in the data that subgraphs have brought. */
  readonly source: string;
  /** What stands before the value: a brace or a comma, and the key. */
  readonly label: string;
  readonly inherited: boolean;
  /** As errors name it. */
  readonly coordinate: string;
  /** `__schema` and `__type` are answered from the schema; the nodes say what is asked of them. */
  readonly introspection: readonly FieldNode[] | null;
  /** The text of a `__typename`; empty where the type is not known to be an object's. */
  readonly typename: string | null;
  /** Where it is empty: what it may be, if the value says it under this key alone. */
  readonly typenames: ReadonlySet<unknown> | null;
  readonly completion: Completion | null;
  /** The caller may not have it: it is null, whatever has been fetched. */
  readonly refusal: Refusal | null;
}

export interface Refusal {
  readonly code: string;
  readonly nonNull: boolean;
}

/** An object of the answer whose type is known. */
export interface ObjectShape {
  readonly typeName: string;
  readonly fields: readonly FieldShape[];
  readonly deferred: readonly DeferredShape[];
}

/** What comes of an object in a later part. */
export interface DeferredShape {
  /** Its place among the deferred fragments of the operation. */
  readonly index: number;
  readonly shape: ObjectShape;
}

/** What is selected from a value whose type may be known only when it is there. */
export interface Selection {
  /** The one shape there is, when the type is an object's. */
  readonly only: ObjectShape | null;
  /** By what the value says of its type; null when that is not a type that can stand here. */
  shapeOf(typename: unknown): ObjectShape | null;
}
