import type { Metadata } from 'next';
import { TextPage } from '../../features/texts/text-page.tsx';

export const metadata: Metadata = { title: 'Privacy', alternates: { canonical: '/privacy' } };

/** What is kept of one, and who sees it. */
export default function PrivacyPage() {
  return <TextPage name="privacy" />;
}
