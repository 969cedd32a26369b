'use client';

import { useTexts } from '#texts';
import { Avatar } from '../../ui/avatar.tsx';
import type { PersonFragment } from '../../ui/generated/person-name.ts';
import { PersonName } from '../../ui/person-name.tsx';
import styles from './chat.module.css';
import group from './group.module.css';
import { GroupForm } from './group-form.tsx';
import { LeaveForm } from './leave-form.tsx';
import type { OpenConversation } from './merge-messages.ts';
import { NotInConversation } from './not-in-conversation.tsx';
import { LONGEST_TITLE } from './page-size.ts';
import { PaneHead } from './pane-head.tsx';
import { useConversation } from './use-conversation.ts';

/** A group's name, who is in it, who may come into it, and the way out; its admins change what is not theirs. */
export function MembersPane({
  first,
  viewerId,
  query,
  found,
}: {
  first: OpenConversation;
  viewerId: string;
  query: string;
  found: readonly PersonFragment[];
}) {
  const t = useTexts('chat');
  const conversation = useConversation(first);
  if (!conversation) return <NotInConversation />;
  const { id, title, everybody } = conversation;
  const members = everybody.edges.map(({ node }) => node);
  const isAdmin = members.some(({ user, isAdmin: is }) => user?.id === viewerId && is);
  const ids = new Set(members.map(({ user }) => user?.id));
  const others = found.filter((person) => !ids.has(person.id));
  return (
    <div className={styles.pane}>
      <PaneHead conversation={conversation} viewerId={viewerId} typing="" isOpen={false} />
      <div className={group.page}>
        {isAdmin && (
          <section aria-labelledby="group-name">
            <h2 id="group-name" className="section-title">
              {t('name')}
            </h2>
            <GroupForm conversationId={id} intents={[{ intent: 'rename', label: t('save') }]}>
              <label htmlFor="title" className="visually-hidden">
                {t('nameGroup')}
              </label>
              <input
                key={title}
                id="title"
                name="title"
                dir="auto"
                defaultValue={title ?? ''}
                maxLength={LONGEST_TITLE}
                autoComplete="off"
                className={group.field}
              />
            </GroupForm>
          </section>
        )}
        <section aria-labelledby="members">
          <h2 id="members" className="section-title">
            {t('memberCount', { n: everybody.totalCount })}
          </h2>
          <ul className={group.people} aria-label={t('members')}>
            {members.map((member, place) => (
              <li key={member.user?.id ?? place} className={group.person}>
                <Avatar person={member.user} size={44} />
                <div className={group.name}>
                  <PersonName person={member.user} />
                  {member.isAdmin && <span className={group.admin}>{t('admin')}</span>}
                </div>
                {isAdmin && member.user && (
                  <MemberForm
                    conversationId={id}
                    user={member.user}
                    isAdmin={member.isAdmin}
                    isSelf={member.user.id === viewerId}
                  />
                )}
              </li>
            ))}
          </ul>
        </section>
        {isAdmin && <AddPeople id={id} query={query} others={others} />}
        <section aria-labelledby="leave">
          <h2 id="leave" className="section-title">
            {t('leave')}
          </h2>
          <p className="page-lead">{t('readHearNoMore')}</p>
          <LeaveForm conversationId={id} />
        </section>
      </div>
    </div>
  );
}

function MemberForm({
  conversationId,
  user,
  isAdmin,
  isSelf,
}: {
  conversationId: string;
  user: PersonFragment;
  isAdmin: boolean;
  isSelf: boolean;
}) {
  const t = useTexts('chat');
  const of = user.displayName;
  const standing = isAdmin
    ? { intent: 'member', label: t('removeAsAdmin'), of }
    : { intent: 'admin', label: t('makeAdmin'), of };
  return (
    <GroupForm
      conversationId={conversationId}
      userId={user.id}
      intents={isSelf ? [standing] : [standing, { intent: 'remove', label: t('remove'), of, isDanger: true }]}
    />
  );
}

function AddPeople({ id, query, others }: { id: string; query: string; others: readonly PersonFragment[] }) {
  const t = useTexts('chat');
  return (
    <section aria-labelledby="add">
      <h2 id="add" className="section-title">
        {t('addPeople')}
      </h2>
      <p className="page-lead">{t('theyReadWhatWritten')}</p>
      <form action={`/messages/${encodeURIComponent(id)}/members`} className={group.form}>
        <label htmlFor="add-query" className="visually-hidden">
          {t('nameOrUsername')}
        </label>
        <input
          id="add-query"
          name="q"
          type="search"
          placeholder={t('nameOrUsername')}
          defaultValue={query}
          maxLength={100}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          className={group.field}
        />
        <button type="submit" className="button">
          {t('search')}
        </button>
      </form>
      {query !== '' && others.length === 0 && <p>{t('nobodyElseHasName')}</p>}
      {others.length > 0 && (
        <ul className={group.people} aria-label={t('found')}>
          {others.map((person) => (
            <li key={person.id} className={group.person}>
              <Avatar person={person} size={44} />
              <div className={group.name}>
                <PersonName person={person} />
              </div>
              <GroupForm
                conversationId={id}
                userId={person.id}
                intents={[{ intent: 'add', label: t('add'), of: person.displayName }]}
              />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
