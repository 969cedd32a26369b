import type { Pruned } from '@socialhub/platform/lifecycle/prune';
import type { Reader } from '../client.ts';

/**
 * Deletes at most `each` events of more than `days` days of each of the next `people`, and keeps in their heads how far. Found from
 * the beginning of each log, whose times grow with its seqs: no index goes by time. The heads are locked in order of id, as by whoever writes.
 */
export async function deleteOldEvents(
  reader: Reader,
  after: string | null,
  { days, people, each }: { days: number; people: number; each: number },
): Promise<Pruned> {
  const [row] = await reader.$queryRaw<Pruned[]>`
    WITH page AS MATERIALIZED (
      SELECT member_id, pruned_seq FROM event_heads
      WHERE member_id > ${after ?? firstId}::uuid ORDER BY member_id LIMIT ${people}
    ), old AS MATERIALIZED (
      SELECT page.member_id, first.place, first.seq, first.conversation_id
      FROM page CROSS JOIN LATERAL (
        SELECT e.ctid AS place, seq, conversation_id, created_at FROM member_events e
        WHERE e.member_id = page.member_id AND e.seq > page.pruned_seq ORDER BY e.seq LIMIT ${each}) AS first
      WHERE first.created_at < now() - ${days}::int * interval '1 day'
    ), locked AS MATERIALIZED (
      SELECT member_id FROM event_heads WHERE member_id = ANY (ARRAY(SELECT member_id FROM old)) ORDER BY member_id FOR UPDATE
    ), gone AS (
      DELETE FROM member_events WHERE ctid = ANY (ARRAY(SELECT place FROM old))
    ), noted AS (
      UPDATE event_heads h SET pruned_seq = newest.seq, pruned_conversation_id = newest.conversation_id
      FROM (SELECT DISTINCT ON (member_id) * FROM old ORDER BY member_id, seq DESC) AS newest
      WHERE h.member_id = ANY (ARRAY(SELECT member_id FROM locked)) AND h.member_id = newest.member_id
        AND h.pruned_seq < newest.seq
    )
    SELECT (SELECT member_id::text FROM page ORDER BY member_id DESC LIMIT 1) AS last,
      EXISTS (SELECT FROM old GROUP BY member_id HAVING count(*) = ${each}::int) AS "isFull",
      (SELECT count(*)::int FROM old) AS count`;
  return row ?? { last: null, isFull: false, count: 0 };
}

const firstId = '00000000-0000-0000-0000-000000000000';
