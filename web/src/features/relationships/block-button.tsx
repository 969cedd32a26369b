import type { ReactNode } from 'react';
import { Confirm, Question } from '../../ui/confirm.tsx';
import { PendingButton } from '../../ui/pending-button.tsx';

/** Of a form of changeRelationship the button that blocks somebody, once that is confirmed. */
export function BlockButton({
  name,
  label,
  className,
  pending,
}: {
  name: string;
  label: ReactNode;
  className: string;
  pending: boolean;
}) {
  return (
    <Confirm label={label} className={className} keep="Not now" takesFocus>
      {(keeping) => (
        <Question
          answers={
            <>
              <PendingButton
                name="intent"
                value="block"
                className="button danger"
                pending={pending}
                waiting="Blocking…"
              >
                Block this person
              </PendingButton>
              {keeping}
            </>
          }
        >
          <strong>
            Block <bdi>{name}</bdi>?
          </strong>{' '}
          Neither of you sees what the other writes, and neither follows the other any more. They are not
          told.
        </Question>
      )}
    </Confirm>
  );
}
