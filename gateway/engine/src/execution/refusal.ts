import type { CompletionFault } from './completion-fault.ts';
import type { FieldShape, Refusal } from './shape.ts';

/** What is told of a field that the caller may not have. */
export const refusalFault = ({ key, coordinate }: FieldShape, { code }: Refusal): CompletionFault => ({
  message: refusalMessage(code, coordinate),
  path: [key],
  code,
});

export const refusalMessage = (code: string, coordinate: string): string =>
  code === 'UNAUTHENTICATED'
    ? `Sign in first: ${coordinate} is for people who are signed in`
    : `Not allowed: ${coordinate}`;
