-- For names that are typed with mistakes. It is trusted: whoever may create in the database may create it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- AlterTable
ALTER TABLE "profile" ADD COLUMN     "search_name" TEXT NOT NULL DEFAULT '';
ALTER TABLE "profile" ADD COLUMN     "search_text" TEXT NOT NULL
  GENERATED ALWAYS AS (username || ' ' || search_name) STORED;

-- Their reader: listMatches of store/search/profile-search.ts, for what begins as it was typed.
CREATE INDEX "profile_is_active_username_idx" ON "profile"("is_active", "username" text_pattern_ops);
CREATE INDEX "profile_is_active_search_name_idx" ON "profile"("is_active", "search_name" text_pattern_ops);

-- Its reader: profiles_alike. Without a list of what is yet to be put in, which every search would read through.
CREATE INDEX "profile_search_text_idx" ON "profile" USING GIN ("search_text" gin_trgm_ops) WITH (fastupdate = off);

-- Of those people who are active and of whom neither blocks the viewer nor is blocked by them, at most so many that have a
-- part of their names like what was typed. A function, since what it says of planning holds for it alone: that index and no
-- other way, however many PostgreSQL expects to find. What has no letters that it knows has no trigrams, and would be
-- looked for in all of the index.
CREATE FUNCTION profiles_alike(typed text, viewer uuid, most integer)
RETURNS TABLE (id uuid, username text, search_name text, search_text text)
LANGUAGE plpgsql STABLE ROWS 100
SET enable_seqscan = off SET enable_indexscan = off SET enable_indexonlyscan = off
SET pg_trgm.word_similarity_threshold = 0.45
AS $$
BEGIN
  IF show_trgm(typed) = '{}' THEN
    RETURN;
  END IF;
  RETURN QUERY
    SELECT p.id, p.username, p.search_name, p.search_text
    FROM (SELECT * FROM profile WHERE typed <% profile.search_text OFFSET 0) AS p
    WHERE p.is_active
      AND NOT EXISTS (SELECT 1 FROM block b WHERE b.blocker_id = p.id AND b.blocked_id = viewer OFFSET 0)
      AND NOT EXISTS (SELECT 1 FROM block b WHERE b.blocker_id = viewer AND b.blocked_id = p.id OFFSET 0)
    LIMIT most;
END
$$;

-- Names from before are folded by the service (tasks/fold-names.ts).
INSERT INTO "task" ("id", "kind", "subject")
SELECT gen_random_uuid(), 'fold_names', 'profiles' WHERE EXISTS (SELECT 1 FROM "profile");
