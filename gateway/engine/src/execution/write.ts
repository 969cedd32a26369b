import type { CompletionFault } from './completion-fault.ts';
import { type DataObject, isObject, own } from './data.ts';
import { refusalFault } from './refusal.ts';
import type { Completion, FieldShape, ObjectShape } from './shape.ts';
import { addPlaces, addToPaths, maxResultChars, type Place, take, type Writing } from './writing.ts';

export interface WrittenData {
  /** JSON; "null" when a null has come up to the root. */
  text: string;
  faults: readonly CompletionFault[];
  /** Where there is more to come. */
  places: readonly Place[];
  /** Characters that may still be written of the answer. */
  room: number;
}

const maxRefusals = 100;

/**
 * Writes the answer's data as JSON straight from what the subgraphs brought: what was not asked for is left out, what
 * is missing or doesn't fit is null, and a null where none may be takes its parent with it. Throws GraphQLError when there
 * is too much to write: all parts of an answer are written in the same room.
 */
export function writeData(
  shape: ObjectShape,
  data: DataObject,
  options: Pick<Writing, 'shared' | 'isPlain' | 'missing' | 'introspect'>,
  room = maxResultChars,
): WrittenData {
  const writing: Writing = { ...options, faults: [], refusals: 0, room, places: [], written: new Map() };
  const text = writeObject(shape, data, writing);
  for (const fault of writing.faults) fault.path.reverse();
  for (const place of writing.places) place.path.reverse();
  return {
    text: text ?? 'null',
    faults: writing.faults,
    places: text === undefined ? [] : writing.places,
    room: writing.room,
  };
}

/** Undefined stands for a null that has to go on to the parent, here and below. */
function writeObject(shape: ObjectShape, object: DataObject, writing: Writing): string | undefined {
  const { faults, places } = writing;
  const { fields } = shape;
  let text = '';
  for (let i = 0; i < fields.length; i++) {
    const field = fields[i] as FieldShape;
    const { completion } = field;
    writing.room -= field.label.length;
    if (completion === null) {
      if (field.refusal !== null) {
        if (writing.refusals++ < maxRefusals) faults.push(refusalFault(field, field.refusal));
        if (field.refusal.nonNull) return undefined;
        text += `${field.label}null`;
        continue;
      }
      if (field.introspection !== null) {
        const introspected = writing.introspect(field.introspection, field.key);
        for (const fault of introspected.faults) faults.push({ ...fault, path: [...fault.path] });
        if (introspected.text === undefined) return undefined;
        take(introspected.text, writing);
        text += field.label + introspected.text;
        continue;
      }
      const constant = writeTypename(field, object);
      if (constant === '') {
        writing.faults.push({
          message: `Cannot tell the type for field ${field.coordinate}.`,
          path: [field.key],
          cause: writing.missing?.causeOf(object, field.source),
        });
        return undefined;
      }
      text += field.label + constant;
      continue;
    }
    const value = field.inherited ? own(object, field.source) : object[field.source];
    const before = faults.length;
    const placesBefore = places.length;
    const part = complete(completion, value, writing, field.coordinate, -1);
    if (places.length !== placesBefore) addToPaths(places, placesBefore, field.key);
    if (faults.length !== before) {
      addToPaths(faults, before, field.key);
      if (value === undefined && writing.missing !== null) {
        (faults[before] as CompletionFault).cause = writing.missing.causeOf(object, field.source);
      }
    }
    if (part === undefined) return undefined;
    text += field.label + part;
  }
  if (shape.deferred.length > 0) addPlaces(shape.deferred, object, writing);
  return fields.length === 0 ? '{}' : `${text}}`;
}

function writeTypename(field: FieldShape, object: DataObject): string {
  if (!field.typenames) return field.typename ?? '';
  const name = own(object, field.source);
  return field.typenames.has(name) ? `"${name}"` : '';
}

function complete(
  completion: Completion,
  value: unknown,
  writing: Writing,
  coordinate: string,
  index: number,
): string | undefined {
  if (value === null || value === undefined) {
    if (value === undefined && completion.unplanned) {
      return misfit('No subgraph can be asked for', completion, writing, coordinate, index);
    }
    if (!completion.nonNull) return 'null';
    const place = placeOf(completion, coordinate, index);
    writing.faults.push({ message: `Cannot return null for non-nullable ${place}.`, path: [] });
    return undefined;
  }
  const { leaf } = completion;
  if (writing.missing !== null && !completion.nonNull && isObject(value) && writing.missing.isGone(value)) {
    return 'null';
  }
  if (leaf !== null) {
    const text = leaf(value, writing.isPlain);
    if (text === undefined) return misfit('Invalid value found for', completion, writing, coordinate, index);
    return take(text, writing);
  }
  if (!writing.shared.has(value)) return completeParts(completion, value, writing, coordinate, index);

  const written = writing.written.get(value);
  if (written?.completion === completion) return take(written.text, writing);
  const before = writing.faults.length;
  const placesBefore = writing.places.length;
  const text = completeParts(completion, value, writing, coordinate, index);
  // A fault is of one place, and so is what comes later.
  if (text !== undefined && writing.faults.length === before && writing.places.length === placesBefore) {
    writing.written.set(value, { completion, text });
  }
  return text;
}

function completeParts(
  completion: Completion,
  value: unknown,
  writing: Writing,
  coordinate: string,
  index: number,
): string | undefined {
  const { item, selection } = completion;
  const { places } = writing;
  const before = places.length;
  let text: string | undefined;
  if (item !== null) {
    if (!Array.isArray(value)) {
      return misfit('Expected a list for', completion, writing, coordinate, index);
    }
    text = writeList(item, value, writing, coordinate);
  } else if (selection !== null) {
    if (!isObject(value)) return misfit('Expected an object for', completion, writing, coordinate, index);
    const shape = selection.only ?? selection.shapeOf(value.__typename);
    if (shape === null) {
      return misfit('Invalid __typename found for object at', completion, writing, coordinate, index);
    }
    text = writeObject(shape, value, writing);
  }
  // Of what is null nothing more comes.
  if (text === undefined && places.length !== before) places.length = before;
  return text ?? (completion.nonNull ? undefined : 'null');
}

function writeList(
  item: Completion,
  list: readonly unknown[],
  writing: Writing,
  coordinate: string,
): string | undefined {
  const { faults, places } = writing;
  const { length } = list;
  let text = '[';
  for (let i = 0; i < length; i++) {
    const before = faults.length;
    const placesBefore = places.length;
    const part = complete(item, list[i], writing, coordinate, i);
    if (places.length !== placesBefore) addToPaths(places, placesBefore, i);
    if (faults.length !== before) addToPaths(faults, before, i);
    if (part === undefined) return undefined;
    text += i === 0 ? part : `,${part}`;
  }
  return `${text}]`;
}

function misfit(
  message: string,
  completion: Completion,
  writing: Writing,
  coordinate: string,
  index: number,
): string | undefined {
  writing.faults.push({ message: `${message} ${placeOf(completion, coordinate, index)}.`, path: [] });
  return completion.nonNull ? undefined : 'null';
}

const placeOf = (completion: Completion, coordinate: string, index: number) =>
  index < 0 ? `field ${coordinate}` : `array element of type ${completion.typeName} at index ${index}`;
