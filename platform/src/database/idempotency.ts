import { badUserInput } from '../errors.ts';
import { isStorable } from '../text/storable.ts';
import type { AnyTx } from './database.ts';

const maxKeyLength = 200;

/**
 * Runs `make` (gives the id of what it made) once for a viewer, operation and key within 24 hours; a repeat gives
 * the first one's id. A concurrent repeat waits for the first transaction to end. Without a key it always runs.
 * Throws BAD_USER_INPUT for a key that is empty, longer than 200 characters or no text, and whatever `make` throws.
 */
export async function runIdempotent(
  tx: AnyTx,
  call: { viewerId: string; operation: string; key: string | null | undefined },
  make: () => Promise<string>,
): Promise<string> {
  const { viewerId, operation, key } = call;
  if (key === null || key === undefined) return make();
  if (key.length === 0 || key.length > maxKeyLength || !isStorable(key)) {
    throw badUserInput('input.idempotencyKey', `must be a text of 1 to ${maxKeyLength} characters`);
  }

  // Inserts or, when a row is there, locks it: in either case nobody else with this key gets past here before us.
  const [row] = await tx.$queryRaw<{ resultId: string | null }[]>`
    INSERT INTO idempotency AS known (viewer_id, operation, key)
    VALUES (${viewerId}::uuid, ${operation}, ${key})
    ON CONFLICT (viewer_id, operation, key) DO UPDATE SET
      result_id = CASE WHEN known.created_at > now() - interval '24 hours' THEN known.result_id END,
      created_at = CASE WHEN known.created_at > now() - interval '24 hours' THEN known.created_at ELSE now() END
    RETURNING result_id AS "resultId"`;
  if (row?.resultId) return row.resultId;

  const resultId = await make();
  await tx.$executeRaw`
    UPDATE idempotency SET result_id = ${resultId}::uuid
    WHERE viewer_id = ${viewerId}::uuid AND operation = ${operation} AND key = ${key}`;
  return resultId;
}
