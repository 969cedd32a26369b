-- DropIndex
DROP INDEX "account_role_idx";

-- Its reader: listStaffUsernames of store/accounts/accounts.ts, in the order of the index.
CREATE INDEX "account_role_id_idx" ON "account"("role", "id");

-- The reader of both: eraseMails of store/erase.ts.
CREATE INDEX "mail_account_id_idx" ON "mail"("account_id");

CREATE INDEX "mail_recipient_idx" ON "mail"("recipient");
