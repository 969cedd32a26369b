-- CreateTable
CREATE TABLE "post_search" (
    "post_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "words" tsvector NOT NULL,

    CONSTRAINT "post_search_pkey" PRIMARY KEY ("post_id")
);

-- Read by readMatching.
CREATE INDEX "post_search_created_at_post_id_idx" ON "post_search"("created_at" DESC, "post_id" DESC);

-- Read by matching_posts. Without a list of what is still to be put into it, which every search would read.
CREATE INDEX "post_search_words_idx" ON "post_search" USING GIN ("words") WITH (fastupdate = off);

-- AddForeignKey
ALTER TABLE "post_search" ADD CONSTRAINT "post_search_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "posts"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Called by listMatches. The services' connections plan without bitmaps, which an index of words is read by: here they are allowed. When it
-- was written is asked in a way that no other index answers.
CREATE FUNCTION matching_posts(query tsquery, since timestamptz, before_time timestamptz, before_id uuid, most int)
RETURNS TABLE (created_at timestamptz, post_id uuid)
LANGUAGE sql STABLE ROWS 100 SET enable_bitmapscan = on
AS $$
  SELECT s.created_at, s.post_id FROM post_search s
  WHERE s.words @@ query
    AND ((s.created_at, s.post_id) < (before_time, before_id)) IS TRUE AND (s.created_at >= since) IS TRUE
  LIMIT most
$$;

-- The posts that are there already have their words read by the service, in steps (tasks/index-posts.ts).
INSERT INTO "task" ("id", "kind", "subject") SELECT gen_random_uuid(), 'index_posts', 'all' WHERE EXISTS (SELECT FROM "posts");
