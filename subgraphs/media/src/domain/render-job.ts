/** What one file may cost, in all. */
export interface Bounds {
  /** Of computing, whatever else the machine has to do: the same file has the same outcome everywhere. */
  cpuMs: number;
  memoryBytes: number;
}

/** What the process is sent. */
export interface Job {
  bytes: Uint8Array;
  declaredType: string;
  bounds: Bounds;
}

/** By which code the process says why it ended. */
export const exits = { timedOut: 71, tooLarge: 72 } as const;
