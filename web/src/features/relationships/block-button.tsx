import type { ReactNode } from 'react';
import { useTexts } from '#texts';
import { Confirm, Question } from '../../ui/confirm.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';

/** Of a form of changeRelationship the button that blocks somebody, once that is confirmed. */
export function BlockButton({
  name,
  label,
  className,
  pending,
  form,
}: {
  name: string;
  label: ReactNode;
  className: string;
  pending: boolean;
  /** The id of its form, where it stands outside of it. */
  form?: string;
}) {
  const t = useTexts('relationships');
  return (
    <Confirm label={label} className={className} keep={t('notNow')} takesFocus>
      {(keeping) => (
        <Question
          answers={
            <>
              <PendingButton
                form={form}
                name="intent"
                value="block"
                className="button danger"
                pending={pending}
                waiting={t('blocking')}
              >
                {t('blockPerson')}
              </PendingButton>
              {keeping}
            </>
          }
        >
          <strong>{t.rich('askBlock', { name: () => <bdi>{name}</bdi> })}</strong> {t('blockingEnds')}
        </Question>
      )}
    </Confirm>
  );
}
