-- AlterTable
ALTER TABLE "conversation_members" ADD COLUMN     "joined_at_seq" INTEGER NOT NULL DEFAULT 0;
