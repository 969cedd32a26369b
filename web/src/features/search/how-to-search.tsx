import { useTexts } from '#texts';
import { Notice } from '../../ui/notice.tsx';

/** What one can say, where what was said cannot be read. */
export function HowToSearch() {
  const t = useTexts('search');
  return (
    <Notice title={t('whatLookingFor')}>
      <p>{t.rich('howTo', { code: (text) => <code>{text}</code> })}</p>
    </Notice>
  );
}
