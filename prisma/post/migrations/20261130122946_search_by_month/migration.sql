-- The words of a post say its month from now on: they are read anew, in steps (tasks/index-posts.ts).
TRUNCATE "post_search";
DELETE FROM "task" WHERE "kind" = 'index_posts';
INSERT INTO "task" ("id", "kind", "subject") SELECT gen_random_uuid(), 'index_posts', 'all' WHERE EXISTS (SELECT FROM "posts");
