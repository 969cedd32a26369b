import type { Pool } from 'pg';
import type { AccountRow } from '../accounts/accounts.ts';
import type { Reader } from '../client.ts';
import type { SessionRow } from './sessions.ts';

/** What came of presenting a refresh token; null when no such token was ever given out. */
export interface Rotation {
  sessionId: string;
  /** It had been used before, and not just now: a copy is about. */
  replayed: boolean;
  /** Null when the session has ended or lapsed. */
  renewed: { accountId: string; role: AccountRow['role']; expiresAt: Date } | null;
  sealedSuccessor: Buffer;
}

/** Two uses of one token within this time are two tabs that woke together. */
const graceSeconds = 10;

/*
 * The whole rotation is this one statement. Uses of one token that race queue for its row: the first writes the
 * successor, the others find it written and are given the same. So a session has one chain of tokens, however many
 * tabs it has, and a thief and the owner cannot each go on with a branch of their own.
 */
const rotate = `
  WITH used AS (
    UPDATE refresh_token AS token SET
      used_at = coalesce(token.used_at, clock_timestamp()),
      successor_hash = coalesce(token.successor_hash, $2),
      sealed_successor = coalesce(token.sealed_successor, $3)
    WHERE token.hash = $1
    RETURNING token.session_id, token.used_at, token.successor_hash, token.sealed_successor
  ), judged AS (
    SELECT used.*, used.successor_hash = $2 AS is_first,
      used.successor_hash <> $2 AND (
        used.used_at < clock_timestamp() - ${graceSeconds} * interval '1 second'
        OR EXISTS (
          SELECT FROM refresh_token AS successor
          WHERE successor.hash = used.successor_hash AND successor.used_at IS NOT NULL)
      ) AS replayed
    FROM used
  ), renewed AS (
    UPDATE session SET
      last_used_at = clock_timestamp(),
      expires_at = least(session.ends_by, clock_timestamp() + $4::int * interval '1 second'),
      user_agent = coalesce($5, session.user_agent),
      ip_address = coalesce($6, session.ip_address)
    FROM judged
    WHERE session.id = judged.session_id AND NOT judged.replayed
      AND session.ended_at IS NULL AND session.expires_at > clock_timestamp()
    RETURNING session.id, session.account_id, session.expires_at
  ), issued AS (
    INSERT INTO refresh_token (hash, session_id)
    SELECT judged.successor_hash, renewed.id FROM judged JOIN renewed ON renewed.id = judged.session_id
    WHERE judged.is_first
  )
  SELECT judged.session_id, judged.replayed, judged.sealed_successor,
    renewed.account_id, renewed.expires_at, account.role
  FROM judged
  LEFT JOIN renewed ON true
  LEFT JOIN account ON account.id = renewed.account_id`;

interface RotationRow {
  session_id: string;
  replayed: boolean;
  sealed_successor: Buffer;
  account_id: string | null;
  expires_at: Date | null;
  role: AccountRow['role'] | null;
}

/** Uses a token: marks it used and puts the successor in its place, unless one is there. */
export async function rotateRefreshToken(
  pool: Pool,
  use: {
    hash: Uint8Array;
    successorHash: Uint8Array;
    sealedSuccessor: Uint8Array;
    idleSeconds: number;
    client: Pick<SessionRow, 'userAgent' | 'ipAddress'>;
  },
): Promise<Rotation | null> {
  const { client } = use;
  const { rows } = await pool.query<RotationRow>({
    name: 'rotate_refresh_token',
    text: rotate,
    values: [
      use.hash,
      use.successorHash,
      use.sealedSuccessor,
      use.idleSeconds,
      client.userAgent,
      client.ipAddress,
    ],
  });
  const [row] = rows;
  if (!row) return null;
  const { account_id: accountId, expires_at: expiresAt, role } = row;
  return {
    sessionId: row.session_id,
    replayed: row.replayed,
    renewed: accountId && expiresAt && role ? { accountId, expiresAt, role } : null,
    sealedSuccessor: row.sealed_successor,
  };
}

/** Removes at most `limit` tokens that were used so long ago that no session is left for which a replay would matter. */
export async function deleteOldTokens(reader: Reader, idleSeconds: number, limit: number): Promise<number> {
  return reader.$executeRaw`
    DELETE FROM refresh_token WHERE hash IN (
      SELECT hash FROM refresh_token WHERE used_at < now() - ${idleSeconds}::int * interval '1 second'
      ORDER BY used_at LIMIT ${limit})`;
}
