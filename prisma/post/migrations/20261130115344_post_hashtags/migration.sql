-- CreateTable
CREATE TABLE "post_hashtags" (
    "post_id" UUID NOT NULL,
    "tag" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "post_hashtags_pkey" PRIMARY KEY ("post_id","tag")
);

INSERT INTO "post_hashtags" ("post_id", "tag", "created_at")
SELECT DISTINCT "id", unnest("hashtags"), "created_at" FROM "posts" WHERE "hashtags" <> '{}';

-- Read by readTagged.
CREATE INDEX "post_hashtags_tag_created_at_post_id_idx" ON "post_hashtags"("tag", "created_at" DESC, "post_id" DESC);

-- AddForeignKey
ALTER TABLE "post_hashtags" ADD CONSTRAINT "post_hashtags_post_id_fkey" FOREIGN KEY ("post_id") REFERENCES "posts"("id") ON DELETE CASCADE ON UPDATE CASCADE;
