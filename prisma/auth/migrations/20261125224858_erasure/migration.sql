-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "mail_kind" ADD VALUE 'ACCOUNT_DEACTIVATED';
ALTER TYPE "mail_kind" ADD VALUE 'DELETION_REQUESTED';
ALTER TYPE "mail_kind" ADD VALUE 'ACCOUNT_REACTIVATED';

-- AlterTable
ALTER TABLE "account" ADD COLUMN     "deactivated_at" TIMESTAMPTZ(3),
ADD COLUMN     "delete_after" TIMESTAMPTZ(3),
ADD COLUMN     "deleted_at" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "retired_username" (
    "hash" BYTEA NOT NULL,
    "retired_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "retired_username_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "account_erasure" (
    "user_id" UUID NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_erasure_pkey" PRIMARY KEY ("user_id")
);

-- CreateTable
CREATE TABLE "erasure_part" (
    "user_id" UUID NOT NULL,
    "service" TEXT NOT NULL,
    "counts" JSONB NOT NULL,
    "erased_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "erasure_part_pkey" PRIMARY KEY ("user_id","service")
);

-- CreateIndex
CREATE INDEX "account_erasure_started_at_user_id_idx" ON "account_erasure"("started_at", "user_id");

-- AddForeignKey
ALTER TABLE "erasure_part" ADD CONSTRAINT "erasure_part_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "account_erasure"("user_id") ON DELETE RESTRICT ON UPDATE CASCADE;
