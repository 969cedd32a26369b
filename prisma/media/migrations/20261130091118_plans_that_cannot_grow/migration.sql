-- DropIndex
DROP INDEX "data_export_expires_at_idx";

-- Its readers: listDataExportsForExport of store/export.ts, listExportsToErase and eraseExports of store/erase.ts.
CREATE INDEX "data_export_user_id_id_idx" ON "data_export"("user_id", "id");

-- Its reader: listExpiredExports of store/data-exports.ts, which passes by those that are over: in time that is all but a few.
CREATE INDEX "data_export_status_expires_at_idx" ON "data_export"("status", "expires_at");
