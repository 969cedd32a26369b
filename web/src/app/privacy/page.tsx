import { TextPage } from '../../features/texts/text-page.tsx';
import { titled } from '../../i18n/titled.ts';

export const generateMetadata = titled('shell', 'privacy', { alternates: { canonical: '/privacy' } });

/** What is kept of one, and who sees it. */
export default function PrivacyPage() {
  return <TextPage name="privacy" />;
}
