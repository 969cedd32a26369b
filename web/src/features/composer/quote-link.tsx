import Link from 'next/link';
import { useTexts } from '#texts';
import { useNumbers } from '../../ui/numbers.ts';
import { composePath } from './compose-path.ts';

/** The way to quote a post. Only a post that everybody may read can be quoted: for others do not show it. */
export function QuoteLink(props: {
  postId: string;
  /** How many have quoted it. */
  count: number;
  className?: string;
  labelClassName?: string;
}) {
  const t = useTexts('composer');
  const numbers = useNumbers();
  const { postId, count, className, labelClassName } = props;
  return (
    <Link href={composePath({ quoteOfId: postId })} className={className} prefetch={false}>
      <svg width="18" height="18" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
        <path d="M4 12c0-4 2-6.500 5.500-7.500l.5 1.800C8 7.200 7 8.500 7 10h3v7H4zm10 0c0-4 2-6.500 5.500-7.500l.5 1.800c-2 .9-3 2.200-3 3.700h3v7h-6z" />
      </svg>
      <span className={labelClassName}>{t('quote')}</span>
      {count > 0 && <span>{numbers(count)}</span>}
    </Link>
  );
}
