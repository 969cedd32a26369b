-- AlterEnum
ALTER TYPE "mail_kind" ADD VALUE 'DATA_EXPORT_READY';

-- CreateIndex
CREATE INDEX "audit_entry_subject_id_id_idx" ON "audit_entry"("subject_id", "id");
