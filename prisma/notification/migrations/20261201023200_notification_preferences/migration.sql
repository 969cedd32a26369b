-- CreateEnum
CREATE TYPE "notifications_from" AS ENUM ('EVERYONE', 'FOLLOWING', 'NOBODY');

-- CreateTable
CREATE TABLE "notification_preferences" (
    "user_id" UUID NOT NULL,
    "type" "notification_type" NOT NULL,
    "from_whom" "notifications_from" NOT NULL,

    CONSTRAINT "notification_preferences_pkey" PRIMARY KEY ("user_id","type")
);
