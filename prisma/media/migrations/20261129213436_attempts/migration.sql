-- DropIndex
DROP INDEX "media_status_claimed_until_idx";

-- AlterTable
ALTER TABLE "media" DROP COLUMN "claim_id",
DROP COLUMN "claimed_until",
DROP COLUMN "claims",
ADD COLUMN     "attempts" INTEGER NOT NULL DEFAULT 0;

-- What was being examined is examined by a task.
INSERT INTO "task" ("id", "kind", "subject", "owner")
SELECT gen_random_uuid(), 'examine_media', "id"::text, "owner_id"::text FROM "media" WHERE "status" = 'PROCESSING'
ON CONFLICT DO NOTHING;
