import { textsNow } from '#texts';
import type { Fault } from '../gateway/faults.ts';
import type { TextsOf } from '../i18n/texts.ts';
import { formOf, textOf } from './call-arguments.ts';

type FaultTexts = TextsOf<'faults'>;

/** What a form shows after an attempt: texts beside fields, one text for the whole, and what was typed. */
export interface FormState {
  fields: Record<string, string>;
  message: string | null;
  values: Record<string, string>;
  twoFactor?: boolean;
}

export const emptyForm: FormState = { fields: {}, message: null, values: {} };

/** Takes what was sent as a form, gives the named fields as strings; a file or nothing is ''. */
export function readFields<Name extends string>(data: unknown, names: readonly Name[]): Record<Name, string> {
  const form = formOf(data);
  const read = (name: Name) => textOf(form.get(name));
  return Object.fromEntries(names.map((name) => [name, read(name)])) as Record<Name, string>;
}

function limited(t: FaultTexts, seconds: number | null): string {
  if (!seconds) return t('limited');
  if (seconds < 90) return t('limitedSeconds', { n: Math.max(1, Math.ceil(seconds)) });
  return t('limitedMinutes', { n: Math.ceil(seconds / 60) });
}

/** Takes one fault that belongs to no field, gives a text for people. */
export function wordsOf(t: FaultTexts, fault: Fault | undefined): string {
  switch (fault?.code) {
    case 'UNAVAILABLE':
      return t('unavailable');
    case 'RATE_LIMITED':
      return limited(t, fault.retryAfter);
    case 'UNAUTHENTICATED':
      return t('signedOut');
    case 'FORBIDDEN':
    case 'NOT_FOUND':
    case 'BAD_USER_INPUT':
    case 'CONFLICT':
    case 'TWO_FACTOR_REQUIRED':
      return fault.message ? t(fault.code, { told: fault.message }) : t('check');
    default:
      return t('internal');
  }
}

/** As wordsOf, where it is no component that tells. */
export const messageOf = async (fault: Fault | undefined): Promise<string> =>
  wordsOf(await textsNow('faults'), fault);

// The API says 'input.username takes …'; a form says 'Username takes ….' It says so in English: other languages have texts of their own.
function fieldMessage(t: FaultTexts, fault: Fault, label: string): string {
  const path = `${fault.field} `;
  const told = /[.!?]$/.test(fault.message) ? fault.message : `${fault.message}.`;
  if (fault.message.startsWith(path)) return t('field', { label, rule: told.slice(path.length) });
  return t(fault.code === 'CONFLICT' ? 'fieldTaken' : 'fieldOther', { told });
}

/** The name of the field of a mutation's input that a fault's path names: `input.text` is `text`; '' for another path. */
const inputField = (path: string | null): string => (path?.startsWith('input.') ? path.slice(6) : '');

/**
 * Takes faults and the form's fields with their labels, gives the form's state: BAD_USER_INPUT and CONFLICT
 * beside a field that the form has, of the rest the first as the message.
 */
export async function formFaults(
  faults: Fault[],
  values: Record<string, string>,
  labels: Record<string, string>,
): Promise<FormState> {
  const t = await textsNow('faults');
  const fields: Record<string, string> = {};
  const rest: Fault[] = [];
  for (const fault of faults) {
    const name = inputField(fault.field);
    const label = labels[name];
    const placed = fault.code === 'BAD_USER_INPUT' || fault.code === 'CONFLICT';
    if (placed && label !== undefined) fields[name] ??= fieldMessage(t, fault, label);
    else rest.push(fault);
  }
  const silent = rest.length === 0 && Object.keys(fields).length > 0;
  return { fields, message: silent ? null : wordsOf(t, rest[0]), values };
}
