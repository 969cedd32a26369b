'use client';

import { type KeyboardEvent, type RefObject, useEffect, useId, useRef, useState } from 'react';
import { useGraph } from '../../graph/live.tsx';
import { oneAtATime } from '../../graph/one-at-a-time.ts';
import type { Suggestion } from './suggest.ts';
import { type WrittenWord, writtenWordAt } from './written-word.ts';

const quietMs = 180;

interface Found {
  of: WrittenWord;
  suggestions: Suggestion[];
}

/**
 * Completes names and tags while they are written in an area: what is suggested, which of it is chosen, and what the area needs for it. The
 * focus stays in the text. One question is under way at a time, a moment after the last key.
 */
export function useCompletion(area: RefObject<HTMLTextAreaElement | null>) {
  const graph = useGraph();
  const id = useId();
  const [written, setWritten] = useState<WrittenWord | null>(null);
  const [found, setFound] = useState<Found | null>(null);
  const [active, setActive] = useState(0);
  const [asking] = useState(oneAtATime);
  const latest = useRef(written);
  latest.current = written;
  const place = written && `${written.kind} ${written.start}`;
  const key = written && `${place} ${written.word}`;
  // Where the suggestions were closed: they stay so while the same word is written.
  const [closed, setClosed] = useState<string | null>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` says what is written.
  useEffect(() => {
    if (!graph || !written) {
      asking.clear();
      setFound(null);
      return;
    }
    const timer = setTimeout(() => {
      asking.run(async () => {
        const suggestions = await (await import('./suggest.ts')).suggest(graph, written);
        const { current } = latest;
        if (current?.start !== written.start || current.kind !== written.kind) return;
        setFound({ of: written, suggestions });
        setActive(0);
      });
    }, quietMs);
    return () => clearTimeout(timer);
  }, [graph, key, asking]);

  const isOpen =
    found !== null && written?.start === found.of.start && found.suggestions.length > 0 && closed !== place;
  const suggestions = isOpen ? found.suggestions : [];

  function look(): void {
    const element = area.current;
    if (!element) return;
    const { selectionStart, selectionEnd, value } = element;
    const next = selectionStart === selectionEnd ? writtenWordAt(value, selectionStart) : null;
    setWritten((before) => (isSame(before, next) ? before : next));
  }

  function choose(suggestion: Suggestion): void {
    const element = area.current;
    if (!element || !written) return;
    const { selectionStart, value } = element;
    const space = value.charAt(selectionStart) === ' ' ? '' : ' ';
    element.setRangeText(suggestion.text + space, written.start, selectionStart, 'end');
    // So that it is heard of as if it was typed.
    element.dispatchEvent(new InputEvent('input', { bubbles: true }));
    setWritten(null);
  }

  /** Says whether the key was for the suggestions. */
  function onKeyDown(event: KeyboardEvent): boolean {
    if (!isOpen || event.nativeEvent.isComposing) return false;
    const { length } = suggestions;
    const hasModifier = event.ctrlKey || event.metaKey || event.altKey || event.shiftKey;
    if (event.key === 'ArrowDown') setActive((active + 1) % length);
    else if (event.key === 'ArrowUp') setActive((active + length - 1) % length);
    else if (event.key === 'Escape') setClosed(place);
    else if ((event.key === 'Enter' || event.key === 'Tab') && !hasModifier) {
      const chosen = suggestions[active];
      if (chosen) choose(chosen);
    } else return false;
    event.preventDefault();
    return true;
  }

  return {
    kind: found?.of.kind ?? 'mention',
    suggestions,
    active,
    listId: id,
    choose,
    onKeyDown,
    area: {
      onSelect: look,
      onBlur: () => setWritten(null),
      'aria-autocomplete': 'list' as const,
      'aria-haspopup': 'listbox' as const,
      'aria-controls': isOpen ? id : undefined,
      'aria-activedescendant': isOpen ? `${id}${active}` : undefined,
    },
  };
}

const isSame = (one: WrittenWord | null, other: WrittenWord | null): boolean =>
  one?.kind === other?.kind && one?.word === other?.word && one?.start === other?.start;
