-- Other services learn of standings by event from now on: of those that are no member's in good standing, here.
INSERT INTO "outbox" ("kind", "name", "aggregate", "event_id", "payload")
SELECT 'event', 'account_standing_changed', "id"::text, gen_random_uuid(), jsonb_build_object(
  'userId', "id", 'role', "role",
  'standing', CASE WHEN "suspended_at" IS NULL THEN 'ACTIVE' ELSE 'SUSPENDED' END,
  'at', to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
FROM "account" WHERE "suspended_at" IS NOT NULL OR "role" <> 'MEMBER';
