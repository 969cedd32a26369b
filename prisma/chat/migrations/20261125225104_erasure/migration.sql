-- CreateIndex
CREATE INDEX "ready_media_owner_id_idx" ON "ready_media"("owner_id");
