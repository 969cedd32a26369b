/*
 * Of a long list the rows that are far from what is seen are places of the same height, so that a page weighs no more and becomes no slower
 * while somebody reads on.
 */

/** The heights of the rows of a list that are places now, by id. */
export type FarPlaces = Map<string, number>;

const lists = new Map<string, FarPlaces>();

/** Those of a list of this tab, also when it was left: who comes back finds it as long as it was. Empty where pages are rendered for everybody. */
export function farPlacesOf(list: string): FarPlaces {
  const places = lists.get(list) ?? new Map();
  if (typeof window !== 'undefined') lists.set(list, places);
  return places;
}

/** About sixty short posts before what is seen and behind it: they are there for whoever reads by ear, or searches in the page. */
const near = '10000px 0px';

type OnChange = (isFar: boolean, height: number) => void;

const watched = new WeakMap<Element, OnChange>();
let observer: IntersectionObserver | null = null;

/** Calls back now, and whenever a row comes near or goes far. */
export function watchPlace(row: Element, onChange: OnChange): () => void {
  observer ??= new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting, boundingClientRect } of entries)
        watched.get(target)?.(!isIntersecting, boundingClientRect.height);
    },
    { rootMargin: near },
  );
  const seen = observer;
  watched.set(row, onChange);
  seen.observe(row);
  return () => {
    watched.delete(row);
    seen.unobserve(row);
  };
}

const inUse = ':focus, [open], :popover-open';

/** Whether nobody has begun something in a row that would be lost with it: what the viewer ended has words in its place, and no article. */
export const isIdle = (row: Element): boolean =>
  row.querySelector(':scope > article') !== null &&
  row.querySelector(inUse) === null &&
  ![...row.querySelectorAll('video')].some(({ paused }) => !paused);
