-- CreateTable
CREATE TABLE "comment_states" (
    "comment_id" UUID NOT NULL,
    "post_id" UUID NOT NULL,
    "deleted" BOOLEAN NOT NULL DEFAULT false,
    "mentions_sequence" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "comment_states_pkey" PRIMARY KEY ("comment_id")
);

-- CreateTable
CREATE TABLE "comment_reactions" (
    "comment_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "emoji" TEXT NOT NULL,
    "post_id" UUID NOT NULL,
    "active" BOOLEAN NOT NULL,
    "sequence" BIGINT NOT NULL,

    CONSTRAINT "comment_reactions_pkey" PRIMARY KEY ("comment_id","user_id","emoji")
);

-- Read by deleteCommentStates, at the end of a post.
CREATE INDEX "comment_states_post_id_idx" ON "comment_states"("post_id");

-- Read by eraseCommentReactions.
CREATE INDEX "comment_reactions_user_id_idx" ON "comment_reactions"("user_id");

-- Read by deleteReactionsUnderPost.
CREATE INDEX "comment_reactions_post_id_idx" ON "comment_reactions"("post_id");
