-- AlterTable
ALTER TABLE "post_edits" ADD COLUMN     "mentioned_ids" UUID[] DEFAULT ARRAY[]::UUID[];
