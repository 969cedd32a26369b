/**
 * How pages send the arguments of an action, by script and by form. React's decoder knows more (references to actions, promises,
 * maps, streams), none of which any page of this web sends, and answers whatever it can't follow by an exception.
 */

/** A list of arguments is two levels deep, or three. */
const maxDepth = 8;
/** Values that JSON has no form for. */
const constants = new Set(['$undefined', '$NaN', '$Infinity', '$-Infinity', '$-0']);
/** The fields of a form, which come beside the arguments. */
const formReference = /^\$K[0-9a-f]{1,4}$/;
const idPrefix = '$ACTION_ID_';
const refPrefix = '$ACTION_REF_';
const boundReference = /^\$@([0-9a-f]{1,4})$/;

/** Whether a text is a list of plain values; the fields of a form may be one of them. */
export function isArguments(text: unknown): boolean {
  const list = jsonOf(text);
  return Array.isArray(list) && isPlain(list, 0);
}

/** Whether the fields of a call by script are arguments, in its one field `0`, and what they refer to. */
export const isCall = (fields: FormData): boolean => {
  const lists = fields.getAll('0');
  return lists.length === 1 && isArguments(lists[0]);
};

/** Whether a form names an action, as all do that pages send, and each that it names comes with its arguments. */
export function isForm(fields: FormData): boolean {
  const names = [...fields.keys()];
  const ids = names.filter((name) => name.startsWith(idPrefix)).map((name) => name.slice(idPrefix.length));
  const refs = names.filter((name) => name.startsWith(refPrefix)).map((name) => name.slice(refPrefix.length));
  return (
    ids.length + refs.length > 0 &&
    ids.every(isActionId) &&
    refs.every((ref) => isBound(fields, `$ACTION_${ref}:`))
  );
}

/** Whether it may name an action. Which there are, Next knows: those of the build before are others. */
export const isActionId = (id: unknown): boolean => typeof id === 'string' && /^[0-9a-f]{42}$/.test(id);

function isBound(fields: FormData, prefix: string): boolean {
  const action = jsonOf(fields.get(`${prefix}0`));
  if (typeof action !== 'object' || action === null || !('id' in action) || !isActionId(action.id))
    return false;
  if (!('bound' in action) || typeof action.bound !== 'string')
    return 'bound' in action && action.bound === null;
  const [, place] = boundReference.exec(action.bound) ?? [];
  return place !== undefined && isArguments(fields.get(prefix + place));
}

function isPlain(value: unknown, depth: number): boolean {
  if (typeof value === 'string') {
    return (
      !value.startsWith('$') || value.startsWith('$$') || constants.has(value) || formReference.test(value)
    );
  }
  if (typeof value !== 'object' || value === null) return true;
  return depth < maxDepth && Object.values(value).every((inner) => isPlain(inner, depth + 1));
}

function jsonOf(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
