-- CreateEnum
CREATE TYPE "role" AS ENUM ('MEMBER', 'MODERATOR', 'ADMIN');

-- AlterTable
ALTER TABLE "people" ADD COLUMN     "is_active" BOOLEAN NOT NULL DEFAULT true,
ADD COLUMN     "role" "role" NOT NULL DEFAULT 'MEMBER',
ADD COLUMN     "standing_sequence" BIGINT NOT NULL DEFAULT 0;
