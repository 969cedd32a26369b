import { createMoment, type Moment } from '../database/moment.ts';
import type { CodedError } from '../errors.ts';
import type { Identity } from '../identity/identity.ts';
import type { IdentityVerifier } from '../identity/identity-verifier.ts';
import { readBatch, runBatch } from './batch.ts';
import type { SubgraphContext } from './subgraph-context.ts';
import { readOperation, type SubgraphOperations } from './subgraph-operations.ts';

/** Of a request's body. */
export const maxBodyBytes = 4_000_000;

/** What a subgraph answers to requests, whatever carries them. */
export interface OperationEndpoint {
  verifyIdentity: IdentityVerifier;
  /** What an operation is answered for this identity, or a batch for those in it. Throws CodedError for what can't be read. */
  answer(
    identity: Identity,
    body: Buffer | string,
    options: { isBatch: boolean; gone: AbortSignal },
  ): Promise<{ status: number; body: unknown }>;
}

export function createOperationEndpoint(options: {
  operations: SubgraphOperations;
  verifyIdentity: IdentityVerifier;
  createContext: (identity: Identity, signal: AbortSignal, moment: Moment) => SubgraphContext<unknown>;
}): OperationEndpoint {
  const { operations, verifyIdentity, createContext } = options;
  return {
    verifyIdentity,
    async answer(identity, body, { isBatch, gone }) {
      if (isBatch) return { status: 200, body: await runBatch(readBatch(body), { ...options, gone }) };
      const operation = readOperation(body);
      const by = { viewerId: identity.viewer?.userId ?? null, signal: gone };
      const result = await operations.run(operation, createContext(identity, gone, createMoment()), by);
      return { status: 'data' in result ? 200 : 400, body: result };
    },
  };
}

/** The status of an answer that says what was wrong with the request. */
export const statusOf = ({ code }: CodedError): number => (code === 'UNAUTHENTICATED' ? 401 : 400);
