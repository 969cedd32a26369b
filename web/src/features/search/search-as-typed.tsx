'use client';

import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useGraph } from '../../graph/live.tsx';
import { oneAtATime } from '../../graph/one-at-a-time.ts';
import type { ListedPersonFragment } from '../profile/generated/documents.ts';
import { PeopleList } from '../profile/people-list.tsx';
import { SearchForm } from './search-form.tsx';
import { SearchTabs, type SearchType } from './search-tabs.tsx';

/** Whoever types on is waited for. */
const quietMs = 200;
const longest = 100;

interface Found {
  of: string;
  people: ListedPersonFragment[];
}

/**
 * The search, of people with what is found as one types, where the graph is here: the field, and `children`, what was found for `query`,
 * until something else is typed, which the other searches take along. One question is under way at a time. Without the graph the form is sent.
 */
export function SearchAsTyped({
  query,
  type,
  children,
}: {
  query: string;
  /** People are asked for as one types; else it is searched when the form is sent. */
  type: SearchType;
  children: ReactNode;
}) {
  const graph = useGraph();
  const [typed, setTyped] = useState(query);
  const [found, setFound] = useState<Found | null>(null);
  const [asking] = useState(oneAtATime);
  const place = useRef<HTMLDivElement>(null);
  const isElse = type === 'people' && typed !== query && typed !== '' && typed.length <= longest;

  useEffect(() => {
    // Whoever comes to search begins to type.
    if (query === '') place.current?.querySelector<HTMLElement>('input[type=search]')?.focus();
  }, [query]);

  useEffect(() => {
    if (!graph || !isElse) {
      asking.clear();
      return;
    }
    const timer = setTimeout(() => {
      asking.run(async () => {
        const people = await (await import('./find-people.ts')).findPeople(graph, typed);
        setFound({ of: typed, people });
      });
    }, quietMs);
    return () => clearTimeout(timer);
  }, [graph, typed, isElse, asking]);

  function onInput({ target }: FormEvent) {
    if (target instanceof HTMLInputElement && target.type === 'search') setTyped(target.value.trim());
  }

  const shown = isElse ? found : null;
  return (
    <div ref={place} onInput={onInput}>
      <SearchForm query={query} type={type} />
      <SearchTabs query={typed} type={type} />
      <p role="status" className="visually-hidden">
        {shown && countOf(shown.people.length)}
      </p>
      {shown ? <FoundAsTyped people={shown.people} /> : children}
    </div>
  );
}

const countOf = (count: number) =>
  count === 0 ? 'Nobody found' : `${count} ${count === 1 ? 'person' : 'people'} found`;

function FoundAsTyped({ people }: { people: ListedPersonFragment[] }) {
  if (people.length === 0) return <p className="page-lead">Nobody here has a name or username like this.</p>;
  // Whom one follows is told, and changed, on the page of what was searched.
  const rows = people.map((person) => ({ ...person, viewerRelationship: null }));
  return <PeopleList people={rows} label="People" />;
}
