import { readFileSync, writeFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import { parse, stringify } from 'yaml';
import { type EventDocument, eventDocument, type ObjectSchema } from './event-document.ts';

type Schemas = { components: Pick<EventDocument['components'], 'schemas'> };

/**
 * Why somebody who reads by one of the two documents can't read what was written by the other, one sentence each: an event is
 * on its way while services of both versions run.
 */
export function incompatibilities(before: Schemas, now: Schemas): string[] {
  return Object.entries(before.components.schemas).flatMap(([type, schema]) => {
    const found = now.components.schemas[type];
    // What nobody publishes any more may go.
    return found ? changesOf(schema, found).map((change) => `${type}: ${change}`) : [];
  });
}

function changesOf(before: ObjectSchema, now: ObjectSchema): string[] {
  const [was, is] = [before.properties ?? {}, now.properties ?? {}];
  const isRequired = (schema: ObjectSchema, name: string) => schema.required?.includes(name) === true;
  return [
    ...Object.keys(was).flatMap((name) => {
      if (!(name in is)) return [`${name} is gone`];
      if (!isDeepStrictEqual(was[name], is[name])) return [`${name} is not what it was`];
      if (isRequired(before, name) && !isRequired(now, name)) return [`${name} may be missing now`];
      return !isRequired(before, name) && isRequired(now, name)
        ? [`${name} may not be missing any more`]
        : [];
    }),
    ...Object.keys(is)
      .filter((name) => !(name in was) && isRequired(now, name))
      .map((name) => `${name} is new and may not be missing`),
  ];
}

/** What is to be done about the document in that state: the new text, or what is wrong. */
export function compareEvents(text: string): { text: string; faults: string[] } {
  const document = eventDocument();
  return {
    text: stringify(document, { aliasDuplicateObjects: false, lineWidth: 120 }),
    faults: incompatibilities(parse(text) as EventDocument, document),
  };
}

if (import.meta.main) {
  const path = new URL('../../docs/api/events.yaml', import.meta.url);
  const before = readFileSync(path, 'utf8');
  const { text, faults } = compareEvents(before);
  if (faults.length > 0) {
    process.stderr.write(
      `These events are not what they were. Publish a new version, with an upcast from the one before:\n${faults.map((fault) => `  ${fault}\n`).join('')}`,
    );
    process.exitCode = 1;
  } else if (process.argv.includes('--write')) {
    writeFileSync(path, text);
  } else if (text !== before) {
    process.stderr.write('docs/api/events.yaml is not up to date: npm run check:events -- --write\n');
    process.exitCode = 1;
  }
}
