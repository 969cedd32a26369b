import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startChat } from './fake-chat.ts';
import { person, post } from './fake-objects.ts';
import { comment } from './fake-people.ts';
import { testSite } from './site.ts';

vi.setConfig({ testTimeout: 60_000 });

const site = testSite();
const boundary = '----boundary-of-a-browsers-form';
const multipart = `multipart/form-data; boundary=${boundary}`;
const text = 'text/plain;charset=UTF-8';

type Field = readonly [name: string, value: string];

const fieldsOf = (...fields: readonly Field[]) =>
  `${fields
    .map(
      ([name, value]) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    )
    .join('')}--${boundary}--\r\n`;
const fileNamed = (name: string) =>
  `--${boundary}\r\nContent-Disposition: form-data; name="${name}"; filename="a"\r\n\r\nx\r\n--${boundary}--\r\n`;

/** The actions that there are, each with a page that has it. */
let actions: { name: string; id: string; path: string }[];
const idOf = (wanted: string) => String(actions.find(({ name }) => name === wanted)?.id);

/** Calls as ada, by script where an action is named. */
async function send(body: string, type: string, action?: string, path = '/sign-in'): Promise<number> {
  const { accessToken } = site.gateway.issue(site.ada);
  const response = await fetch(`${site.url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': type,
      origin: site.url,
      cookie: `socialhub-access-${new URL(site.url).port}=${accessToken}`,
      ...(action && { 'next-action': action }),
    },
    body,
    redirect: 'manual',
  });
  await response.text();
  return response.status;
}

let saidBefore = 0;
beforeEach(() => {
  saidBefore = site.said.length;
});
// What a caller did wrong is not told to whoever runs the web.
afterEach(() => expect(site.said.slice(saidBefore)).toEqual([]));
beforeAll(async () => {
  const manifest = join(import.meta.dirname, '../.next/server/server-reference-manifest.json');
  const { node } = JSON.parse(readFileSync(manifest, 'utf8')) as {
    node: Record<string, { exportedName: string; workers: Record<string, unknown> }>;
  };
  actions = Object.entries(node).map(([id, { exportedName, workers }]) => ({
    name: exportedName,
    id,
    path: pathOf(Object.keys(workers)),
  }));
  expect(actions.length).toBeGreaterThan(20);
});

/** The address of one of the pages: `app/u/[username]/page` is that of ada; of a post or a conversation it leaves `[id]`. */
function pathOf(pages: readonly string[]): string {
  const page = pages.find((one) => !one.includes('_not-found')) ?? '';
  return page.slice('app'.length, -'/page'.length).replace('[username]', 'ada') || '/';
}

describe('a call by script whose arguments no page sends is the caller’s fault:', () => {
  test.each([
    ...[
      '$F1',
      '$h1',
      '$K',
      '$Kzz',
      '$Q1',
      '$W1',
      '$i1',
      '$1',
      '$0',
      '$0:0:x',
      '$@1',
      '$T',
      '$T1',
      '$',
      '$D',
      '$n1',
      '$nzz',
    ],
    ...[
      '$n1e9',
      '$B1',
      '$A1',
      '$O1',
      '$Sx',
      '$R1',
      '$r1',
      '$X1',
      '$x1',
      '$P1',
      '$Z',
      '$g0',
      '$_1',
      '$-1',
      '$undefine',
    ],
  ])('["%s"], alone and with what it may refer to', async (reference) => {
    const list = JSON.stringify([{ nested: [reference] }]);
    const action = idOf('signIn');
    expect(await send(list, text, action)).toBe(400);
    for (const referred of ['', 'x', '[1]', '{}', '"$1"', JSON.stringify({ id: action, bound: '$@9' })])
      expect(await send(fieldsOf(['1', referred], ['0', list]), multipart, action)).toBe(400);
  });

  test.each<[string, string, string]>([
    ['nothing', '', text],
    ['no JSON', 'x', text],
    ['no list', '{}', text],
    ['lists in lists', `${'['.repeat(9_000)}${']'.repeat(9_000)}`, text],
    ['a list that says it is JSON, with a reference', '["$F1"]', 'application/json'],
    ['no field', fieldsOf(), multipart],
    ['other fields', fieldsOf(['a', 'b']), multipart],
    ['a field that is no JSON', fieldsOf(['0', 'x']), multipart],
    ['two lists', fieldsOf(['0', '[]'], ['0', '[]']), multipart],
    ['a file for a list', fileNamed('0'), multipart],
    ['a form in another encoding', 'a=b', 'application/x-www-form-urlencoded'],
  ])('%s', async (_what, body, type) => {
    expect(await send(body, type, idOf('signIn'))).toBe(400);
  });

  test.each(['zz', ' ', '$F1', '0'.repeat(41)])('the action "%s", which can’t be', async (action) => {
    expect(await send('[]', text, action)).toBe(400);
  });
});

describe('a form that names an action without its arguments is the caller’s fault:', () => {
  test.each<[string, (id: string) => readonly Field[]]>([
    ['none', () => [['a', 'b']]],
    ['one that is none', () => [['$ACTION_ID_zz', '']]],
    ['one without a name', () => [['$ACTION_ID_', '']]],
    ['one that is not told', () => [['$ACTION_REF_1', '']]],
    [
      'no JSON',
      () => [
        ['$ACTION_REF_1', ''],
        ['$ACTION_1:0', 'x'],
      ],
    ],
    [
      'no action',
      () => [
        ['$ACTION_REF_1', ''],
        ['$ACTION_1:0', '{}'],
      ],
    ],
    [
      'a reference for an action',
      () => [
        ['$ACTION_REF_1', ''],
        ['$ACTION_1:0', '{"id":"$1","bound":null}'],
      ],
    ],
    ['arguments that are missing', (id) => bound(id)],
    ['arguments that are no JSON', (id) => bound(id, 'x')],
    ['arguments that are no list', (id) => bound(id, '{}')],
    ['a reference', (id) => bound(id, '["$F2"]')],
    ['a reference to itself', (id) => bound(id, '["$1"]')],
    [
      'arguments by an object',
      (id) => [
        ['$ACTION_REF_1', ''],
        ['$ACTION_1:0', JSON.stringify({ id, bound: { toString: 1 } })],
      ],
    ],
  ])('%s', async (_what, fields) => {
    expect(await send(fieldsOf(...fields(idOf('signIn'))), multipart)).toBe(400);
  });

  test('a file in the place of a name', async () => {
    expect(await send(fileNamed('$ACTION_REF_1'), multipart)).toBe(400);
  });
});

function bound(id: string, list?: string): readonly Field[] {
  const action: readonly Field[] = [
    ['$ACTION_REF_1', ''],
    ['$ACTION_1:0', JSON.stringify({ id, bound: '$@1' })],
  ];
  return list === undefined ? action : [...action, ['$ACTION_1:1', list]];
}

/** Arguments of the right form that no page sends to the action. */
const senseless = [
  '[]',
  '[null]',
  '[null,"$K1"]',
  '["x","$K1"]',
  '["$K1"]',
  '["$K1","$K1"]',
  '[{},{}]',
  '[[],[]]',
  '[1,2,3]',
  '[{"toString":1,"valueOf":1},{"toString":1,"valueOf":1}]',
  '[{"__proto__":{"get":1}},{"get":1}]',
  '[{"stage":"scan","secret":{},"codes":{},"fields":1,"message":{},"values":[]},"$K1"]',
  '[{"stage":"codes","codes":"x","ended":{},"posted":"x","changed":null,"sent":[],"twoFactor":{}},"$K1"]',
];

test('no action of any page answers arguments that are not its own as a failure of the server', async () => {
  const failed: string[] = [];
  const shown = post(site.ada, 'one to be shown');
  site.gateway.state.posts.push(shown);
  const answer = comment(shown, site.ada, 'one that answers it');
  const chat = startChat(site.gateway.state, [site.ada, person('ben', 'Ben'), person('cat', 'Cat')]);
  // By script and by a form in turn: each list by both ways would render 1,500 pages.
  for (const [nth, { name, id, path: pattern }] of actions.entries()) {
    const path = pattern
      .replace('[id]', pattern.startsWith('/messages') ? chat.id : shown.id)
      .replace('[commentId]', answer.id);
    for (const [at, list] of senseless.entries()) {
      const byScript = (nth + at) % 2 === 0;
      const status = await (byScript
        ? send(fieldsOf(['1_intent', 'x'], ['1_text', 'x'], ['0', list]), multipart, id, path)
        : send(fieldsOf(...bound(id, list.replaceAll('"$K1"', '"k"'))), multipart, undefined, path));
      const how = byScript ? 'by script' : 'by a form';
      if (status >= 400) failed.push(`${status} ${name} ${how} at ${path}: ${list}`);
    }
    const alone = await send(fieldsOf([`$ACTION_ID_${id}`, '']), multipart, undefined, path);
    if (alone >= 400) failed.push(`${alone} ${name} alone at ${path}`);
  }
  expect(failed).toEqual([]);
}, 300_000);
