'use client';

import { type RefObject, useLayoutEffect, useRef } from 'react';

/** Tells what was typed into a field before the page's script was here, of which React hears nothing. `tell` is the one of the first render. */
export function useTypedBefore(
  field: RefObject<HTMLTextAreaElement | null>,
  tell: (text: string) => void,
): void {
  const first = useRef(tell);
  useLayoutEffect(() => {
    if (field.current?.value) first.current(field.current.value);
  }, [field]);
}
