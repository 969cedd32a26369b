/** Somebody for whom bytes are kept until they read them. */
export interface SlowReader {
  readonly kept: number;
  /** Ends it at once; its client comes back with its cursor. */
  cut(): void;
}

/** When more than that is kept for all together, sends those away for whom most is. */
export function cutSlowest(readers: ReadonlySet<SlowReader>, bytesOfAll: number): void {
  let kept = 0;
  for (const reader of readers) kept += reader.kept;
  if (kept <= bytesOfAll) return;
  for (const reader of [...readers].sort((a, b) => b.kept - a.kept)) {
    if (kept <= bytesOfAll) return;
    kept -= reader.kept;
    reader.cut();
  }
}
