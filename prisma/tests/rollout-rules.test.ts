import { describe, expect, it } from 'vitest';
import { type RunningVersion, rolloutFaults } from '../rollout-rules.ts';
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
    ['DROP TYPE mood', /a version later/],
    ["ALTER TYPE mood RENAME VALUE 'GOOD' TO 'WELL'", /a version later/],
  ])('%s', (sql, why) => {
    expect(faultsOf(sql)).toEqual([expect.stringMatching(why)]);
  });

  it('or of which nobody knows whether it does', () => {
    expect(faultsOf('DROP TABLE nothing', null)).toEqual([expect.stringMatching(/nothing is known/)]);
  });
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
