import { type ServiceName, serviceNames } from '@socialhub/platform/contracts/services';
import pg from 'pg';
import { databaseName, roleName, withDatabase } from './urls.ts';

const lockWaitMs = 120_000;

/**
 * Brings six databases and six login roles into being on the owner's server, each role able to connect to its own
 * database alone and free to do there as it likes, and sets the roles' passwords to those given. The owner need not be
 * a superuser: CREATEDB and CREATEROLE do. Changes nothing that is right already; several processes may run it at once.
 * Gives each service's URL. Throws the server's message, with what was being done.
 */
export async function provision(o: {
  ownerUrl: string;
  passwords: Record<ServiceName, string>;
  prefix?: string;
}): Promise<Record<ServiceName, string>> {
  const owner = await connect(o.ownerUrl);
  try {
    await owner.query(`SET lock_timeout = ${lockWaitMs}`);
    await owner.query("SELECT pg_advisory_lock(hashtextextended('socialhub.provision', 0))");
    for (const service of serviceNames) {
      const names = { role: roleName(service, o.prefix), database: databaseName(service, o.prefix) };
      await saying(`role ${names.role}`, () => bringRole(owner, names.role, o.passwords[service]));
      await saying(`database ${names.database}`, () => bringDatabase(owner, o.ownerUrl, names));
    }
  } finally {
    await owner.end();
  }
  const urlFor = (service: ServiceName) => {
    const url = new URL(withDatabase(o.ownerUrl, databaseName(service, o.prefix)));
    url.username = roleName(service, o.prefix);
    url.password = encodeURIComponent(o.passwords[service]);
    return url.href;
  };
  return Object.fromEntries(serviceNames.map((service) => [service, urlFor(service)])) as Record<
    ServiceName,
    string
  >;
}

interface Names {
  role: string;
  database: string;
}

const id = pg.escapeIdentifier;

async function bringRole(owner: pg.Client, role: string, password: string): Promise<void> {
  const { rowCount } = await owner.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
  const change = rowCount ? 'ALTER' : 'CREATE';
  const rights = rowCount ? '' : 'NOCREATEDB NOCREATEROLE NOINHERIT';
  await owner.query(`${change} ROLE ${id(role)} LOGIN ${rights} PASSWORD ${pg.escapeLiteral(password)}`);
}

async function bringDatabase(owner: pg.Client, ownerUrl: string, names: Names): Promise<void> {
  const { rowCount } = await owner.query('SELECT FROM pg_database WHERE datname = $1', [names.database]);
  if (!rowCount)
    await owner.query(`CREATE DATABASE ${id(names.database)} TEMPLATE template0 ENCODING 'UTF8'`);
  await owner.query(`REVOKE ALL ON DATABASE ${id(names.database)} FROM PUBLIC`);
  await owner.query(
    `GRANT CONNECT, TEMPORARY, CREATE ON DATABASE ${id(names.database)} TO ${id(names.role)}`,
  );
  const inside = await connect(withDatabase(ownerUrl, names.database));
  try {
    // The schema stays the owner's: to give it away, an owner without superuser would have to become the role.
    await inside.query('REVOKE ALL ON SCHEMA public FROM PUBLIC');
    await inside.query(`GRANT USAGE, CREATE ON SCHEMA public TO ${id(names.role)}`);
  } finally {
    await inside.end();
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    query_timeout: lockWaitMs,
  });
  client.on('error', () => {}); // the next query reports it
  await client.connect();
  return client;
}

async function saying(what: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (cause) {
    throw new Error(`Setting up the ${what} failed: ${(cause as Error).message}`, { cause });
  }
}
