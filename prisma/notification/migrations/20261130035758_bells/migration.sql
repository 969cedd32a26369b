-- DropIndex
DROP INDEX "follows_followee_id_active_follower_id_idx";

-- Who follows is notified of posts by their bell alone from now on: nobody has rung yet.
ALTER TABLE "follows" ALTER COLUMN "sequence" SET DEFAULT 0,
ADD COLUMN     "bell" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "bell_sequence" BIGINT NOT NULL DEFAULT 0,
ADD COLUMN     "rings" BOOLEAN NOT NULL
GENERATED ALWAYS AS (active AND bell AND (bell_sequence > sequence)) STORED;

-- Its reader: ringersOf of store/follows.ts, at every post; and the erasure of a person's follows, by its first column.
CREATE INDEX "follows_followee_id_rings_follower_id_idx" ON "follows"("followee_id", "rings", "follower_id");
