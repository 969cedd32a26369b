import { TextPage } from '../../features/texts/text-page.tsx';
import { titled } from '../../i18n/titled.ts';

export const generateMetadata = titled('shell', 'rules', { alternates: { canonical: '/rules' } });

/** How one behaves here. */
export default function RulesPage() {
  return <TextPage name="rules" />;
}
