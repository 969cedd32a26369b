'use client';

import { type ComponentProps, memo, useEffect, useRef, useState } from 'react';
import { PostCard } from '../post/post-card.tsx';
import { type FarPlaces, isIdle, watchPlace } from './far-places.ts';

/** A post of a list that may become long: its place alone where it is far from what is seen. */
export const PostRow = memo(function PostRow({
  id,
  part,
  far,
}: ComponentProps<typeof PostCard> & { id: string; far: FarPlaces }) {
  const row = useRef<HTMLLIElement>(null);
  const [height, setHeight] = useState(() => far.get(id));

  useEffect(() => {
    const place = row.current;
    if (!place) return;
    return watchPlace(place, (isFar, now) => {
      if (!isFar) {
        far.delete(id);
        setHeight(undefined);
      } else if (now > 0 && isIdle(place)) {
        far.set(id, now);
        setHeight(now);
      }
    });
  }, [far, id]);

  return (
    <li ref={row} style={height === undefined ? undefined : { height }}>
      {height === undefined && <PostCard part={part} />}
    </li>
  );
});
