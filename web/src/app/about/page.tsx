import { TextPage } from '../../features/texts/text-page.tsx';
import { titled } from '../../i18n/titled.ts';

export const generateMetadata = titled('shell', 'about', { alternates: { canonical: '/about' } });

/** Who runs this site. */
export default function AboutPage() {
  return <TextPage name="about" />;
}
