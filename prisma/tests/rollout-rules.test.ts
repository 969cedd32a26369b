import { describe, expect, it } from 'vitest';
import { type RunningVersion, rolloutFaults, uniquesMadeBy } from '../rollout-rules.ts';
import { readSchemaTables } from '../schema-tables.ts';
import { splitStatements } from '../sql-statements.ts';

const running: RunningVersion = {
  tables: readSchemaTables(`
enum Mood {
  GOOD
}
model Post {
  id       String  @id
  authorId String  @map("author_id")
  mood     Mood
  old      String? @ignore
  comments Comment[]

  @@map("posts")
}
model Comment {
  id   String @id
  post Post   @relation(fields: [id], references: [id])

  @@ignore
  @@map("comments")
}
`),
  words: new Set(['by_hand']),
  uniques: new Set(['posts_key', 'posts_pair']),
};
const faultsOf = (sql: string, version: RunningVersion | null = running) =>
  rolloutFaults({ name: 'm', sql }, version);

describe('a migration is refused that keeps others from a table in use', () => {
  it.each([
    ['CREATE INDEX "i" ON "posts" ("author_id")', /CONCURRENTLY/],
    ['CREATE UNIQUE INDEX i ON public.posts (author_id)', /CONCURRENTLY/],
    ['CREATE INDEX CONCURRENTLY i ON posts (id); SELECT 1', /alone in its migration/],
    ['ALTER TABLE "posts" ADD COLUMN "n" BIGSERIAL', /writes every row anew/],
    ['ALTER TABLE posts ADD COLUMN n int GENERATED ALWAYS AS (1) STORED', /writes every row anew/],
    ['ALTER TABLE posts ADD COLUMN n uuid NOT NULL DEFAULT gen_random_uuid()', /a value for every row/],
    ['ALTER TABLE posts ADD COLUMN n bigint DEFAULT (pg_current_xact_id())', /a value for every row/],
    ['ALTER TABLE posts ADD COLUMN n text NOT NULL', /fails where there are rows/],
    ['ALTER TABLE posts ADD COLUMN a int, ADD COLUMN n text NOT NULL', /fails where there are rows/],
    ['ALTER TABLE posts ALTER COLUMN mood SET NOT NULL', /reads the whole table/],
    ['ALTER TABLE posts ALTER COLUMN id SET DATA TYPE bigint', /may write every row/],
    ['ALTER TABLE posts ALTER id TYPE bigint', /may write every row/],
    ['ALTER TABLE posts ADD CONSTRAINT c CHECK (id > 0)', /NOT VALID/],
    ['ALTER TABLE posts ADD CONSTRAINT c FOREIGN KEY (id) REFERENCES x (id)', /NOT VALID/],
    ['ALTER TABLE posts ADD CONSTRAINT c UNIQUE (id)', /USING INDEX/],
    ['ALTER TABLE posts ADD PRIMARY KEY (id)', /USING INDEX/],
    ['ALTER TABLE posts SET UNLOGGED', /writes the whole table/],
    ['LOCK TABLE posts', /keeps everybody else/],
    ['VACUUM FULL posts', /keeps everybody else/],
    ['UPDATE posts SET mood = 1', /in steps/],
    ['DELETE FROM posts WHERE id = 1', /in steps/],
    ['TRUNCATE "posts"', /takes from the running version/],
    ['CREATE TABLE likes (id int); TRUNCATE likes, ONLY posts', /takes from the running version/],
    ['CREATE TABLE likes (id int); LOCK TABLE likes, posts IN SHARE MODE', /keeps everybody else/],
    [
      'CREATE TABLE kept (id int); WITH gone AS (DELETE FROM posts RETURNING id) INSERT INTO kept SELECT id FROM gone',
      /in steps by a task/,
    ],
    ['WITH a AS (SELECT 1 AS n) UPDATE posts SET mood = n FROM a', /in steps by a task/],
    ['DO $$ BEGIN UPDATE posts SET mood = 1; END $$', /no rule sees/],
    ['CALL tidy()', /no rule sees/],
  ])('%s', (sql, why) => {
    expect(faultsOf(sql)).toEqual([expect.stringMatching(why)]);
  });
});

describe('a migration is refused that drops what the running version reads', () => {
  it.each([
    ['DROP TABLE "posts"', /client reads/],
    ['ALTER TABLE "posts" DROP COLUMN "author_id"', /client reads/],
    ['ALTER TABLE posts DROP COLUMN old, DROP author_id', /client reads/],
    ['ALTER TABLE posts DROP COLUMN mood', /client reads/],
    ['ALTER TABLE posts RENAME COLUMN author_id TO writer_id', /renames what/],
    ['ALTER TABLE posts RENAME TO texts', /renames what/],
    ['ALTER TABLE comments DROP COLUMN by_hand', /sources name/],
    ['DROP TABLE IF EXISTS by_hand', /sources name/],
    ['CREATE TABLE likes (id int); DROP TABLE likes, "posts" CASCADE', /client reads/],
    ['DROP INDEX "posts_key"', /ON CONFLICT/],
    ['DROP INDEX CONCURRENTLY IF EXISTS public.posts_key', /ON CONFLICT/],
    ['DROP INDEX plain, posts_key', /ON CONFLICT/],
    ['ALTER TABLE posts DROP CONSTRAINT "posts_pair"', /ON CONFLICT/],
    ['ALTER TABLE "posts" ALTER COLUMN "mood" DROP DEFAULT', /gives the value itself/],
    ['ALTER TABLE posts ADD COLUMN n text, ALTER mood DROP DEFAULT', /gives the value itself/],
    ['DROP TYPE mood', /a version later/],
    ["ALTER TYPE mood RENAME VALUE 'GOOD' TO 'WELL'", /a version later/],
  ])('%s', (sql, why) => {
    expect(faultsOf(sql)).toEqual([expect.stringMatching(why)]);
  });

  it('or of which nobody knows whether it does', () => {
    expect(faultsOf('DROP TABLE nothing', null)).toEqual([expect.stringMatching(/nothing is known/)]);
    expect(faultsOf('CREATE UNIQUE INDEX CONCURRENTLY i ON posts (id)', null)).toEqual([]);
    const own = 'CREATE TABLE a (id int); CREATE UNIQUE INDEX i ON a (id); DROP INDEX i';
    expect(faultsOf(own, null)).toEqual([]);
    expect(faultsOf('DROP INDEX some', null)).toEqual([expect.stringMatching(/ON CONFLICT/)]);
  });
});

it('unique are indexes and constraints that a script makes so', () => {
  const sql = `CREATE UNIQUE INDEX "one" ON t (a); CREATE INDEX plain ON t (a); CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS two ON t (a);
    CREATE TABLE t (a int, CONSTRAINT "t_pkey" PRIMARY KEY (a), CONSTRAINT f FOREIGN KEY (a) REFERENCES s (a));
    ALTER TABLE t ADD CONSTRAINT three UNIQUE (a)`;
  expect(uniquesMadeBy(sql)).toEqual(['one', 'two', 't_pkey', 'three']);
});

describe('a migration passes', () => {
  it.each([
    'CREATE TABLE "likes" ("id" UUID PRIMARY KEY DEFAULT gen_random_uuid()); CREATE INDEX "i" ON "likes" ("id"); ALTER TABLE "likes" ADD CONSTRAINT c FOREIGN KEY (id) REFERENCES posts (id)',
    'CREATE INDEX CONCURRENTLY "i" ON "posts" ("author_id")',
    'ALTER TABLE posts ADD COLUMN n text',
    "ALTER TABLE posts ADD COLUMN n text NOT NULL DEFAULT 'none', ADD COLUMN m int DEFAULT 0",
    'ALTER TABLE posts ADD COLUMN n timestamptz NOT NULL DEFAULT CURRENT_TIMESTAMP',
    'ALTER TABLE posts ADD CONSTRAINT c CHECK (id > 0) NOT VALID',
    'ALTER TABLE posts VALIDATE CONSTRAINT c',
    'ALTER TABLE posts ADD CONSTRAINT c UNIQUE USING INDEX i',
    'ALTER TABLE posts DROP CONSTRAINT c',
    "ALTER TYPE mood ADD VALUE 'BAD'",
    "INSERT INTO task (kind) VALUES ('fill')",
    'DROP INDEX "i"',
    'CREATE UNIQUE INDEX CONCURRENTLY i ON posts (id)',
    'CREATE TABLE likes (id int); CREATE UNIQUE INDEX i ON likes (id); DROP INDEX i; ALTER TABLE likes ALTER id DROP DEFAULT',
    'CREATE TABLE a (id int); CREATE TABLE b (id int); TRUNCATE a, b; DROP TABLE a, b',
    'WITH one AS (SELECT id FROM posts FOR UPDATE) INSERT INTO task SELECT id FROM one ON CONFLICT (id) DO UPDATE SET id = 1',
    '-- rollout: it makes a role where there is none\nDO $$ BEGIN END $$',
  ])('%s', (sql) => {
    expect(faultsOf(sql)).toEqual([]);
  });

  it('that drops what the running version ignores', () => {
    expect(faultsOf('ALTER TABLE posts DROP COLUMN old; DROP TABLE comments')).toEqual([]);
  });

  it('with a reason above a statement, for this one alone', () => {
    const sql = '-- rollout: it has ten rows at most\nUPDATE posts SET mood = 1;\nUPDATE posts SET mood = 2;';
    expect(faultsOf(sql)).toEqual([expect.stringContaining('mood = 2')]);
    expect(faultsOf('-- rollout:\nUPDATE posts SET mood = 1')).toHaveLength(1);
  });

  it('whatever its texts and bodies say', () => {
    const body =
      "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ UPDATE posts SET id = 1; $$; SELECT 'a;UPDATE posts'";
    expect(faultsOf(body)).toEqual([]);
    expect(splitStatements(`${body}; -- DROP TABLE posts;\n/* ; */ SELECT 2`)).toHaveLength(3);
  });
});
