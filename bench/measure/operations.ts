/** How fast something goes, one after the other on one core. */
export interface Speed {
  perSecond: number;
  /** Of this process with all its threads. */
  cpuMicros: number;
}

const batch = 50;

/** Repeats `operate`, with 0, 1, 2 ..., for so long, or until `enough`. Warms up with a tenth of that. */
export async function speedOf(
  seconds: number,
  operate: (at: number) => unknown,
  enough = Number.POSITIVE_INFINITY,
): Promise<Speed> {
  let at = 0;
  const run = async (milliseconds: number, limit: number) => {
    const began = performance.now();
    const cpu = process.cpuUsage();
    const first = at;
    while (performance.now() - began < milliseconds && at < limit) {
      for (const end = Math.min(at + batch, limit); at < end; at += 1) {
        const result = operate(at);
        if (result instanceof Promise) await result;
      }
    }
    const { user, system } = process.cpuUsage(cpu);
    const count = at - first;
    return { perSecond: (count * 1000) / (performance.now() - began), cpuMicros: (user + system) / count };
  };
  await run(seconds * 100, enough / 10);
  return run(seconds * 1000, enough);
}
