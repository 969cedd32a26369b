import type { ComponentProps, MouseEvent } from 'react';
import { useFocusAfter } from './use-focus-after.ts';

/**
 * The button of what takes a moment, such as sending its form. While that is under way it says so (`waiting`) and takes no further
 * press, nor does the form by its key "Enter". It is not `disabled` meanwhile: the focus of whoever works by keyboard would be gone. Nor
 * is it when the button goes, see useFocusAfter.
 */
export function PendingButton({
  pending,
  waiting,
  children,
  onClick,
  ...button
}: ComponentProps<'button'> & { pending: boolean; waiting?: string }) {
  const element = useFocusAfter();
  return (
    <button
      ref={element}
      type="submit"
      {...button}
      aria-disabled={pending || undefined}
      onClick={pending ? refuse : onClick}
    >
      {pending ? (waiting ?? children) : children}
    </button>
  );
}

const refuse = (event: MouseEvent) => event.preventDefault();
