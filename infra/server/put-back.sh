#!/bin/bash
# In a container that has the database's volume, while the database is stopped: puts the newest copy there that is from before the moment given
# (2026-03-01T12:00:00Z; the newest of all without one), so that PostgreSQL, when it starts, goes on from it by the kept log up to that moment,
# and by what is left of the log in what was there, which stays beside it until the next time.
set -euo pipefail
moment=${1:-}
# What restore.sh has seen stopped may have left its file behind when it was killed.
[ "${STOPPED:-}" = yes ] || [ ! -e "$PGDATA/postmaster.pid" ] || { echo 'The database runs, or was not stopped: stop it first.' >&2; exit 1; }
latest=$(date -u ${moment:+-d "$moment"} +%Y%m%dT%H%M%SZ)

base=
for copy in /backups/base/*Z; do
  [ ! -e "$copy/backup_label" ] || [[ $(basename "$copy") > $latest ]] || base=$copy
done
[ -n "$base" ] || { echo 'There is no backup from before that moment.' >&2; exit 1; }

mkdir -p "$(dirname "$PGDATA")"
rm -rf "$PGDATA.new"
cp -a "$base" "$PGDATA.new"
chmod 700 "$PGDATA.new"
mkdir -p "$PGDATA.new/pg_wal/archive_status"
touch "$PGDATA.new/recovery.signal"
sed -i '/^\(restore_command\|recovery_target\)/d' "$PGDATA.new/postgresql.auto.conf"
{
  echo "restore_command = 'cp /backups/wal/%f %p || cp $PGDATA.before/pg_wal/%f %p'"
  echo "recovery_target_action = 'promote'"
  [ -z "$moment" ] || echo "recovery_target_time = '$(date -u -d "$moment" '+%Y-%m-%d %H:%M:%S+00')'"
} >> "$PGDATA.new/postgresql.auto.conf"
# What a restore that was cut off has left is nothing to keep.
if [ -e "$PGDATA/recovery.signal" ]; then
  rm -rf "$PGDATA"
elif [ -e "$PGDATA" ]; then
  rm -rf "$PGDATA.before"
  mv "$PGDATA" "$PGDATA.before"
fi
mv "$PGDATA.new" "$PGDATA"
# What was copied later is of a time that is undone: the log does not lead on from there.
for copy in /backups/base/*Z; do
  [[ ! $copy > $base ]] || mv "$copy" "$copy.undone"
done
echo "put back: $(basename "$base")${moment:+, to go on until $moment}"
