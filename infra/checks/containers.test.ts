// biome-ignore-all lint/suspicious/noTemplateCurlyInString: as compose writes it
import { expect, it } from 'vitest';
import { containerFaults, readContainers } from './containers.ts';

const whole = await readContainers();

it('finds no fault in the containers as they are', () => {
  expect(containerFaults(whole)).toEqual([]);
});

// Each breaks one rule, and its sentence is among those that come of it.
it.each([
  ['compose', '  read_only: true\n', '', 'web: has no read_only'],
  ['compose', '  cap_drop: [ALL]\n', '', 'rabbitmq: has no cap_drop: [ALL]'],
  ['compose', '  security_opt: ["no-new-privileges:true"]\n', '', 'postgres: has no no-new-privileges'],
  ['compose', '  mem_limit: 512m\n', '', 'auth: has no mem_limit'],
  ['compose', '  pids_limit: 200\n', '', 's3: has no pids_limit'],
  ['compose', '  init: true\n', '', 'secrets: has no init'],
  ['compose', 'max-size: 10m, ', '', 'gateway: has no logging with max-size'],
  ['compose', '    user: postgres\n', '    cap_add: [SYS_ADMIN]\n', 'postgres: adds capabilities'],
  [
    'compose',
    '"${BIND:-127.0.0.1}:${WEB_PORT',
    '"${WEB_PORT',
    'web: publishes ${WEB_PORT:-3000}:3000 to everybody',
  ],
  ['compose', '  OWNER_URL_FILE:', '  OWNER_URL:', 'prepare: OWNER_URL is no file'],
  ['compose', 'subpath: chat', 'subpath: auth', 'chat: reads the secrets of auth'],
  ['compose', ', volume: { subpath: chat }', '', 'chat: reads the secrets of all of them'],
  ['compose', '- media-work:/tmp', '- secrets:/tmp', 'media: reads the secrets of all of them'],
  [
    'compose',
    '    image: socialhub-web:0.1.0\n',
    '    image: socialhub-services:0.1.0\n',
    'web: builds socialhub-services:0.1.0 once more',
  ],
  ['override', '  s3: { networks: [files] }\n', '', 's3 is in no network of its own'],
  ['override', '  web: { networks: [pages] }', '  web: { networks: [graph] }', 'auth and web need not meet'],
  ['override', 's3: { networks: [files] }', 's3: { networks: [databases] }', 'postgres and s3 need not meet'],
  [
    'override',
    'chat: { networks: [databases,',
    'chat: { networks: [',
    'postgres and chat don’t reach each other',
  ],
  ['server', '  gateway:\n    ports: !reset []\n', '  gateway:\n', 'gateway is reached past Caddy'],
  ['server', '      TRUSTED_PROXIES:', '      TRUSTED_PROXY:', 'gateway does not read TRUSTED_PROXY'],
  ['server', '  read_only: true\n', '', 'backup: has no read_only'],
] as const)('in %s, %s made %s: %s', (file, text, other, fault) => {
  expect(whole[file]).toContain(text);
  const faults = containerFaults({ ...whole, [file]: whole[file].replace(text, other) });
  expect(faults.join('\n')).toContain(fault);
});
