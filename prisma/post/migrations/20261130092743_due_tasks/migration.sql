-- Its readers: takeTask and listWaiting of platform/src/durable-tasks/task-line.ts, which ask whether anything is due.
CREATE INDEX "task_kind_due_at_idx" ON "task"("kind", "due_at");
