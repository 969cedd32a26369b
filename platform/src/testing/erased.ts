import { AccountDataErased, AccountDeleted } from '../contracts/auth.ts';
import type { TestService } from './test-service.ts';
import { until } from './until.ts';

/** Deletes an account as far as a service is concerned, and gives what it says that it erased. */
export async function erased(
  service: Pick<TestService, 'emit' | 'published'>,
  userId: string,
): Promise<Record<string, number>> {
  const reports = async () =>
    (await service.published(AccountDataErased)).filter((event) => event.userId === userId);
  const before = (await reports()).length;
  await service.emit(AccountDeleted, { userId, at: new Date().toISOString() });
  const all = await until(
    async () => {
      const found = await reports();
      return found.length > before && found;
    },
    { timeoutMs: 20_000, what: 'a report of what was erased' },
  );
  return all.at(-1)?.counts ?? {};
}
