'use client';

import { type RefObject, useEffect, useRef } from 'react';
import type { FormState } from '../forms/form-state.ts';

/** Takes a form's state; after a failed attempt moves the focus to the first faulty field, else to the message. */
export function useFaultFocus(state: FormState): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (Object.keys(state.fields).length > 0) {
      form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
    } else if (state.message) {
      form.current?.querySelector<HTMLElement>('[role="alert"]')?.focus();
    }
  }, [state]);
  return form;
}
