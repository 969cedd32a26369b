-- AlterTable
ALTER TABLE "ready_media" ADD COLUMN     "is_deleted" BOOLEAN NOT NULL DEFAULT false;
