-- DropIndex
DROP INDEX "media_owner_id_created_at_idx";

-- CreateIndex
CREATE INDEX "media_owner_id_status_byte_size_idx" ON "media"("owner_id", "status", "byte_size");

-- CreateIndex
CREATE INDEX "media_owner_id_id_idx" ON "media"("owner_id", "id");
