-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "mail_kind" ADD VALUE 'CHANGE_EMAIL_FROM';
ALTER TYPE "mail_kind" ADD VALUE 'CHANGE_EMAIL_TO';
ALTER TYPE "mail_kind" ADD VALUE 'EMAIL_CHANGED';

-- AlterTable
ALTER TABLE "mail" ADD COLUMN     "account_id" UUID;

-- AlterTable
ALTER TABLE "mail_token" ADD COLUMN     "change_id" UUID;

-- CreateTable
CREATE TABLE "email_change" (
    "id" UUID NOT NULL,
    "account_id" UUID NOT NULL,
    "new_email" TEXT NOT NULL,
    "session_id" UUID NOT NULL,
    "end_other_sessions" BOOLEAN NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "old_confirmed_at" TIMESTAMPTZ(3),
    "new_confirmed_at" TIMESTAMPTZ(3),

    CONSTRAINT "email_change_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "email_change_account_id_key" ON "email_change"("account_id");

-- CreateIndex
CREATE INDEX "email_change_expires_at_idx" ON "email_change"("expires_at");

-- CreateIndex
CREATE INDEX "mail_token_change_id_idx" ON "mail_token"("change_id");

-- AddForeignKey
ALTER TABLE "mail_token" ADD CONSTRAINT "mail_token_change_id_fkey" FOREIGN KEY ("change_id") REFERENCES "email_change"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "email_change" ADD CONSTRAINT "email_change_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;
