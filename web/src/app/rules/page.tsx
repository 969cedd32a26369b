import type { Metadata } from 'next';
import { TextPage } from '../../features/texts/text-page.tsx';

export const metadata: Metadata = { title: 'Rules', alternates: { canonical: '/rules' } };

/** How one behaves here. */
export default function RulesPage() {
  return <TextPage name="rules" />;
}
