import { readFileSync } from 'node:fs';

/** What systems give a process that asks for nothing. */
const usual = 1024;
/** More connections than one process can serve anyway. */
const most = 30_000;

/** How many descriptors this process may have open at once. */
export function openFilesLimit(): number {
  try {
    const line = /^Max open files +(\d+|unlimited)/m.exec(readFileSync('/proc/self/limits', 'utf8'));
    if (line) return line[1] === 'unlimited' ? Number.POSITIVE_INFINITY : Number(line[1]);
  } catch {
    // Not Linux.
  }
  // Else it would ask DNS for the names of all whom this process is connected to.
  if (process.report) Object.assign(process.report, { excludeNetwork: true });
  const report = process.report?.getReport() as
    | { userLimits?: { open_files?: { soft: number | string } } }
    | undefined;
  const soft = report?.userLimits?.open_files?.soft ?? usual;
  return soft === 'unlimited' ? Number.POSITIVE_INFINITY : Number(soft) || usual;
}

/**
 * How many connections clients may have of so many descriptors: what is left over is for subgraphs, the broker, files,
 * and everything else that the process must be able to open whoever calls.
 */
export function connectionsWithin(openFiles: number): number {
  const reserve = Math.min(openFiles / 2, Math.max(1000, openFiles / 5));
  return Math.min(most, Math.floor(openFiles - (Number.isFinite(reserve) ? reserve : 0)));
}
