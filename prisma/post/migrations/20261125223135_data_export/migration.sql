-- CreateIndex
CREATE INDEX "comments_author_id_id_idx" ON "comments"("author_id", "id");

-- CreateIndex
CREATE INDEX "post_reactions_user_id_post_id_emoji_idx" ON "post_reactions"("user_id", "post_id", "emoji");
