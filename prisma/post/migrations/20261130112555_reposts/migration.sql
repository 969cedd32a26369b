-- AlterTable
ALTER TABLE "posts" ADD COLUMN     "quote_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "repost_count" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "repost_of_id" UUID;

-- Quotes from before they were counted.
UPDATE "posts" SET "quote_count" = quotes.count
FROM (SELECT "quote_of_id" AS id, count(*) AS count FROM "posts" WHERE "quote_of_id" IS NOT NULL GROUP BY "quote_of_id") AS quotes
WHERE "posts"."id" = quotes.id;

-- Once per person. Read by insertRepost, deleteRepost, listReposted and eraseReposts.
CREATE UNIQUE INDEX "posts_author_id_repost_of_id_key" ON "posts"("author_id", "repost_of_id") WHERE "repost_of_id" IS NOT NULL;

-- Read by standsInHome, at the end of a post, by its cascade, and by eraseRepostsOfPosts.
CREATE INDEX "posts_repost_of_id_created_at_id_idx" ON "posts"("repost_of_id", "created_at" DESC, "id" DESC) INCLUDE ("author_id") WHERE "repost_of_id" IS NOT NULL;

-- Read by listHomeTimeline, which looks for each one's latest post: whoever reposts much is not read through.
CREATE INDEX "posts_author_id_created_at_id_own_idx" ON "posts"("author_id", "created_at" DESC, "id" DESC) WHERE "repost_of_id" IS NULL;

-- Read by listPublicTimeline, in which no repost stands: however many come one after the other, none is passed by.
DROP INDEX "posts_visibility_created_at_id_idx";
CREATE INDEX "posts_visibility_created_at_id_idx" ON "posts"("visibility", "created_at" DESC, "id" DESC) WHERE "repost_of_id" IS NULL;

-- AddForeignKey
ALTER TABLE "posts" ADD CONSTRAINT "posts_repost_of_id_fkey" FOREIGN KEY ("repost_of_id") REFERENCES "posts"("id") ON DELETE CASCADE ON UPDATE CASCADE;
