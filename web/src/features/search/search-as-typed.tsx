'use client';

import { useSearchParams } from 'next/navigation';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { useTexts } from '#texts';
import { useGraph } from '../../graph/live.tsx';
import { oneAtATime } from '../../graph/one-at-a-time.ts';
import { type Found, FoundAsTyped, foundText } from './found-as-typed.tsx';
import { SearchForm } from './search-form.tsx';
import { SearchHint } from './search-hint.tsx';
import { type SearchType, searchPath } from './search-path.ts';
import { SearchTabs } from './search-tabs.tsx';

/** Whoever types on is waited for, longer where a question costs more; `longest` is what the graph takes. */
const ASKING = {
  people: { quietMs: 200, shortest: 1, longest: 100 },
  posts: { quietMs: 400, shortest: 2, longest: 200 },
};

/**
 * The search, with what is found as one types, where the graph is here: the field, and `children`, what was found for `query`, until
 * something else is typed, which the address follows and the other searches take along. One question is under way at a time. Without
 * the graph the form is sent.
 */
export function SearchAsTyped({
  query,
  type,
  children,
}: {
  query: string;
  type: SearchType;
  children: ReactNode;
}) {
  const graph = useGraph();
  // Who comes back finds what was typed in the address; the page may be that of the search before.
  const t = useTexts('search');
  const inAddress = useSearchParams().get('q')?.trim() ?? query;
  const [first] = useState(inAddress);
  const [typed, setTyped] = useState(first);
  const [found, setFound] = useState<Found | null>(null);
  const [asking] = useState(oneAtATime);
  const place = useRef<HTMLDivElement>(null);
  const { quietMs, shortest, longest } = ASKING[type];
  const isElse = typed !== query && typed.length >= shortest && typed.length <= longest;

  useEffect(() => {
    // Whoever comes to search begins to type.
    if (first === '') place.current?.querySelector<HTMLElement>('input[type=search]')?.focus();
  }, [first]);

  useEffect(() => {
    if (!graph || typed === inAddress || typed.length > longest) return;
    const timer = setTimeout(() => history.replaceState(null, '', searchPath(typed, type)), quietMs);
    return () => clearTimeout(timer);
  }, [graph, typed, inAddress, type, quietMs, longest]);

  useEffect(() => {
    if (!graph || !isElse) {
      asking.clear();
      return;
    }
    const timer = setTimeout(() => {
      asking.run(async () => setFound(await find[type](graph, typed)));
    }, quietMs);
    return () => clearTimeout(timer);
  }, [graph, typed, type, isElse, asking, quietMs]);

  function onInput({ target }: FormEvent) {
    if (target instanceof HTMLInputElement && target.type === 'search') setTyped(target.value.trim());
  }

  const shown = isElse ? found : null;
  return (
    <div ref={place} onInput={onInput}>
      <SearchForm query={first} type={type} />
      <SearchTabs query={typed} type={type} />
      <p role="status" className="visually-hidden">
        {shown && foundText(t, shown)}
      </p>
      {shown && <FoundAsTyped found={shown} />}
      {!shown && (typed === '' && graph ? <SearchHint type={type} /> : children)}
    </div>
  );
}

const find: Record<
  SearchType,
  (graph: NonNullable<ReturnType<typeof useGraph>>, of: string) => Promise<Found>
> = {
  people: async (graph, of) => ({
    type: 'people',
    of,
    people: await (await import('./find-people.ts')).findPeople(graph, of),
  }),
  posts: async (graph, of) => ({
    type: 'posts',
    of,
    page: await (await import('./find-posts.ts')).findPosts(graph, of),
  }),
};
