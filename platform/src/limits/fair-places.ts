/** A place that somebody holds. Who holds most gives way when there is no place left for another. */
export abstract class Place {
  /** Whose it is, while it is held. */
  share: Share | undefined = undefined;
  /** Where it stands among the places of its share. */
  index = -1;

  /** Ends what takes the place; it is free already. */
  abstract cut(): void;
}

/** The places of one key. */
interface Share {
  readonly key: string;
  readonly places: Place[];
}

/** Why there is no place: its key has all that one may have, or all are taken and nobody has many more. */
export type NoPlace = 'share' | 'total';

/**
 * So many places for all, so many of them at most for one key (0: no limit). When all are taken, whoever has fewer
 * than the greatest share gets a place of that: those who come first cannot keep out those who come later.
 */
export interface FairPlaces {
  readonly size: number;
  /** Null: it has its place. */
  take(key: string, place: Place): NoPlace | null;
  /** Harmless for one that is free already. */
  leave(place: Place): void;
}

export function createFairPlaces(options: { total: number; perKey: number }): FairPlaces {
  const { total, perKey } = options;
  const shares = new Map<string, Share>();
  /** The shares by how many places they have. */
  const bySize = new Map<number, Set<Share>>();
  let largest = 0;
  let size = 0;

  const moved = (share: Share, before: number) => {
    const now = share.places.length;
    const former = bySize.get(before);
    former?.delete(share);
    if (former?.size === 0) bySize.delete(before);
    if (now === 0) {
      shares.delete(share.key);
    } else {
      const those = bySize.get(now) ?? new Set();
      bySize.set(now, those.add(share));
    }
    if (now > largest) largest = now;
    // A share changes by one, and so does the largest size.
    else if (largest > 0 && !bySize.has(largest)) largest -= 1;
    size += now - before;
  };

  const leave = (place: Place) => {
    const { share, index } = place;
    if (!share) return;
    const { places } = share;
    const before = places.length;
    const last = places.pop() as Place;
    if (last !== place) {
      places[index] = last;
      last.index = index;
    }
    place.share = undefined;
    moved(share, before);
  };

  const cutOne = () => {
    const [share] = bySize.get(largest) ?? [];
    // Near enough to the one that came last: who has been there for long is rather somebody than a flood.
    const place = share?.places.at(-1);
    if (!place) return;
    leave(place);
    place.cut();
  };

  return {
    get size() {
      return size;
    },
    take(key, place) {
      const held = shares.get(key)?.places.length ?? 0;
      if (perKey > 0 && held >= perKey) return 'share';
      if (size >= total) {
        if (largest <= held + 1) return 'total';
        cutOne();
      }
      const share = shares.get(key) ?? { key, places: [] };
      shares.set(key, share);
      place.share = share;
      place.index = share.places.push(place) - 1;
      moved(share, held);
      return null;
    },
    leave,
  };
}

/** How many each key has at once, at most `limit` (0: no limit). */
export interface Counts {
  /** False: it has as many as it may. */
  take(key: string): boolean;
  /** Once for each that was taken. */
  leave(key: string): void;
}

export function createCounts(limit: number): Counts {
  const counts = new Map<string, number>();
  return {
    take(key) {
      const count = counts.get(key) ?? 0;
      if (limit > 0 && count >= limit) return false;
      counts.set(key, count + 1);
      return true;
    },
    leave(key) {
      const count = (counts.get(key) ?? 0) - 1;
      if (count > 0) counts.set(key, count);
      else counts.delete(key);
    },
  };
}
