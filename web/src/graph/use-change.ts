'use client';

import { type ComponentProps, startTransition, useActionState, useEffect, useRef, useState } from 'react';
import type { Send } from '../gateway/send.ts';
import { useGraph } from './live.tsx';
import { tellPageAsked } from './page-asked.ts';

/** What a feature does with a form that was sent: gives what the form shows then. */
export type Change<State> = (send: Send, form: FormData, before: State) => Promise<State>;

/**
 * A form that changes something. Where the graph is here the browser's client sends it, by the feature's `Change` that `load` gives, and
 * what is expected shows at once; else, and without JavaScript, `action` does, the server action of the same `Change`. It is
 * sent once at a time, however often it is pressed. `load` is the one of the first render.
 */
export function useChange<State>(
  action: (before: State, form: FormData) => Promise<State>,
  first: State,
  load: () => Promise<Change<State>>,
): { state: State; pending: boolean; form: Pick<ComponentProps<'form'>, 'action' | 'onSubmit'> } {
  const graph = useGraph();
  const [acted, act, acting] = useActionState<State, FormData>(action, first as Awaited<State>);
  // Of the two ways the one that was gone last says how it stands.
  const [sent, setSent] = useState<{ state: State; since: State } | null>(null);
  const [sending, setSending] = useState(false);
  const isSending = useRef(false);
  const loadFirst = useRef(load);
  const state = sent && sent.since === acted ? sent.state : acted;

  useEffect(() => {
    // So that the first press waits for nothing. What does not load is sent by the form.
    if (graph) loadWith(loadFirst.current).catch(() => undefined);
  }, [graph]);

  async function send(form: FormData): Promise<void> {
    const loaded = graph && (await loadWith(loadFirst.current).catch(() => null));
    if (!graph || !loaded) {
      tellPageAsked();
      startTransition(() => act(form));
      return;
    }
    const [change, { sendBy }] = loaded;
    const done = await change(sendBy(graph.client), form, state);
    setSent({ state: done, since: acted });
  }

  function onSubmit(event: Parameters<NonNullable<ComponentProps<'form'>['onSubmit']>>[0]): void {
    if (!graph && !isSending.current) return;
    event.preventDefault();
    if (isSending.current || acting) return;
    isSending.current = true;
    setSending(true);
    const { submitter } = event.nativeEvent as SubmitEvent;
    send(new FormData(event.currentTarget, submitter)).finally(() => {
      isSending.current = false;
      setSending(false);
    });
  }

  return { state, pending: acting || sending, form: { action: act, onSubmit } };
}

const loadWith = <State>(load: () => Promise<Change<State>>) => Promise.all([load(), import('./send-by.ts')]);
