-- CreateTable
CREATE TABLE "comment_edits" (
    "id" UUID NOT NULL,
    "comment_id" UUID NOT NULL,
    "text" TEXT NOT NULL,
    "edited_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "comment_edits_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "comment_reactions" (
    "comment_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "emoji" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "comment_reactions_pkey" PRIMARY KEY ("comment_id","user_id","emoji")
);

-- CreateTable
CREATE TABLE "comment_reaction_counts" (
    "comment_id" UUID NOT NULL,
    "emoji" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "first_used_at" TIMESTAMPTZ(3) NOT NULL DEFAULT clock_timestamp(),

    CONSTRAINT "comment_reaction_counts_pkey" PRIMARY KEY ("comment_id","emoji")
);

-- Read by listCommentEditPages, and at the end of a comment.
CREATE INDEX "comment_edits_comment_id_edited_at_id_idx" ON "comment_edits"("comment_id", "edited_at", "id");

-- Read by listCommentReactionsForExport and eraseCommentReactions.
CREATE INDEX "comment_reactions_user_id_comment_id_emoji_idx" ON "comment_reactions"("user_id", "comment_id", "emoji");

-- AddForeignKey
ALTER TABLE "comment_edits" ADD CONSTRAINT "comment_edits_comment_id_fkey" FOREIGN KEY ("comment_id") REFERENCES "comments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment_reactions" ADD CONSTRAINT "comment_reactions_comment_id_fkey" FOREIGN KEY ("comment_id") REFERENCES "comments"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "comment_reaction_counts" ADD CONSTRAINT "comment_reaction_counts_comment_id_fkey" FOREIGN KEY ("comment_id") REFERENCES "comments"("id") ON DELETE CASCADE ON UPDATE CASCADE;
