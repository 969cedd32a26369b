'use client';

import { useRouter } from 'next/navigation';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { whenShown } from '../ui/when-shown.ts';
import type { Graph } from './client.ts';
import { ConnectionBanner } from './connection-banner.tsx';
import { refreshPage } from './page-asked.ts';
import { openSessionChannel } from './session-channel.ts';

const GraphContext = createContext<Graph | null>(null);

/** The graph, once it is here; null before, signed out, and without it for good where it does not load. */
export const useGraph = (): Graph | null => useContext(GraphContext);

const ViewerContext = createContext<string | null | undefined>(undefined);

/** Whose page it is. Null: nobody is signed in; undefined: who is cannot be told. */
export const useViewerId = (): string | null | undefined => useContext(ViewerContext);

/**
 * Makes the pages of whoever is signed in live: opens the graph once the page is shown, and keeps it across pages. A tab that shows
 * somebody else as signed in, or nobody, ends those of the others, which are then rendered anew.
 */
export function Live({
  viewerId,
  gateway,
  children,
}: {
  /** Null: nobody is signed in; undefined: who is cannot be told. */
  viewerId: string | null | undefined;
  /** Where the graph is; null where nobody needs it. */
  gateway: string | null;
  children: ReactNode;
}) {
  const router = useRouter();
  const [graph, setGraph] = useState<Graph | null>(null);

  useEffect(() => {
    const channel = openSessionChannel();
    let opened: Graph | undefined;
    let isOver = false;
    const end = () => {
      if (isOver) return;
      isOver = true;
      opened?.stop();
      setGraph(null);
    };
    const endAndRender = () => {
      if (isOver) return;
      end();
      refreshPage(router);
    };
    channel.onViewer((other) => {
      if (viewerId !== undefined && other !== viewerId && !isOver) endAndRender();
    });
    if (viewerId !== undefined) channel.tell({ viewerId });
    const cancel = viewerId && gateway !== null ? whenShown(() => open(viewerId, gateway)) : undefined;
    async function open(whose: string, address: string) {
      // Without it the page is what the server made of it.
      const loaded = await import('./client.ts').catch(() => null);
      if (!loaded || isOver) return;
      opened = loaded.openGraph(address, whose, channel, endAndRender);
      setGraph(opened);
    }
    return () => {
      cancel?.();
      end();
      channel.close();
    };
  }, [viewerId, gateway, router]);

  return (
    <ViewerContext value={viewerId}>
      <GraphContext value={graph}>
        {children}
        <ConnectionBanner graph={graph} />
      </GraphContext>
    </ViewerContext>
  );
}
