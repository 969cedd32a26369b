import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig as readAuthConfig } from '@socialhub/auth/config';
import { readConfig as readGatewayConfig } from '@socialhub/gateway/config';
import { readConfig as readMediaConfig } from '@socialhub/media/config';
import { serviceNames } from '@socialhub/platform/contracts/services';
import { StartFault } from '@socialhub/servers/start-fault';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readOptions } from '../src/options.ts';
import { type Backends, gatewayEnvironment, subgraphEnvironment } from '../src/service-environment.ts';

const secret = 'of-a-test-longer-than-thirty-two-characters';
const someBackends: Omit<Backends, 'operatorSettings'> = {
  secrets: {
    identityKeys: `k1:${secret}`,
    signingKeySecret: secret,
    demoPassword: secret,
    databasePasswords: Object.fromEntries(serviceNames.map((name) => [name, secret])) as never,
  },
  databases: Object.fromEntries(serviceNames.map((name) => [name, `postgresql://h/${name}`])) as never,
  rabbitmqUrl: undefined,
  s3: {
    endpoint: undefined,
    publicEndpoint: undefined,
    bucket: 'media',
    region: 'us-east-1',
    accessKeyId: 'id',
    secretAccessKey: secret,
  },
  logLevel: 'info',
  mailDir: 'mail',
  webUrl: 'http://localhost:3000',
};

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'options-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const faultOf = (args: string[], env: NodeJS.ProcessEnv = {}) => {
  try {
    readOptions(args, env, root);
  } catch (error) {
    if (error instanceof StartFault) return error.message;
    throw error;
  }
  return 'no fault';
};

describe('what to start', () => {
  it('is everything, on the usual ports, when nothing is said', () => {
    expect(readOptions([], {}, root)).toMatchObject({
      home: join(root, '.socialhub'),
      gatewayPort: 4000,
      webPort: 3000,
      web: true,
      demo: true,
      rabbitmq: false,
      processes: false,
      s3: undefined,
    });
  });

  it('comes from .env, and the environment overrides it', async () => {
    await writeFile(join(root, '.env'), '# ports\nGATEWAY_PORT=4100\nexport WEB_PORT="3100"\n\n');
    expect(readOptions([], { WEB_PORT: '3200' }, root)).toMatchObject({ gatewayPort: 4100, webPort: 3200 });
  });

  it('starts RabbitMQ for a process each, unless one is named', () => {
    expect(readOptions(['--processes'], {}, root).rabbitmq).toBe(true);
    expect(readOptions(['--processes'], { RABBITMQ_URL: 'amqp://localhost' }, root).rabbitmq).toBe(false);
  });
});

describe('what a service may be told', () => {
  it('reaches that service and no other, from the environment, .env and files of secrets', async () => {
    await writeFile(join(root, '.env'), 'DATA_EXPORT_HOURS=0\nDELETION_GRACE_DAYS=14\n');
    const smtp = join(root, 'smtp');
    await writeFile(smtp, 'smtp://mail.example');
    const more = { WEB_CONNECTIONS: '100', SIGNING_KEY_SECRET: 'x' };
    const env = { DELETION_GRACE_DAYS: '7', JWT_ISSUER: 'hub', SMTP_URL_FILE: smtp, ...more };
    const { operatorSettings } = readOptions([], env, root);
    expect(operatorSettings).toEqual({
      auth: { DELETION_GRACE_DAYS: '7', JWT_ISSUER: 'hub', SMTP_URL_FILE: smtp },
      chat: {},
      media: { DATA_EXPORT_HOURS: '0' },
      notification: {},
      gateway: { JWT_ISSUER: 'hub' },
      web: { WEB_CONNECTIONS: '100' },
    });
  });

  it('is part of the environment that the service starts with', () => {
    const { operatorSettings } = readOptions([], { DELETION_GRACE_DAYS: '7', DATA_EXPORT_DAYS: '3' }, root);
    const backends = { ...someBackends, operatorSettings };
    expect(readAuthConfig(subgraphEnvironment('auth', 1, backends)).DELETION_GRACE_DAYS).toBe(7);
    expect(readMediaConfig(subgraphEnvironment('media', 2, backends)).DATA_EXPORT_DAYS).toBe(3);
    expect(subgraphEnvironment('post', 3, backends)).not.toHaveProperty('DELETION_GRACE_DAYS');
  });

  it('reaches the gateway too', () => {
    const { operatorSettings } = readOptions([], { REQUESTS_PER_MINUTE_PER_ADDRESS: '60' }, root);
    const subgraphs = Object.fromEntries(serviceNames.map((name) => [name, 'http://127.0.0.1:9'])) as never;
    const environment = gatewayEnvironment(
      { port: 1, webPort: 2, subgraphs },
      { ...someBackends, operatorSettings },
    );
    expect(readGatewayConfig(environment).admission.perMinute.requestsPerAddress).toBe(60);
  });
});

describe('origins of other web apps', () => {
  const originsFor = (env: NodeJS.ProcessEnv) => {
    const { operatorSettings } = readOptions([], env, root);
    const subgraphs = Object.fromEntries(serviceNames.map((name) => [name, 'http://127.0.0.1:9'])) as never;
    const environment = gatewayEnvironment(
      { port: 1, webPort: 2, subgraphs },
      { ...someBackends, operatorSettings },
    );
    return readGatewayConfig(environment).corsOrigins;
  };
  const ours = ['http://127.0.0.1:2', 'http://localhost:2'];

  it('may call beside the web’s own, from the environment, .env or a file', async () => {
    expect(originsFor({})).toEqual(ours);
    const theirs = ['https://app.example', 'http://localhost:5173'];
    expect(originsFor({ CORS_ORIGINS: theirs.join(', ') })).toEqual([...ours, ...theirs]);
    const file = join(root, 'origins');
    await writeFile(file, `${theirs.join(',')}\n`);
    expect(originsFor({ CORS_ORIGINS_FILE: file })).toEqual([...ours, ...theirs]);
    await writeFile(join(root, '.env'), `CORS_ORIGINS=${theirs[0]}\n`);
    expect(originsFor({})).toEqual([...ours, theirs[0]]);
  });

  it('that no browser writes are a fault before anything starts', () => {
    for (const origin of ['https://app.example/', 'app.example', '*', 'https://APP.example'])
      expect(faultOf([], { CORS_ORIGINS: origin })).toContain('CORS_ORIGINS');
  });
});

describe('a fault', () => {
  it('names what a service would not take', () => {
    const fault = faultOf([], { DELETION_GRACE_DAYS: 'soon', UNAUTHORIZED: 'maybe', WEB_PORT: '-1' });
    for (const name of ['DELETION_GRACE_DAYS', 'UNAUTHORIZED', 'WEB_PORT']) expect(fault).toContain(name);
  });

  it('names every variable that is wrong, at once, without its value', () => {
    const fault = faultOf([], {
      GATEWAY_PORT: 'many',
      DATABASE_URL: 'mysql://secret',
      S3_ENDPOINT: 'nowhere',
    });
    for (const name of ['GATEWAY_PORT', 'DATABASE_URL', 'S3_ENDPOINT']) expect(fault).toContain(name);
    expect(fault).not.toContain('secret');
  });

  it('names the line of a broken .env', async () => {
    await writeFile(join(root, '.env'), 'GATEWAY_PORT=4100\nthis is not an assignment\n');
    expect(faultOf([])).toBe('.env is broken at line 2: write NAME=value, or # and a comment.');
  });

  it('names the flags when one is unknown', () => {
    expect(faultOf(['--no-cats'])).toContain('--no-web, --no-demo, --rabbitmq, --processes');
  });

  it('asks for keys with an S3 endpoint', () => {
    expect(faultOf([], { S3_ENDPOINT: 'http://localhost:9000' })).toContain('AWS_ACCESS_KEY_ID');
  });
});
