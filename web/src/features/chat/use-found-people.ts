'use client';

import { useEffect, useState } from 'react';
import { useGraph } from '../../graph/live.tsx';
import type { PersonFragment } from '../../ui/generated/person-name.ts';

const pauseMs = 250;

/** Who has a name like what is typed: whom the server found for the first text, and with the graph anew at each pause. */
export function useFoundPeople(
  first: { query: string; found: readonly PersonFragment[] },
  typed: string,
): { query: string; found: readonly PersonFragment[] } {
  const graph = useGraph();
  const [shown, setShown] = useState(first);
  const query = typed.trim();
  useEffect(() => {
    if (!graph || query === shown.query) return;
    let isOver = false;
    const timer = setTimeout(async () => {
      // The one that comes after the next question is dropped.
      const found = query === '' ? [] : await find(query).catch(() => null);
      if (!isOver && found) setShown({ query, found });
    }, pauseMs);
    const find = async (text: string) => (await import('./live-people.ts')).findPeople(graph, text);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [graph, query, shown.query]);
  return shown;
}
