-- AlterTable
ALTER TABLE "follow" ADD COLUMN     "bell" BOOLEAN NOT NULL DEFAULT false;
