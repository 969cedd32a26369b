import type { UpstreamOperation } from './upstream-operation.ts';

/** A connection, or a stream, that held so long was a good one. */
export const steadyMs = 10_000;

/** What the connection to a subgraph knows of an operation. */
export class UpstreamEntry {
  readonly operation: UpstreamOperation;
  /** On the present connection. */
  id: string;
  /** Connections that could not be made while it waited to be sent for the first time. */
  failures = 0;
  /** When it was sent on the present connection, or the one before. */
  sentAt: number | undefined = undefined;
  /** When it was lost; it is on its way to be resumed. */
  lostAt: number | undefined = undefined;
  /** How often in a row its subgraph had it come again later. */
  setbacks = 0;
  /** Until it comes again. */
  pause: NodeJS.Timeout | undefined = undefined;

  constructor(id: string, operation: UpstreamOperation) {
    this.id = id;
    this.operation = operation;
  }

  /** Whether it knows how to go on, and is not lost for longer than that is tried for. */
  mayResume(resumeForMs: number): boolean {
    const isLate = this.lostAt !== undefined && Date.now() - this.lostAt > resumeForMs;
    return !isLate && this.operation.canResume();
  }

  /** What comes now comes as if nothing had been. */
  recovered(): void {
    this.lostAt = undefined;
    this.setbacks = 0;
  }

  lost(): void {
    if (this.sentAt !== undefined && Date.now() - this.sentAt > steadyMs) this.recovered();
    this.lostAt ??= Date.now();
    this.sentAt = undefined;
  }
}
