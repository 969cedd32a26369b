import type { FragmentType, OperationVariables, TypedDocumentNode } from '@apollo/client';

/** Gives a server component its part of a thing: what the gateway gave is masked by its type alone. As usePart, for whom nothing changes. */
export const readPart = <Data>(
  _fragment: TypedDocumentNode<Data, OperationVariables>,
  part: FragmentType<NoInfer<Data>>,
): Data => part as Data;
