-- DropIndex
DROP INDEX "task_due_at_idx";

-- AlterTable
ALTER TABLE "task" ADD COLUMN     "owner" TEXT,
ADD COLUMN     "turn_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateIndex
CREATE INDEX "task_kind_turn_at_idx" ON "task"("kind", "turn_at");

-- CreateIndex
CREATE INDEX "task_kind_owner_turn_at_idx" ON "task"("kind", "owner", "turn_at");

-- What waits keeps its place.
UPDATE "task" SET "turn_at" = "due_at";
