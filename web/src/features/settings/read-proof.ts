import { textsNow } from '#texts';
import { readFields } from '../../forms/form-state.ts';

/** What the fields of a proof are called in front of people. */
export async function proofLabels() {
  const t = await textsNow('settings');
  return { password: t('password'), twoFactorCode: t('code') };
}

/** Reads the two-factor code out of a form; one without it, or left empty, gives none. */
export function readCode(data: unknown): { twoFactorCode?: string } {
  const { twoFactorCode } = readFields(data, ['twoFactorCode']);
  return twoFactorCode ? { twoFactorCode } : {};
}

/** Reads what shows that the account is theirs, out of a form with the fields of OwnersProof. */
export function readProof(data: unknown): { password: string; twoFactorCode?: string } {
  return { ...readFields(data, ['password']), ...readCode(data) };
}
