-- CreateEnum
CREATE TYPE "export_status" AS ENUM ('GATHERING', 'PACKING', 'READY', 'EXPIRED');

-- CreateTable
CREATE TABLE "data_export" (
    "id" UUID NOT NULL,
    "user_id" UUID NOT NULL,
    "status" "export_status" NOT NULL DEFAULT 'GATHERING',
    "version" INTEGER NOT NULL DEFAULT 1,
    "requested_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "ready_at" TIMESTAMPTZ(3),
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "byte_size" BIGINT,

    CONSTRAINT "data_export_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "export_part" (
    "export_id" UUID NOT NULL,
    "service" TEXT NOT NULL,
    "index" INTEGER NOT NULL,
    "file" TEXT NOT NULL,
    "rows" INTEGER NOT NULL,
    "lines" TEXT NOT NULL,
    "last" BOOLEAN NOT NULL,

    CONSTRAINT "export_part_pkey" PRIMARY KEY ("export_id","service","index")
);

-- CreateIndex
CREATE INDEX "data_export_user_id_requested_at_idx" ON "data_export"("user_id", "requested_at" DESC);

-- CreateIndex
CREATE INDEX "data_export_expires_at_idx" ON "data_export"("expires_at");

-- AddForeignKey
ALTER TABLE "export_part" ADD CONSTRAINT "export_part_export_id_fkey" FOREIGN KEY ("export_id") REFERENCES "data_export"("id") ON DELETE CASCADE ON UPDATE CASCADE;
