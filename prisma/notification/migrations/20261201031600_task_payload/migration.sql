-- AlterTable
ALTER TABLE "task" ADD COLUMN     "payload" JSONB;
