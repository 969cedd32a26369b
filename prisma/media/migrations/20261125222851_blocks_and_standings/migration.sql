-- CreateTable
CREATE TABLE "standings" (
    "user_id" UUID NOT NULL,
    "is_active" BOOLEAN NOT NULL,
    "sequence" BIGINT NOT NULL,

    CONSTRAINT "standings_pkey" PRIMARY KEY ("user_id")
);
