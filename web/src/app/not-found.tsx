import type { Metadata } from 'next';
import Link from 'next/link';
import { Notice } from '../ui/notice.tsx';

export const metadata: Metadata = { title: 'Not found' };

/** No page has this address. */
export default function NotFound() {
  return (
    <div className="column">
      <h1 className="page-title">Not found</h1>
      <Notice title="There is no page at this address">
        <p>
          <Link href="/" className="button" prefetch={false}>
            To the start page
          </Link>
        </p>
      </Notice>
    </div>
  );
}
