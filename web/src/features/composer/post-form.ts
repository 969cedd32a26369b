import type { Audience } from './audience.ts';

/** Takes a post, gives the form that `createPost` reads. */
export function postForm(post: {
  text: string;
  warning: string;
  visibility: Audience;
  quoteOfId: string | null;
  mediaIds: readonly string[];
  key: string;
}): FormData {
  const data = new FormData();
  data.set('text', post.text);
  data.set('contentWarning', post.warning);
  data.set('visibility', post.visibility);
  data.set('quoteOfId', post.quoteOfId ?? '');
  data.set('mediaIds', post.mediaIds.join(' '));
  data.set('key', post.key);
  return data;
}
