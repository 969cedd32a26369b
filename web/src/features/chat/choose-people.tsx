'use client';

import { useActionState } from 'react';
import { Avatar } from '../../components/avatar.tsx';
import { FormMessage } from '../../components/form-message.tsx';
import type { PersonFragment } from '../../components/generated/person-name.ts';
import { PendingButton } from '../../components/pending-button.tsx';
import styles from './choose-people.module.css';
import { LONGEST_TITLE } from './page-size.ts';
import { startConversation } from './start-conversation.action.ts';

/**
 * Whom to write to: people are looked for by name and ticked, one for a conversation between two, several for a group. Looking keeps who
 * is ticked, in the address.
 */
export function ChoosePeople({
  query,
  chosen,
  found,
  firstKey,
}: {
  query: string;
  chosen: readonly PersonFragment[];
  found: readonly PersonFragment[];
  firstKey: string;
}) {
  const [fault, action, pending] = useActionState(startConversation, null);
  const ids = new Set(chosen.map(({ id }) => id));
  const others = found.filter(({ id }) => !ids.has(id));
  return (
    <form action="/messages/new" className={styles.form}>
      <FormMessage text={fault} />
      <input type="hidden" name="key" value={firstKey} />
      <div className={styles.search}>
        <label htmlFor="people-query">Name or username</label>
        <div className={styles.searchRow}>
          <input
            id="people-query"
            name="q"
            type="search"
            defaultValue={query}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={100}
          />
          <button type="submit" className="button">
            Search
          </button>
        </div>
      </div>
      {chosen.length > 0 && <People legend="Chosen" people={chosen} areChosen />}
      {others.length > 0 && <People legend="Found" people={others} areChosen={false} />}
      {query !== '' && others.length === 0 && (
        <p className={styles.nobody}>Nobody else has a name like this.</p>
      )}
      {(chosen.length > 0 || others.length > 0) && (
        <>
          <div className={styles.title}>
            <label htmlFor="group-title">Name of the group, for several people (optional)</label>
            <input id="group-title" name="title" maxLength={LONGEST_TITLE} autoComplete="off" dir="auto" />
          </div>
          <PendingButton formAction={action} className="button primary" pending={pending} waiting="Starting…">
            Start the conversation
          </PendingButton>
        </>
      )}
    </form>
  );
}

function People({
  legend,
  people,
  areChosen,
}: {
  legend: string;
  people: readonly PersonFragment[];
  areChosen: boolean;
}) {
  return (
    <fieldset className={styles.people}>
      <legend>{legend}</legend>
      {people.map((person) => (
        <label key={person.id} className={styles.person}>
          <input type="checkbox" name="memberId" value={person.id} defaultChecked={areChosen} />
          <Avatar person={person} size={44} />
          <span className={styles.names}>
            <bdi>{person.displayName}</bdi>
            <span className={styles.handle}>@{person.username}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
