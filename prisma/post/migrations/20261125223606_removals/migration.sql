-- AlterTable
ALTER TABLE "comments" ADD COLUMN     "removed_at" TIMESTAMPTZ(3),
ADD COLUMN     "removed_reason" TEXT;

-- AlterTable
ALTER TABLE "posts" ADD COLUMN     "removed_at" TIMESTAMPTZ(3),
ADD COLUMN     "removed_reason" TEXT;
