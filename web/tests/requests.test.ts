import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { testSite } from './site.ts';

const site = testSite();

/** Sends text as it is, and gives all that comes until the other side closes. */
async function send(text: string): Promise<string> {
  const { hostname, port } = new URL(site.url);
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.on('data', (chunk) => {
    answer += String(chunk);
  });
  socket.write(text);
  await once(socket, 'close');
  return answer;
}

const statusOf = (answer: string) => Number(answer.split(' ')[1]);

test.each(['h2c', 'websocket', 'nonsense'])(
  'an Upgrade to %s, which nobody takes, is ignored',
  async (protocol) => {
    const offer = `Host: a\r\nConnection: Upgrade, HTTP2-Settings, close\r\nUpgrade: ${protocol}\r\nHTTP2-Settings: AAMAAABk\r\n`;
    expect(statusOf(await send(`GET /livez HTTP/1.1\r\n${offer}\r\n`))).toBe(200);
    expect(await send(`GET /sign-in HTTP/1.1\r\n${offer}\r\n`)).toContain('Password');
  },
);

test.each<[string, number]>([
  ['/livez', 200],
  ['http://elsewhere.example/livez', 200],
  ['http://elsewhere.example/sign-in?a=b', 200],
  ['//', 308],
  ['///', 308],
  ['//elsewhere.example/sign-in', 308],
  ['//%', 404],
  ['/%', 404],
  ['/%ff', 404],
  ['/sign-in?%', 200],
  ['/u/%61da', 200],
  ['/u/nobody', 404],
  ['/u/%FF', 404],
  ['/u/%', 404],
  ['/u/%zz', 404],
  ['/u/a%C3', 404],
  ['/u/%ED%A0%80', 404],
  ['/u/%F0%9F%98', 404],
  ['/u/%FF.rsc', 404],
  ['/u/%FF?_rsc=1', 404],
  ['/u/%00', 404],
  ['/u/%25FF', 404],
  ['/post/none', 404],
  ['/post/BgGZAAAAAHAAgAAAAAAAAAE', 404],
  ['/post/%FF', 404],
  ['/post/%', 404],
  ['/settings/%FF', 404],
  ['/_next/static/%FF', 404],
  ['/u/ada?after=%FF', 200],
  ['/u/ada?%FF=%', 200],
  ['/explore?after=%', 200],
  ['/sign-in?to=%FF', 200],
  ['/sign-in?to=/u/%FF', 200],
  ['/sign-in?reason=%FF', 200],
  ['/verify-email?token=%FF', 303],
  ['/settings/security?%FF', 307],
  ['/_next/image?url=%2Ficon.svg&w=64&q=75', 404],
  ['/_next/image?url=https%3A%2F%2Felsewhere.example%2Fa.png&w=64&q=75', 404],
  ['/\\', 308],
  ['*', 400],
  ['http:', 400],
  ['ftp://elsewhere.example/', 400],
])('a request for %s is answered with %i', async (target, status) => {
  const answer = await send(`GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`);
  expect([target, statusOf(answer)]).toEqual([target, status]);
  if (status === 404) expect(answer).toContain('<html');
  // A redirect stays on this site.
  const location = /^location: (.*)\r$/im.exec(answer)?.[1];
  if (location) expect(location).toMatch(/^\/(?![/\\])/);
});

test('a form sent to an address that no text is encoded in finds nothing there', async () => {
  const head =
    'Host: a\r\nOrigin: http://a\r\nContent-Type: application/x-www-form-urlencoded\r\nConnection: close';
  expect(statusOf(await send(`POST /u/%FF HTTP/1.1\r\n${head}\r\nContent-Length: 5\r\n\r\na=%FF`))).toBe(404);
});

const boundary = '----boundary-of-a-browsers-form';
const multipart = `multipart/form-data; boundary=${boundary}`;
const field = `--${boundary}\r\nContent-Disposition: form-data; name="0"\r\n\r\n[]\r\n`;

// One that names an action of another build is for Next to answer.
const ofAction = field.replace('"0"', `"$ACTION_ID_${'0'.repeat(42)}"`);

test.each<[string, string, number]>([
  ['whose fields are whole', `${ofAction}--${boundary}--\r\n`, 409],
  ['that names no action', `${field}--${boundary}--\r\n`, 400],
  ['without a field', `--${boundary}--\r\n`, 400],
  ['without anything', '', 400],
  ['whose fields are none', 'x', 400],
  ['that breaks off behind a field', ofAction, 400],
  ['that breaks off within a field', ofAction.slice(0, -10), 400],
])('a form %s is read as what it is', async (_what, body, status) => {
  const head = `Host: a\r\nConnection: close\r\nContent-Type: ${multipart}\r\nContent-Length: ${body.length}`;
  const answer = await send(`POST /sign-in HTTP/1.1\r\n${head}\r\n\r\n${body}`);
  expect([statusOf(answer), answer.includes('This form is broken.')]).toEqual([status, status === 400]);
});

test.each<[string, string, string]>([
  ['is not JSON', 'text/plain;charset=UTF-8', 'x'],
  ['is empty', 'text/plain;charset=UTF-8', ''],
  ['is no list', 'text/plain;charset=UTF-8', '{}'],
  ['has no fields', multipart, 'x'],
  ['breaks off', multipart, field],
])('a call of a page’s action whose body %s is the caller’s fault', async (_what, type, body) => {
  const html = await (await fetch(`${site.url}/sign-in`)).text();
  const id = /&quot;id&quot;:&quot;([0-9a-f]{20,})/.exec(html)?.[1];
  expect(id).toBeDefined();
  const head = `Host: a\r\nConnection: close\r\nNext-Action: ${id}\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}`;
  expect(statusOf(await send(`POST /sign-in HTTP/1.1\r\n${head}\r\n\r\n${body}`))).toBe(400);
});

const form = 'Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 3\r\n\r\na=b';

test.each<[string, string, number]>([
  ['from here', `POST /sign-in|Origin: http://a\r\n${form}`, 200],
  ['from nowhere in particular', `POST /sign-in|${form}`, 200],
  ['from another site', `POST /sign-in|Origin: http://elsewhere.example\r\n${form}`, 403],
  ['from a page without an origin', `POST /sign-in|Origin: null\r\n${form}`, 403],
  ['from another port', `POST /sign-in|Origin: http://a:81\r\n${form}`, 403],
  ['of 3 MB', 'POST /sign-in|Origin: http://a\r\nContent-Length: 3000000\r\n\r\n', 413],
  [
    'of fields without an end',
    'POST /sign-in|Content-Type: multipart/form-data\r\nContent-Length: 1\r\n\r\nx',
    400,
  ],
  ['by TRACE', 'TRACE /|\r\n', 405],
  ['by PUT', 'PUT /|Content-Length: 0\r\n\r\n', 405],
  ['by a method of WebDAV', 'PROPFIND /|\r\n', 405],
])('a form %s is answered as what it is', async (_what, request, status) => {
  const [line, rest] = request.split('|');
  const answer = await send(`${line} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n${rest}`);
  expect(statusOf(answer)).toBe(status);
});
