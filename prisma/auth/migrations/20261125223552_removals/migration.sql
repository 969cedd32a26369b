-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "audit_action" ADD VALUE 'POST_REMOVED';
ALTER TYPE "audit_action" ADD VALUE 'POST_RESTORED';
ALTER TYPE "audit_action" ADD VALUE 'COMMENT_REMOVED';
ALTER TYPE "audit_action" ADD VALUE 'COMMENT_RESTORED';

-- AlterTable
ALTER TABLE "audit_entry" ADD COLUMN     "comment_id" UUID,
ADD COLUMN     "post_id" UUID;
