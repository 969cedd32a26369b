'use client';

import { useEffect, useRef, useState } from 'react';
import type { Graph } from './client.ts';
import { tellOfCache } from './from-cache.ts';
import { useGraph } from './live.tsx';

/** What a feature's live module does with the graph: calls back with each new state until it is called. */
export type Watch<State> = (graph: Graph, show: (state: State) => void) => () => void;

/**
 * Gives `first`, what the server rendered, and from the moment on in which the graph is here what `load`'s module watches. When the
 * server renders something else, that is shown until the next change. `load` is the one of the first render.
 */
export function useLive<State>(first: State, load: () => Promise<Watch<State>>): State {
  const graph = useGraph();
  const [shown, setShown] = useState({ first, state: first });
  const loadFirst = useRef(load);

  useEffect(() => {
    if (!graph) return;
    let stop: (() => void) | undefined;
    let isOver = false;
    loadFirst.current().then(
      (watch) => {
        if (isOver) return;
        stop = watch(graph, (state) => {
          tellOfCache(state);
          setShown((before) => ({ ...before, state }));
        });
      },
      // A chunk that does not load leaves the page as the server made it.
      () => undefined,
    );
    return () => {
      isOver = true;
      stop?.();
    };
  }, [graph]);

  if (shown.first !== first) {
    setShown({ first, state: first });
    return first;
  }
  return shown.state;
}
