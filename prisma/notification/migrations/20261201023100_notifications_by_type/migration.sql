-- Its reader: listNotifications of store/notifications.ts, with types: the latest of each in the order of the index.
CREATE INDEX CONCURRENTLY "notifications_recipient_id_is_shown_type_updated_at_id_idx" ON "notifications"("recipient_id", "is_shown", "type", "updated_at" DESC, "id" DESC);
