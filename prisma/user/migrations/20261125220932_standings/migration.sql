-- AlterTable
ALTER TABLE "profile" ADD COLUMN     "is_active" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "standing_sequence" BIGINT NOT NULL DEFAULT 0;
