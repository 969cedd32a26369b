-- CreateTable
CREATE TABLE "reposts" (
    "post_id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "active" BOOLEAN NOT NULL,
    "sequence" BIGINT NOT NULL,

    CONSTRAINT "reposts_pkey" PRIMARY KEY ("post_id","user_id")
);

-- Read by eraseReposts.
CREATE INDEX "reposts_user_id_idx" ON "reposts"("user_id");
