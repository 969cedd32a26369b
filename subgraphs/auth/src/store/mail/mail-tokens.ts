import type { MailToken } from '../../generated/prisma/client.ts';
import { type AccountRow, findAccount } from '../accounts/accounts.ts';
import type { Reader, Tx } from '../client.ts';
import type { MailKind } from './mails.ts';

export type MailTokenRow = MailToken;

export async function insertMailToken(
  reader: Reader,
  token: Pick<MailTokenRow, 'accountId' | 'kind' | 'email' | 'changeId'> & { hash: Uint8Array<ArrayBuffer> },
  goodForSeconds: number,
): Promise<void> {
  await reader.$executeRaw`
    INSERT INTO mail_token (hash, account_id, kind, email, change_id, expires_at)
    VALUES (${token.hash}, ${token.accountId}::uuid, ${token.kind}::mail_kind, ${token.email}, ${token.changeId}::uuid,
      now() + ${goodForSeconds}::int * interval '1 second')`;
}

/** A token in hand: what it is for, and who may not be somebody else than its account (null: nobody is signed in). */
export interface TokenUse {
  hash: Uint8Array<ArrayBuffer>;
  kind: MailKind;
  viewerId: string | null;
}

/** Whose it is, if it could be used now. */
export async function findMailTokenAccount(
  reader: Reader,
  { hash, kind, viewerId }: TokenUse,
): Promise<AccountRow | null> {
  const token = await reader.mailToken.findFirst({
    where: { hash, kind, expiresAt: { gt: new Date() }, ...(viewerId !== null && { accountId: viewerId }) },
    select: { accountId: true },
  });
  return token && findAccount(reader, token.accountId);
}

/** Uses it up, and gives whose it is and where it was sent; null when it is not good. Of those who try at once one gets it. */
export async function deleteMailToken(
  tx: Tx,
  { hash, kind, viewerId }: TokenUse,
): Promise<Pick<MailTokenRow, 'accountId' | 'email' | 'changeId'> | null> {
  const [used] = await tx.$queryRaw<Pick<MailTokenRow, 'accountId' | 'email' | 'changeId'>[]>`
    DELETE FROM mail_token
    WHERE hash = ${hash} AND kind = ${kind}::mail_kind AND expires_at > now()
      AND (${viewerId}::uuid IS NULL OR account_id = ${viewerId}::uuid)
    RETURNING account_id AS "accountId", email, change_id AS "changeId"`;
  return used ?? null;
}

/** Makes an account's tokens of this kind, or all, out of mails that were sent before, worth nothing. */
export async function deleteMailTokensOf(tx: Tx, accountId: string, kind?: MailKind): Promise<void> {
  await tx.mailToken.deleteMany({ where: { accountId, ...(kind && { kind }) } });
}

/** Removes at most `limit` tokens that have lapsed; gives how many. */
export async function deleteLapsedMailTokens(reader: Reader, limit: number): Promise<number> {
  return reader.$executeRaw`
    DELETE FROM mail_token WHERE hash IN (
      SELECT hash FROM mail_token WHERE expires_at < now() ORDER BY expires_at LIMIT ${limit})`;
}
