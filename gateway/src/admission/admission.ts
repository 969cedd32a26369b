import type { Logger } from '@socialhub/platform/log';
import { countRefusal } from '@socialhub/platform/metrics/refusals';
import { GraphQLError } from 'graphql';
import type { GatewayContext } from '../context.ts';
import { type AtOnce, type AtOnceSettings, createAtOnce } from './at-once.ts';
import { createHeavyOperations, type HeavyOperations } from './heavy-operations.ts';
import {
  createPersistedOperations,
  type PersistedOperations,
  type PersistedOperationsSettings,
} from './persisted-operations.ts';
import { createRateLimits, type RateLimits, type RateSettings } from './rate-limit.ts';

/** What clients may ask for at most; 0 sets no limit. */
export interface AdmissionSettings {
  /** The static cost of one operation. */
  costPerOperation: number;
  perMinute: RateSettings;
  atOnce: AtOnceSettings;
  persistedOperations: PersistedOperationsSettings;
}

export const noAdmissionLimits: AdmissionSettings = {
  costPerOperation: 0,
  perMinute: {
    requestsPerAddress: 0,
    requestsPerViewer: 0,
    newOperationsPerAddress: 0,
    newOperationsPerViewer: 0,
    cost: 0,
    longBytes: 0,
  },
  // Whoever stands in front does not know how many this process can have.
  atOnce: {
    connections: undefined,
    connectionsPerAddress: 0,
    socketsPerAddress: 0,
    socketsPerViewer: 0,
    subscriptionsPerViewer: 0,
  },
  persistedOperations: { mode: 'off', manifestFile: undefined },
};

/** What is measured before an operation runs, beside its size: shared by every transport. */
export interface Admission {
  rates: RateLimits;
  atOnce: AtOnce;
  persisted: PersistedOperations;
  heavy: HeavyOperations;
  /** Throws BAD_USER_INPUT when an operation costs too much by itself, RATE_LIMITED when it does with those before it. */
  admit(context: GatewayContext, cost: number): void;
  /**
   * Runs what an event of a subscription has fetched, which costs what the operation does, in its turn where that is much. Throws
   * RATE_LIMITED when it is too much with the events before it, or too much waits.
   */
  event<Result>(work: () => Promise<Result>, context: GatewayContext, cost: number): Promise<Result>;
}

export function createAdmission(settings: AdmissionSettings, log: Logger): Admission {
  const rates = createRateLimits(settings.perMinute);
  const limit = settings.costPerOperation;
  const heavy = createHeavyOperations();
  return {
    rates,
    atOnce: createAtOnce(settings.atOnce),
    heavy,
    persisted: createPersistedOperations(settings.persistedOperations, log),
    admit(context, cost) {
      if (limit > 0 && cost > limit) {
        countRefusal('cost of one operation');
        throw new GraphQLError(`The operation costs ${cost}: at most ${limit} is allowed`, {
          extensions: { code: 'BAD_USER_INPUT', limit, cost, http: { status: 400 } },
        });
      }
      rates.cost(context, cost);
      // Where nothing is said of costs, nobody's are told apart.
      if (settings.perMinute.cost > 0) heavy.note(context, cost);
    },
    async event(work, context, cost) {
      if (settings.perMinute.cost === 0 || cost === 0) return work();
      const paid = () => {
        rates.eventCost(context, cost);
        return work();
      };
      return heavy.runEvent(paid, context, cost);
    },
  };
}
