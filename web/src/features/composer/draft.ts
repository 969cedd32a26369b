import { forget, keep, kept } from '../../browser-store/kept.ts';
import type { KeptUpload } from '../media/upload-list.ts';
import { type Audience, audienceOf } from './audience.ts';

/** A post as far as it is written. */
export interface Draft {
  /** The idempotency key of its last attempt, and what was sent with it. */
  attempt: { key: string; content: string } | null;
  text: string;
  warning: string;
  visibility: Audience;
  pictures: KeptUpload[];
}

/** Where somebody's draft is kept: one of a new post, and one for each post that they are about to quote. */
export const draftKey = (viewerId: string, quoteOfId: string | null): string =>
  `draft ${viewerId}${quoteOfId === null ? '' : ` ${quoteOfId}`}`;

export const isEmpty = ({ text, warning, pictures }: Draft): boolean =>
  text.trim() === '' && warning.trim() === '' && pictures.length === 0;

/** Keeps a draft; one without anything in it is forgotten. */
export const keepDraft = (key: string, draft: Draft): Promise<void> =>
  isEmpty(draft) ? forget(key) : keep(key, draft);

export const forgetDraft = forget;

/** Gives the draft that is kept, as far as it is one. */
export async function keptDraft(key: string): Promise<Draft | null> {
  const found = await kept(key);
  if (typeof found !== 'object' || found === null) return null;
  const { text, warning, visibility, pictures, attempt } = found as Partial<Record<keyof Draft, unknown>>;
  return {
    text: typeof text === 'string' ? text : '',
    warning: typeof warning === 'string' ? warning : '',
    visibility: audienceOf(visibility),
    pictures: Array.isArray(pictures) ? pictures.filter(isKeptUpload) : [],
    attempt: isAttempt(attempt) ? attempt : null,
  };
}

const isAttempt = (value: unknown): value is NonNullable<Draft['attempt']> =>
  typeof value === 'object' && value !== null && 'key' in value && 'content' in value;

const isKeptUpload = (value: unknown): value is KeptUpload =>
  typeof value === 'object' && value !== null && 'file' in value && value.file instanceof File;
