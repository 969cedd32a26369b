import type { Metadata } from 'next';
import { TextPage } from '../../features/texts/text-page.tsx';

export const metadata: Metadata = { title: 'About', alternates: { canonical: '/about' } };

/** Who runs this site. */
export default function AboutPage() {
  return <TextPage name="about" />;
}
