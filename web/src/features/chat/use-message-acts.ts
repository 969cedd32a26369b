'use client';

import { useCallback, useMemo, useState } from 'react';
import { useTexts } from '#texts';
import type { Graph } from '../../graph/client.ts';
import { useGraph } from '../../graph/live.tsx';
import type { MessageRowFragment } from './generated/documents.ts';
import type { MessageActs } from './message-row.tsx';

/** What is written at the moment: something new, an answer, or another text for a message. */
export type Writing = { kind: 'new' } | { kind: 'answer' | 'edit'; message: MessageRowFragment };

const anew: Writing = { kind: 'new' };
const load = () => import('./change-message.ts');

/** What one does with the messages of a page: the menu that is open, what is written because of it, and why something did not work. */
export function useMessageActs() {
  const t = useTexts('chat');
  const graph = useGraph();
  const [menu, setMenu] = useState<{ message: MessageRowFragment; button: HTMLElement } | null>(null);
  const [writing, setWriting] = useState<Writing>(anew);
  const [fault, setFault] = useState<string | null>(null);

  const run = useCallback(
    async (work: (through: Graph, changes: Awaited<ReturnType<typeof load>>) => Promise<string | null>) => {
      if (!graph) return;
      setFault(null);
      const told = await load()
        .then((changes) => work(graph, changes))
        .catch(() => t('couldNotBeDone'));
      setFault(told);
    },
    [graph, t],
  );

  const acts = useMemo<MessageActs | null>(
    () =>
      graph && {
        openMenu: (message, button) => setMenu({ message, button }),
        react: (id, emoji, isGiven) =>
          void run((through, { reactToMessage }) => reactToMessage(through, id, emoji, isGiven)),
      },
    [graph, run],
  );

  return {
    acts,
    menu,
    closeMenu: useCallback(() => setMenu(null), []),
    writing,
    write: setWriting,
    writeAnew: useCallback(() => setWriting(anew), []),
    edit: useCallback(
      (id: string, text: string) => void run((through, { editMessage }) => editMessage(through, id, text)),
      [run],
    ),
    remove: (message: MessageRowFragment) => {
      void run((through, { deleteMessage }) => deleteMessage(through, message.id));
    },
    fault,
  };
}
