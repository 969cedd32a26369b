-- The reposts of a post that is gone are deleted in steps (domain/reposts/delete-reposts.ts): by a cascade, all at once, those of a post
-- that very many reposted would outlast any transaction. Nobody sees them meanwhile.
ALTER TABLE "posts" DROP CONSTRAINT "posts_repost_of_id_fkey";
