-- AlterTable
ALTER TABLE "account" ADD COLUMN     "password_version" INTEGER NOT NULL DEFAULT 0;
