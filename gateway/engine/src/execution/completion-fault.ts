import type { Cause } from './missing.ts';

/** A value that could not stand where it was; its path is from the root. */
export interface CompletionFault {
  message: string;
  path: (string | number)[];
  /** Of a field that the caller may not have. */
  code?: string;
  /** What accounts for it: a value that no fetch could bring. */
  cause?: Cause | undefined;
}
