import type { Graph } from '../../graph/client.ts';
import { SetTypingDocument, TypingDocument } from './generated/documents.ts';

/** How long somebody is shown as writing, unless it is told again; by the page's own time, whatever its clock shows. */
const shownMs = 5_000;
/** Oftener it is not told anyhow. */
const againMs = 3_000;
const resumeMs = 5_000;

/** Gives the names of who else writes in a conversation, '' for whom one may not meet. Nothing of it is kept, and what comes while the line is cut is lost. */
export const watchTyping =
  (conversationId: string) =>
  ({ client }: Graph, show: (names: readonly string[]) => void): (() => void) => {
    const writing = new Map<string, { name: string; timer: ReturnType<typeof setTimeout> }>();
    let subscription: { unsubscribe(): void } | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;

    const tell = () => show([...writing.values()].map(({ name }) => name));
    function stop(id: string): void {
      const one = writing.get(id);
      if (!one) return;
      clearTimeout(one.timer);
      writing.delete(id);
      tell();
    }

    function begin(): void {
      const asked = {
        query: TypingDocument,
        variables: { conversationId },
        fetchPolicy: 'no-cache',
      } as const;
      subscription = client.subscribe(asked).subscribe({
        next({ data }) {
          const event = data?.typing;
          if (!event) return;
          const { user, until } = event;
          const id = user?.id ?? '';
          stop(id);
          if (until === null) return;
          writing.set(id, { name: user?.displayName ?? '', timer: setTimeout(() => stop(id), shownMs) });
          tell();
        },
        error: beginAgain,
        complete: beginAgain,
      });
    }

    function beginAgain(): void {
      subscription?.unsubscribe();
      clearTimeout(timer);
      if (!isOver) timer = setTimeout(begin, resumeMs);
    }

    begin();
    return () => {
      isOver = true;
      clearTimeout(timer);
      subscription?.unsubscribe();
      for (const one of writing.values()) clearTimeout(one.timer);
    };
  };

const told = new Map<string, number>();

/** Tells the others that one writes, at most every three seconds, or that one has stopped. */
export function tellTyping({ client }: Graph, conversationId: string, isTyping: boolean): void {
  const now = performance.now();
  const last = told.get(conversationId);
  if (isTyping ? last !== undefined && now - last < againMs : last === undefined) return;
  if (isTyping) told.set(conversationId, now);
  else told.delete(conversationId);
  const variables = { conversationId, isTyping };
  client.mutate({ mutation: SetTypingDocument, variables, fetchPolicy: 'no-cache' }).catch(() => undefined);
}
