-- AlterTable
ALTER TABLE "event_heads" ADD COLUMN     "pruned_conversation_id" UUID,
ADD COLUMN     "pruned_seq" BIGINT NOT NULL DEFAULT 0;
