import { type GraphQLLeafType, isEnumType } from 'graphql';

/**
 * Writes a leaf as JSON; undefined when the value is not one of its type. `isPlain`: no text among the values needs a
 * backslash.
 */
export type WriteLeaf = (value: unknown, isPlain: boolean) => string | undefined;

const maxInt = 2 ** 31 - 1;
const minInt = -(2 ** 31);

const builtIn: Readonly<Record<string, WriteLeaf>> = {
  String(value, isPlain) {
    if (typeof value !== 'string') return undefined;
    return isPlain ? `"${value}"` : quote(value);
  },
  ID(value, isPlain) {
    if (typeof value === 'string') return isPlain ? `"${value}"` : quote(value);
    return Number.isInteger(value) ? `"${value}"` : undefined;
  },
  Int: (value) =>
    Number.isInteger(value) && (value as number) <= maxInt && (value as number) >= minInt
      ? `${value}`
      : undefined,
  Float: (value) => (Number.isFinite(value) ? `${value}` : undefined),
  Boolean: (value) => (typeof value === 'boolean' ? `${value}` : undefined),
};

/** The writer for a type: built-in scalars and enums are checked, what a custom scalar holds is its subgraph's affair. */
export function leafWriter(type: GraphQLLeafType): WriteLeaf {
  if (isEnumType(type)) {
    const values = new Map<unknown, string>(type.getValues().map(({ name }) => [name, `"${name}"`]));
    return (value) => values.get(value);
  }
  return builtIn[type.name] ?? ((value) => JSON.stringify(value));
}

const shortText = 48;
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what JSON writes with a backslash
const special = /["\\\u0000-\u001f\ud800-\udfff]/;

/** JSON.stringify for a text, quicker for the many that are written as they are. */
export function quote(text: string): string {
  const { length } = text;
  if (length > shortText) return length < 4000 && !special.test(text) ? `"${text}"` : JSON.stringify(text);
  for (let i = 0; i < length; i++) {
    const code = text.charCodeAt(i);
    if (code < 0x20 || code === 0x22 || code === 0x5c || (code >= 0xd800 && code <= 0xdfff)) {
      return JSON.stringify(text);
    }
  }
  return `"${text}"`;
}
