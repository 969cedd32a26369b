-- CreateIndex
CREATE INDEX "account_role_idx" ON "account"("role");
