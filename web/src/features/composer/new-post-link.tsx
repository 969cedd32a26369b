import Link from 'next/link';
import type { ReactNode } from 'react';
import { composePath } from './compose-path.ts';

/** The way to a new post, from any page; it looks as whoever shows it says. */
export function NewPostLink({ className, children }: { className?: string; children?: ReactNode }) {
  return (
    <Link href={composePath({})} className={className} prefetch={false}>
      {children ?? 'New post'}
    </Link>
  );
}
