'use client';

import { useActionState, useState } from 'react';
import { useTexts } from '#texts';
import { Avatar } from '../../ui/avatar.tsx';
import { FormMessage } from '../../ui/form-message.tsx';
import type { PersonFragment } from '../../ui/generated/person-name.ts';
import { PendingButton } from '../../ui/pending-button.tsx';
import styles from './choose-people.module.css';
import { LONGEST_TITLE } from './page-size.ts';
import { startConversation } from './start-conversation.action.ts';
import { useFoundPeople } from './use-found-people.ts';

/**
 * Whom to write to: people are looked for by name and ticked, one for a conversation between two, several for a group. Looking keeps who
 * is ticked, in the address.
 */
export function ChoosePeople({
  viewerId,
  query: firstQuery,
  chosen,
  found: firstFound,
  firstKey,
}: {
  viewerId: string;
  query: string;
  chosen: readonly PersonFragment[];
  found: readonly PersonFragment[];
  firstKey: string;
}) {
  const t = useTexts('chat');
  const [fault, action, pending] = useActionState(startConversation, null);
  const [typed, setTyped] = useState(firstQuery);
  const { query, found } = useFoundPeople({ query: firstQuery, found: firstFound }, typed);
  const [title, setTitle] = useState('');
  const [picked, setPicked] = useState(chosen);
  const pickedIds = new Set(picked.map(({ id }) => id));
  const foundIds = new Set(found.map(({ id }) => id));
  const others = found.filter(({ id }) => id !== viewerId);
  const kept = picked.filter(({ id }) => !foundIds.has(id));
  const pick = (person: PersonFragment, isPicked: boolean) =>
    setPicked((before) => (isPicked ? [...before, person] : before.filter(({ id }) => id !== person.id)));

  return (
    <form action="/messages/new" className={styles.form}>
      <FormMessage text={fault} />
      <input type="hidden" name="key" value={firstKey} />
      <div className={styles.search}>
        <label htmlFor="people-query">{t('nameOrUsername')}</label>
        <div className={styles.searchRow}>
          <input
            id="people-query"
            name="q"
            type="search"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            maxLength={100}
          />
          <PendingButton className="button" pending={pending}>
            {t('search')}
          </PendingButton>
        </div>
      </div>
      {kept.length > 0 && <People legend={t('chosen')} people={kept} picked={pickedIds} onPick={pick} />}
      {others.length > 0 && <People legend={t('found')} people={others} picked={pickedIds} onPick={pick} />}
      <p role="status" className={styles.nobody}>
        {query !== '' && others.length === 0 && t('nobodyElseHasName')}
      </p>
      {(picked.length > 0 || others.length > 0) && (
        <>
          <div className={styles.title}>
            <label htmlFor="group-title">{t('nameGroupForSeveral')}</label>
            <input
              id="group-title"
              name="title"
              value={title}
              onChange={(event) => setTitle(event.target.value)}
              maxLength={LONGEST_TITLE}
              autoComplete="off"
              dir="auto"
            />
          </div>
          <PendingButton
            formAction={action}
            className="button primary"
            pending={pending}
            waiting={t('starting')}
          >
            {t('startConversation')}
          </PendingButton>
        </>
      )}
    </form>
  );
}

function People({
  legend,
  people,
  picked,
  onPick,
}: {
  legend: string;
  people: readonly PersonFragment[];
  picked: ReadonlySet<string>;
  onPick: (person: PersonFragment, isPicked: boolean) => void;
}) {
  return (
    <fieldset className={styles.people}>
      <legend>{legend}</legend>
      {people.map((person) => (
        <label key={person.id} className={styles.person}>
          <input
            type="checkbox"
            name="memberId"
            value={person.id}
            checked={picked.has(person.id)}
            onChange={(event) => onPick(person, event.target.checked)}
          />
          <Avatar person={person} size={44} />
          <span className={styles.names}>
            <bdi>{person.displayName}</bdi>
            <bdi className={styles.handle}>@{person.username}</bdi>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
