import { serviceNames } from '@socialhub/platform/contracts/services';
import type { AccountErasureResolvers } from '../generated/resolvers.ts';

export const AccountErasure: AccountErasureResolvers = {
  completedAt: ({ parts }) =>
    parts.length === serviceNames.length ? (parts.at(-1)?.erasedAt ?? null) : null,
};
