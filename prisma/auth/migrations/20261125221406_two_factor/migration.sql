-- AlterEnum
-- This migration adds more than one value to an enum.
-- With PostgreSQL versions 11 and earlier, this is not possible
-- in a single migration. This can be worked around by creating
-- multiple migrations, each migration adding only one value to
-- the enum.


ALTER TYPE "mail_kind" ADD VALUE 'TWO_FACTOR_ENABLED';
ALTER TYPE "mail_kind" ADD VALUE 'TWO_FACTOR_DISABLED';
ALTER TYPE "mail_kind" ADD VALUE 'RECOVERY_CODES_RENEWED';
ALTER TYPE "mail_kind" ADD VALUE 'RECOVERY_CODE_USED';

-- CreateTable
CREATE TABLE "two_factor" (
    "account_id" UUID NOT NULL,
    "sealed_secret" BYTEA NOT NULL,
    "begun_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmed_at" TIMESTAMPTZ(3),
    "last_step" INTEGER NOT NULL DEFAULT 0,
    "recovery_salt" BYTEA,

    CONSTRAINT "two_factor_pkey" PRIMARY KEY ("account_id")
);

-- CreateTable
CREATE TABLE "recovery_code" (
    "account_id" UUID NOT NULL,
    "hash" BYTEA NOT NULL,

    CONSTRAINT "recovery_code_pkey" PRIMARY KEY ("account_id","hash")
);

-- AddForeignKey
ALTER TABLE "two_factor" ADD CONSTRAINT "two_factor_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "account"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "recovery_code" ADD CONSTRAINT "recovery_code_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "two_factor"("account_id") ON DELETE CASCADE ON UPDATE CASCADE;
