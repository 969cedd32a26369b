-- AlterTable
ALTER TABLE "media" ADD COLUMN     "is_withheld" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "withheld_sequence" BIGINT NOT NULL DEFAULT 0;
