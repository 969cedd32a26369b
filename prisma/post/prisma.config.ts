import { defineConfig } from 'prisma/config';

/** For Prisma's own CLI, where it can download its engine: `prisma migrate deploy --config <this file>`. */
export default defineConfig({
  schema: 'schema.prisma',
  migrations: { path: 'migrations' },
  datasource: { url: process.env.DATABASE_URL ?? '' },
});
