import Link from 'next/link';
import { composePath } from './compose-path.ts';

/** The way to quote a post. Only a post that everybody may read can be quoted: for others do not show it. */
export function QuoteLink({ postId, className }: { postId: string; className?: string | undefined }) {
  return (
    <Link href={composePath({ quoteOfId: postId })} className={className} prefetch={false}>
      Quote
    </Link>
  );
}
