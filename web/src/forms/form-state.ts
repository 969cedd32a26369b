import type { Fault } from '../gateway/faults.ts';
import { formOf, textOf } from './call-arguments.ts';

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

function seconds(count: number): string {
  if (count < 90) return `${Math.max(1, Math.ceil(count))} seconds`;
  return `${Math.ceil(count / 60)} minutes`;
}

/** Takes one fault that belongs to no field, gives a text for people. */
export function messageOf(fault: Fault | undefined): string {
  switch (fault?.code) {
    case 'UNAVAILABLE':
      return 'SocialHub cannot be reached right now. Nothing was lost: please try again in a moment.';
    case 'RATE_LIMITED':
      return fault.retryAfter
        ? `That was a lot at once. Please try again in ${seconds(fault.retryAfter)}.`
        : 'That was a lot at once. Please try again in a little while.';
    case 'UNAUTHENTICATED':
      return 'You have been signed out. Please sign in again.';
    case 'FORBIDDEN':
    case 'NOT_FOUND':
    case 'BAD_USER_INPUT':
    case 'CONFLICT':
    case 'TWO_FACTOR_REQUIRED':
      return fault.message || 'That did not work. Please check what you entered.';
    default:
      return 'Something went wrong on our side. Please try again.';
  }
}

// The API says 'input.username takes …'; a form says 'Username takes ….'
function fieldMessage(fault: Fault, label: string): string {
  const path = `${fault.field} `;
  const text = fault.message.startsWith(path)
    ? `${label} ${fault.message.slice(path.length)}`
    : fault.message;
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** The name of the field of a mutation's input that a fault's path names: `input.text` is `text`; '' for another path. */
const inputField = (path: string | null): string => (path?.startsWith('input.') ? path.slice(6) : '');

/**
 * Takes faults and the form's fields with their labels, gives the form's state: BAD_USER_INPUT and CONFLICT
 * beside a field that the form has, of the rest the first as the message.
 */
export function formFaults(
  faults: Fault[],
  values: Record<string, string>,
  labels: Record<string, string>,
): FormState {
  const fields: Record<string, string> = {};
  const rest: Fault[] = [];
  for (const fault of faults) {
    const name = inputField(fault.field);
    const label = labels[name];
    const placed = fault.code === 'BAD_USER_INPUT' || fault.code === 'CONFLICT';
    if (placed && label !== undefined) fields[name] ??= fieldMessage(fault, label);
    else rest.push(fault);
  }
  const silent = rest.length === 0 && Object.keys(fields).length > 0;
  return { fields, message: silent ? null : messageOf(rest[0]), values };
}
