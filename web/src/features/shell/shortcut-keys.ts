/** Where `g` and a second key lead; `profile` stands for one's own. */
export const PLACES = {
  h: { label: 'home', path: '/' },
  e: { label: 'explore', path: '/explore' },
  n: { label: 'notifications', path: '/notifications' },
  m: { label: 'messages', path: '/messages' },
  b: { label: 'bookmarks', path: '/bookmarks' },
  s: { label: 'settings', path: '/settings' },
} as const;

export type PlaceKey = keyof typeof PLACES;

export const isPlaceKey = (key: string): key is PlaceKey => Object.hasOwn(PLACES, key);

/** Says whether a key that is pressed there is for what has the focus, or belongs to the browser. */
export function isTaken(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey)
    return true;
  const { target } = event;
  if (!(target instanceof HTMLElement)) return false;
  return target.isContentEditable || target.closest('input, textarea, select, dialog[open]') !== null;
}

/** Moves the focus to the post that comes after (1) or before (-1) the one that has it, or to the first that is seen. */
export function moveAmongPosts(by: 1 | -1): void {
  const posts = [...document.querySelectorAll<HTMLElement>('main article[tabindex]')];
  const at = posts.findIndex((post) => post.contains(document.activeElement));
  const firstSeen = posts.findIndex((post) => post.getBoundingClientRect().bottom > 120);
  const next = posts[at === -1 ? firstSeen : at + by];
  next?.focus({ preventScroll: true });
  next?.scrollIntoView({ block: 'start' });
}

const kept = 'socialhub-single-keys';

/** Whether single keys do something: those who speak to their computer may not want that (WCAG 2.1.4). Kept in this browser. */
export function keysAreOn(): boolean {
  try {
    return localStorage.getItem(kept) !== 'off';
  } catch {
    return true;
  }
}

/** Keeps that, where the browser keeps anything. */
export function setKeys(isOn: boolean): void {
  try {
    if (isOn) localStorage.removeItem(kept);
    else localStorage.setItem(kept, 'off');
  } catch {
    // As long as the page is open the choice is shown; it is asked for again.
  }
}
