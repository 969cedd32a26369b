import type { HTMLInputAutoCompleteAttribute } from 'react';
import { useTexts } from '#texts';
import styles from './form.module.css';

/** A labelled input with its hint and its fault, tied together for assistive technology. */
export function Field(props: {
  name: string;
  /** Keeps the ids apart where a page has two fields of one name. */
  scope?: string;
  label: string;
  hint?: string;
  optional?: boolean;
  fault?: string | undefined;
  value?: string | undefined;
  type?: 'text' | 'email' | 'password';
  autoComplete: HTMLInputAutoCompleteAttribute;
  inputMode?: 'email' | 'numeric';
}) {
  const t = useTexts('ui');
  const id = props.scope ? `${props.scope}-${props.name}` : props.name;
  const hintId = `${id}-hint`;
  const faultId = `${id}-fault`;
  const describedBy = [props.fault ? faultId : null, props.hint ? hintId : null].filter(Boolean).join(' ');
  return (
    <div className={styles.field}>
      <label htmlFor={id}>
        {props.label}
        {props.optional && <span className={styles.optional}> {t('optional')}</span>}
      </label>
      <input
        id={id}
        name={props.name}
        type={props.type ?? 'text'}
        defaultValue={props.value}
        autoComplete={props.autoComplete}
        autoCapitalize="none"
        spellCheck={false}
        inputMode={props.inputMode}
        required={!props.optional}
        aria-invalid={props.fault ? true : undefined}
        aria-describedby={describedBy || undefined}
      />
      {props.fault && (
        <p id={faultId} className={styles.fault}>
          {props.fault}
        </p>
      )}
      {props.hint && (
        <p id={hintId} className={styles.hint}>
          {props.hint}
        </p>
      )}
    </div>
  );
}
