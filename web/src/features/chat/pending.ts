import { changeWaiting, newWaiting, outbox, putWaiting, type Waiting, waitingOf } from '../outbox/outbox.ts';

/** A message on its way. */
export interface Pending extends Waiting {
  conversationId: string;
  text: string;
  replyTo: { id: string; seq: number; text: string; name: string } | null;
  media: { id: string; altText: string }[];
  /** The seq of the last message that was here when it was written, or that was sent before it. */
  afterSeq: number;
}

const kind = 'message';

export const isPending = (item: Waiting): item is Pending =>
  item.kind === kind && 'afterSeq' in item && 'media' in item;

export const pendingMessages = waitingOf(isPending);

/** Puts a message in; those of a conversation are sent in their order. */
export function putPending(message: Omit<Pending, keyof Waiting>): void {
  void putWaiting({ ...newWaiting(kind, `conversation ${message.conversationId}`), ...message });
}

/** Once a message was sent those behind it are looked for behind it. */
export function settlePending({ key, lane }: Pending, seq: number): void {
  for (const one of outbox().filter(isPending))
    if (one.key !== key && one.lane === lane && one.afterSeq < seq)
      changeWaiting<Pending>(one.key, { afterSeq: seq });
}

/** Of what is on its way what no message of the conversation is yet: its event may come before its answer, or that may be lost. */
export function stillOnTheWay(
  pendings: readonly Pending[],
  messages: readonly { id: string; seq: number; text: string; sender: { id: string } | null }[],
  viewerId: string,
): Pending[] {
  const taken = new Set<string>();
  return pendings.filter(({ text, afterSeq, state, media }) => {
    if (state === 'failed') return true;
    for (let place = messages.length - 1; place >= 0; place -= 1) {
      const message = messages[place];
      if (!message || message.seq <= afterSeq) return true;
      const isIt = message.sender?.id === viewerId && message.text === text && media.length === 0;
      if (!isIt || taken.has(message.id)) continue;
      taken.add(message.id);
      return false;
    }
    return true;
  });
}
