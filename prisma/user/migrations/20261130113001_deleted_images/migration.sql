-- AlterTable
ALTER TABLE "ready_image" ADD COLUMN     "is_deleted" BOOLEAN NOT NULL DEFAULT false;
