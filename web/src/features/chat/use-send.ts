'use client';

import { useEffect, useRef, useState } from 'react';
import { useTexts } from '#texts';
import { useGraph, useViewerId } from '../../graph/live.tsx';
import { useTypedBefore } from '../../ui/use-typed-before.ts';
import { useUploads } from '../media/use-uploads.ts';
import { messageText } from './message-text.ts';
import { type Pending, putPending } from './pending.ts';
import { useKeptText } from './use-kept-text.ts';
import type { Writing } from './use-message-acts.ts';

const mostPictures = 4;
const nothing = () => undefined;

export interface SendProps {
  conversationId: string;
  /** The seq of the last message that is here. */
  afterSeq: number;
  writing: Writing;
  /** Goes on with something new. */
  onDone: () => void;
  onSent: () => void;
  onEdit: (id: string, text: string) => void;
}

/** What the form came back with. */
interface Returned {
  text: string;
  fault: string | null;
}

/** What one writes, by the graph: it goes to the outbox, which shows it at once and sends it. */
export function useSend(
  { conversationId, afterSeq, writing, onDone, onSent, onEdit }: SendProps,
  returned: Returned,
) {
  const t = useTexts('chat');
  const graph = useGraph();
  const viewerId = useViewerId();
  const [text, setText] = useState(returned.text);
  const [fault, setFault] = useState(returned.fault);
  const [isBusy, setIsBusy] = useState(false);
  const { uploads, items } = useUploads(mostPictures);
  const area = useRef<HTMLTextAreaElement>(null);
  /** What was begun before another message was to be edited. */
  const begun = useRef('');
  const latest = useRef(text);
  latest.current = text;
  const firstReturned = useRef(returned);
  useTypedBefore(area, setText);

  useEffect(() => {
    if (returned.fault) area.current?.focus();
    if (returned === firstReturned.current) return;
    setText(returned.text);
    setFault(returned.fault);
  }, [returned]);

  useEffect(() => {
    if (writing.kind === 'new') return;
    if (writing.kind === 'edit') {
      begun.current = latest.current;
      setText(writing.message.text);
    }
    setFault(null);
    area.current?.focus();
    return () => {
      if (writing.kind === 'edit') setText(begun.current);
    };
  }, [writing]);

  const keepsText = writing.kind === 'new' && viewerId;
  useKeptText(keepsText ? `message-text ${viewerId} ${conversationId}` : null, text, setText);

  function tell(isTyping: boolean): void {
    if (graph)
      import('./live-chat.ts').then(({ tellTyping }) => tellTyping(graph, conversationId, isTyping), nothing);
  }

  function change(value: string): void {
    setText(value);
    setFault(null);
    if (writing.kind !== 'edit') tell(value.trim() !== '');
  }

  function refuse(why: string): void {
    setFault(why);
    area.current?.focus();
  }

  function put(said: string, media: Pending['media']): void {
    const answered = writing.kind === 'answer' ? writing.message : null;
    putPending({
      conversationId,
      text: said,
      replyTo: answered && {
        id: answered.id,
        seq: answered.seq,
        text: answered.text,
        name: answered.sender?.displayName ?? t('nobody'),
      },
      media,
      afterSeq,
    });
    setText('');
    onDone();
    onSent();
    tell(false);
    area.current?.focus();
  }

  /** Sends what is written, or saves it. */
  async function send(): Promise<void> {
    if (isBusy) return;
    const read = messageText(t, text, items.length > 0 || isWithMedia(writing));
    if (read.fault) return refuse(read.fault);
    if (writing.kind === 'edit') {
      onEdit(writing.message.id, read.text);
      onDone();
      area.current?.focus();
      return;
    }
    if (items.length === 0) return put(read.text, []);
    setIsBusy(true);
    try {
      const ids = await uploads.settled();
      const media = ids.map((id, at) => ({ id, altText: items[at]?.altText ?? '' }));
      uploads.clear();
      put(read.text, media);
    } catch (error) {
      refuse(error instanceof Error ? error.message : t('picturesNotSent'));
    } finally {
      setIsBusy(false);
    }
  }

  async function addPictures(files: File[]): Promise<void> {
    const areAll = await uploads.add(files);
    setFault(areAll ? null : t('messageTakesPictures', { mostPictures }));
  }

  return { area, text, fault, isBusy, uploads, items, change, send, addPictures };
}

const isWithMedia = (writing: Writing): boolean =>
  writing.kind === 'edit' && (writing.message.media?.length ?? 0) > 0;
