import { Kind } from 'graphql';
import * as z from 'zod';
import { createMoment, type Moment } from '../database/moment.ts';
import { CodedError } from '../errors.ts';
import type { Identity } from '../identity/identity.ts';
import { IDENTITY_HEADER } from '../identity/identity-signer.ts';
import type { IdentityVerifier } from '../identity/identity-verifier.ts';
import { REQUEST_ID_HEADER, requestIdFrom, traceparentFrom, withRequestId } from '../log.ts';
import { isLongerThan } from './result-length.ts';
import { isErrors, type SubgraphOperation, type SubgraphOperations } from './subgraph-operations.ts';

/** Behind the path of single operations. */
export const batchSuffix = '/batch';

/** Of one request, for whomever they are. */
const maxOperations = 100;
/** Whoever takes longer is asked alone, so that the others need not wait. */
const patienceMs = 1_000;
/** When half of them have been answered, the others have as long again, and so much more. */
const graceMs = 50;
/** A hundred of these are what the gateway reads of one answer; a longer one is read alone. */
const maxAnswerChars = 100_000;

const operation = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});
const batch = z.object({
  operations: z.array(
    z.object({ operation, headers: z.array(z.record(z.string(), z.string())).min(1).max(maxOperations) }),
  ),
});

export type Batch = z.infer<typeof batch>;

/**
 * Several queries in one request, each for everybody whose headers stand beside it. The request says that the gateway sends it, and
 * lets nobody in. Throws BAD_USER_INPUT.
 */
export function readBatch(body: Buffer | string): Batch {
  const read = batch.safeParse(parsed(body));
  const count = read.data?.operations.reduce((sum, { headers }) => sum + headers.length, 0);
  if (count === undefined) throw new CodedError('BAD_USER_INPUT', 'The body is not a batch of operations');
  if (count > maxOperations)
    throw new CodedError('BAD_USER_INPUT', `A batch takes at most ${maxOperations} operations`);
  return read.data as Batch;
}

function parsed(body: Buffer | string): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

/**
 * What each operation is answered for each who asks it, in their order. Everyone is answered with their own right, by the
 * identity that stands in their own headers; what several need at the same moment is looked up once. Null where nothing can be
 * said within a second or not long after most of the others, or at length, or the headers vouch for nobody, or it is no query: that one is to be asked alone.
 */
export async function runBatch<Context>(
  { operations: asked }: Batch,
  options: {
    operations: SubgraphOperations;
    verifyIdentity: IdentityVerifier;
    createContext: (identity: Identity, signal: AbortSignal, moment: Moment) => Context;
    /** Aborted when nobody waits for the answers any more. */
    gone: AbortSignal;
  },
): Promise<unknown[][]> {
  const { operations, verifyIdentity, createContext } = options;
  const moment = createMoment();
  const late = createLateness(asked.reduce((sum, { headers }) => sum + headers.length, 0));
  const signal = AbortSignal.any([options.gone, late.signal]);
  const isLate = new Promise<null>((resolve) => signal.addEventListener('abort', () => resolve(null)));

  const runFor = async (one: SubgraphOperation, headers: Record<string, string>): Promise<unknown> => {
    const identity = identityIn(headers, verifyIdentity);
    if (!identity) return null;
    const by = { viewerId: identity.viewer?.userId ?? null, signal };
    return withRequestId(
      requestIdFrom(headers[REQUEST_ID_HEADER]),
      () =>
        // What fails within is told in its own answer; what is thrown is a fault that asking alone tells of as ever.
        Promise.race([operations.run(one, createContext(identity, signal, moment), by), isLate]).then(
          (answer) => (isLongerThan(maxAnswerChars, answer) ? null : answer),
          () => null,
        ),
      traceparentFrom(headers.traceparent),
    );
  };
  const runCounted = (one: SubgraphOperation, headers: Record<string, string>) =>
    runFor(one, headers).finally(late.answered);
  try {
    return await Promise.all(
      asked.map(({ operation: one, headers }) =>
        isQuery(operations, one.query)
          ? Promise.all(headers.map((own) => runCounted(one, own)))
          : headers.map(() => null),
      ),
    );
  } finally {
    late.end();
  }
}

/** Aborts what takes much longer than most of `count` operations, however long those take, and than may be waited for at all. */
function createLateness(count: number) {
  const late = new AbortController();
  const began = performance.now();
  const timers = [setTimeout(() => late.abort(), patienceMs)];
  let answers = 0;
  return {
    signal: late.signal,
    answered() {
      answers += 1;
      if (answers === Math.ceil(count / 2))
        timers.push(setTimeout(() => late.abort(), performance.now() - began + graceMs));
    },
    /** Nobody waits any more: Node keeps a signal made of others, and all that hears it, until it is aborted. */
    end() {
      timers.forEach(clearTimeout);
      late.abort();
    },
  };
}

function identityIn(headers: Record<string, string>, verify: IdentityVerifier): Identity | null {
  try {
    return verify(headers[IDENTITY_HEADER]);
  } catch (error) {
    if (error instanceof CodedError) return null;
    throw error;
  }
}

/** What changes something is never sent a second time, so it is not begun here. */
function isQuery(operations: SubgraphOperations, text: string): boolean {
  const document = operations.prepare(text);
  if (isErrors(document)) return true;
  return document.definitions.every(
    (one) => one.kind !== Kind.OPERATION_DEFINITION || one.operation === 'query',
  );
}
