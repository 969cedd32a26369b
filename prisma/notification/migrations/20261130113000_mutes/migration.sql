-- CreateTable
CREATE TABLE "mutes" (
    "muter_id" UUID NOT NULL,
    "muted_id" UUID NOT NULL,
    "active" BOOLEAN NOT NULL,
    "until" TIMESTAMPTZ(3),
    "sequence" BIGINT NOT NULL,

    CONSTRAINT "mutes_pkey" PRIMARY KEY ("muter_id","muted_id")
);

-- Its reader: eraseMutes of platform/src/replicas/mutes.ts, which takes a person's in the order of the index.
CREATE INDEX "mutes_muted_id_muter_id_idx" ON "mutes"("muted_id", "muter_id");

-- How many somebody has is told here: what a sample of a young table says is not true for long. Below 0 is a share of the rows.
ALTER TABLE "mutes" ALTER COLUMN "muter_id" SET (n_distinct = -0.1);
