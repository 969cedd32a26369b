-- DropIndex
DROP INDEX "blocks_blocked_id_idx";

-- Its reader: eraseBlocks of store/erase.ts, which takes a person's in the order of the index.
CREATE INDEX "blocks_blocked_id_blocker_id_idx" ON "blocks"("blocked_id", "blocker_id");

-- How many rows somebody has is told here: a sample of a young table says "one", and then any index will do that begins with
-- the person, instead of the one that finds the row. Counts below 0 are shares of the table's rows.
ALTER TABLE "notifications" ALTER COLUMN "recipient_id" SET (n_distinct = -0.01);
ALTER TABLE "notification_actors" ALTER COLUMN "notification_id" SET (n_distinct = -0.05),
ALTER COLUMN "actor_id" SET (n_distinct = -0.001);
ALTER TABLE "blocks" ALTER COLUMN "blocker_id" SET (n_distinct = -0.1);
