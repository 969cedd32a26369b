/** An object of a subgraph's answer, as JSON.parse made it. */
export type DataObject = Record<string, unknown>;

export const isObject = (value: unknown): value is DataObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether every object seems to have this key: reading it needs more care than others do. */
export const isInherited = (key: string): boolean => key in Object.prototype;

/** Reads what the object itself holds under a key that clients may choose. */
export function own(object: DataObject, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

/** Sets a key that clients and subgraphs may choose. */
export function setOwn(object: DataObject, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, configurable: true, enumerable: true, writable: true });
  } else {
    object[key] = value;
  }
}
