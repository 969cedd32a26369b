-- AlterTable
ALTER TABLE "posts" ADD COLUMN     "written_by" BIGINT NOT NULL DEFAULT ((pg_current_xact_id())::text)::bigint;
