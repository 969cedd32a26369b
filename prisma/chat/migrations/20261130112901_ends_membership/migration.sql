-- AlterTable
ALTER TABLE "member_events" ADD COLUMN     "ends_membership" BOOLEAN NOT NULL DEFAULT false;
