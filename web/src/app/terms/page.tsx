import { TextPage } from '../../features/texts/text-page.tsx';
import { titled } from '../../i18n/titled.ts';

export const generateMetadata = titled('shell', 'terms', { alternates: { canonical: '/terms' } });

/** What one agrees to. */
export default function TermsPage() {
  return <TextPage name="terms" />;
}
