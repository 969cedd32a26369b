#!/bin/bash
# `back-up.sh now` copies the whole database into /backups/base and drops what is older than seven such copies. With the log that keep-wal.sh keeps, any moment since the oldest copy can be brought back.
set -euo pipefail
# Nobody else on the server reads what people wrote.
umask 077
kept=7

# What the database writes meanwhile is made good from its log. A status of 1 says just that: a file changed or went while it was read.
copy() {
  local status=0
  tar -c -C "$PGDATA" --warning=none --exclude='./pg_wal/*' --exclude='./postmaster.*' --exclude='./pg_replslot/*' \
    --exclude='./pg_stat_tmp/*' --exclude='./pg_notify/*' --exclude='./pg_dynshmem/*' --exclude='./pgsql_tmp*' . > "$1.tar" || status=$?
  [ "$status" -le 1 ]
  mkdir "$1.tree"
  tar -x -C "$1.tree" -f "$1.tar"
  rm "$1.tar"
  # Where it broke off on the way, as on a full disk, there is no folder of this name.
  mv "$1.tree" "$1"
}

back_up() {
  local part name oldest first file
  PGPASSWORD=$(< /run/secrets/password)
  export PGPASSWORD
  exec 9> /backups/base/.lock
  flock --nonblock 9 || { echo 'Another backup is under way.' >&2; exit 1; }
  part=/backups/base/$(date -u +%Y%m%dT%H%M%SZ).part
  rm -rf /backups/base/*.part*
  psql --no-psqlrc --quiet --no-align --tuples-only --set=ON_ERROR_STOP=1 << SQL
SELECT pg_backup_start('socialhub', true) \g /dev/null
\! bash /server/back-up.sh copy $part
SELECT labelfile FROM pg_backup_stop(true) \g $part/backup_label
SQL
  [ -s "$part/backup_label" ]
  [ -s "$part/global/pg_control" ]
  # The time of its end: it can't be brought to a moment before that.
  name=$(date -u +%Y%m%dT%H%M%SZ)
  mv "$part" "/backups/base/$name"

  ls -d /backups/base/*Z | sort | head -n "-$kept" | xargs -r rm -rf
  # What a restore has undone.
  find /backups/base -maxdepth 1 -name '*.undone' -mtime "+$kept" -exec rm -rf {} +
  oldest=$(ls -d /backups/base/*Z | sort | head -n 1)
  first=$(sed -n 's/^START WAL LOCATION: .*(file \(.*\))$/\1/p' "$oldest/backup_label")
  # The first eight digits are of the timeline.
  for file in /backups/wal/*; do
    file=$(basename "$file")
    [[ ! $file =~ ^[0-9A-F]{24} || ! ${file:8:16} < ${first:8:16} ]] || rm "/backups/wal/$file"
  done
  echo "backed up: $name, $(du -sh "/backups/base/$name" | cut -f1)"
}

case ${1:-} in
  now) back_up ;;
  copy) copy "$2" ;;
  *)
    echo 'back-up.sh now' >&2
    exit 2
    ;;
esac
