import { useEffect, useRef } from 'react';
import { CopyButton } from './copy-button.tsx';
import look from './two-factor.module.css';

/** The recovery codes, this once, with ways to keep them. */
export function RecoveryCodes({ codes, action }: { codes: string[]; action: (data: FormData) => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const text = `SocialHub recovery codes\n\n${codes.join('\n')}\n`;
  return (
    <>
      <h3 ref={heading} tabIndex={-1} className={look.heading}>
        Your recovery codes
      </h3>
      <p>
        Each signs you in once in place of a code of the app, for when you have lost it. They are shown this
        once: keep them where you keep what must not get lost.
      </p>
      <ul className={look.codes}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ul>
      <div className={look.actions}>
        <CopyButton text={text} label="Copy the codes" />
        <a
          href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
          download="socialhub-recovery-codes.txt"
          className="button"
        >
          Download the codes
        </a>
        <form action={action}>
          <button type="submit" name="intent" value="kept" className="button primary">
            I have kept them
          </button>
        </form>
      </div>
    </>
  );
}
