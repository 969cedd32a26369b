import { useEffect, useRef } from 'react';
import { useTexts } from '#texts';
import { CopyButton } from './copy-button.tsx';
import look from './two-factor.module.css';

/** The recovery codes, this once, with ways to keep them. */
export function RecoveryCodes({ codes, action }: { codes: string[]; action: (data: FormData) => void }) {
  const t = useTexts('settings');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const text = `${t('codesFile')}\n\n${codes.join('\n')}\n`;
  return (
    <>
      <h3 ref={heading} tabIndex={-1} className={look.heading}>
        {t('recoveryCodes')}
      </h3>
      <p>{t('recoveryCodesLead')}</p>
      <ul className={look.codes}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className={look.actions}>
        <CopyButton text={text} label={t('copyCodes')} />
        <a
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download="socialhub-recovery-codes.txt"
          className="button"
        >
          {t('downloadCodes')}
        </a>
        <form action={action}>
          <button type="submit" name="intent" value="kept" className="button primary">
            {t('iHaveKeptThem')}
          </button>
        </form>
      </div>
    </>
  );
}
