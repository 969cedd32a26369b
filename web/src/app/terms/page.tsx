import type { Metadata } from 'next';
import { TextPage } from '../../features/texts/text-page.tsx';

export const metadata: Metadata = { title: 'Terms', alternates: { canonical: '/terms' } };

/** What one agrees to. */
export default function TermsPage() {
  return <TextPage name="terms" />;
}
