'use client';

import { createContext, type ReactNode, useContext } from 'react';
import type { Person } from '../../ui/person.ts';

/** Who comments on a page. */
export interface Commenting {
  /** null: nobody can be told; who is signed out. */
  author: Person | null;
  /** Makes a first attempt that is sent twice one comment. */
  firstKey: string;
  moderating: boolean;
}

const CommentingContext = createContext<Commenting>({ author: null, firstKey: '', moderating: false });

export const useCommenting = (): Commenting => useContext(CommentingContext);

/** Tells the comments of a page who looks at them. */
export function CommentsPage({ children, ...commenting }: Commenting & { children: ReactNode }) {
  return <CommentingContext value={commenting}>{children}</CommentingContext>;
}
