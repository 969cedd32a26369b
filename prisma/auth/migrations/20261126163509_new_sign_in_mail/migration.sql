-- AlterEnum
ALTER TYPE "mail_kind" ADD VALUE 'NEW_SIGN_IN';

-- AlterTable
ALTER TABLE "mail" ADD COLUMN     "session_id" UUID;
