import type { Reader } from '../client.ts';

/** What a challenge is for: a sign-in of nobody yet, or a new passkey of this session's owner. */
export interface ChallengeUse {
  challenge: string;
  sessionId: string | null;
}

export async function insertChallenge(
  reader: Reader,
  { challenge, sessionId }: ChallengeUse,
  goodForSeconds: number,
): Promise<void> {
  await reader.$executeRaw`
    INSERT INTO passkey_challenge (challenge, session_id, expires_at)
    VALUES (${challenge}, ${sessionId}::uuid, now() + ${goodForSeconds}::int * interval '1 second')`;
}

/** Uses it up; false when it was never given out for this, is too old, or was used. Of those who try at once one gets it. */
export async function deleteChallenge(
  reader: Reader,
  { challenge, sessionId }: ChallengeUse,
): Promise<boolean> {
  const used = await reader.$executeRaw`
    DELETE FROM passkey_challenge
    WHERE challenge = ${challenge} AND session_id IS NOT DISTINCT FROM ${sessionId}::uuid AND expires_at > now()`;
  return used > 0;
}

/** Removes at most `limit` challenges that have lapsed; gives how many. */
export async function deleteLapsedChallenges(reader: Reader, limit: number): Promise<number> {
  return reader.$executeRaw`
    DELETE FROM passkey_challenge WHERE challenge IN (
      SELECT challenge FROM passkey_challenge WHERE expires_at < now() ORDER BY expires_at LIMIT ${limit})`;
}
