-- DropIndex
DROP INDEX "notification_actors_actor_id_idx";

-- DropIndex
DROP INDEX "notification_actors_notification_id_acted_at_actor_id_idx";

-- DropIndex
DROP INDEX "notifications_recipient_id_change_seq_idx";

-- DropIndex
DROP INDEX "notifications_recipient_id_read_at_updated_at_id_idx";

-- DropIndex
DROP INDEX "notifications_recipient_id_updated_at_id_idx";

-- Whose the notification is, and who is hidden: what was looked up at every read is kept.
ALTER TABLE "notification_actors" ADD COLUMN     "is_hidden" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "recipient_id" UUID;

UPDATE "notification_actors" a SET "recipient_id" = n."recipient_id", "is_hidden" = EXISTS (
  SELECT 1 FROM "standings" s WHERE s."user_id" = a."actor_id" AND NOT s."is_active")
FROM "notifications" n WHERE n."id" = a."notification_id";

ALTER TABLE "notification_actors" ALTER COLUMN "recipient_id" SET NOT NULL;

ALTER TABLE "notifications" ADD COLUMN     "hidden_count" INTEGER NOT NULL DEFAULT 0;

UPDATE "notifications" n SET "hidden_count" = hidden."count"
FROM (SELECT "notification_id", count(*) AS "count" FROM "notification_actors" WHERE "is_hidden" GROUP BY 1) hidden
WHERE n."id" = hidden."notification_id";

ALTER TABLE "notifications" ADD COLUMN     "is_shown" BOOLEAN NOT NULL
GENERATED ALWAYS AS ((actor_count = 0) OR (hidden_count < actor_count)) STORED;

-- The unread ones that are not shown are not counted any more.
UPDATE "recipients" r SET "unread_count" = r."unread_count" - hidden."count"
FROM (SELECT "recipient_id", count(*) AS "count" FROM "notifications" WHERE "read_at" IS NULL AND NOT "is_shown" GROUP BY 1) hidden
WHERE r."user_id" = hidden."recipient_id";

-- CreateIndex
CREATE INDEX "blocks_blocked_id_idx" ON "blocks"("blocked_id");

-- CreateIndex
CREATE INDEX "notification_actors_notification_id_is_hidden_acted_at_acto_idx" ON "notification_actors"("notification_id", "is_hidden", "acted_at" DESC, "actor_id");

-- CreateIndex
CREATE INDEX "notification_actors_actor_id_is_hidden_recipient_id_idx" ON "notification_actors"("actor_id", "is_hidden", "recipient_id");

-- CreateIndex
CREATE INDEX "notifications_recipient_id_is_shown_updated_at_id_idx" ON "notifications"("recipient_id", "is_shown", "updated_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "notifications_recipient_id_is_shown_read_at_updated_at_id_idx" ON "notifications"("recipient_id", "is_shown", "read_at", "updated_at" DESC, "id" DESC);

-- CreateIndex
CREATE INDEX "notifications_recipient_id_is_shown_change_seq_idx" ON "notifications"("recipient_id", "is_shown", "change_seq");
