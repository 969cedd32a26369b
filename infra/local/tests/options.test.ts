import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readOptions } from '../src/options.ts';
import { StartFault } from '../src/start-fault.ts';

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

describe('a fault', () => {
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
