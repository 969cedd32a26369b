#!/bin/bash
# On the server, in the project's folder: `infra/server/restore.sh [2026-03-01T12:00:00Z]` brings the database back as it was at that
# moment, or as late as the backups go, and files that are missing. What happened since is undone; what the broker still holds is of that time, and goes.
set -euo pipefail
cd "$(dirname "$0")/../.."
compose=${COMPOSE:-docker compose}
[[ -z ${1:-} || $1 =~ ^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$ ]] || { echo 'restore.sh [2026-03-01T12:00:00Z]' >&2; exit 2; }

$compose stop
[ -z "$($compose ps --status running --quiet postgres)" ] || { echo 'The database does not stop.' >&2; exit 1; }
$compose run --rm --no-deps -T -e STOPPED=yes restore "$@"
$compose rm --force --stop rabbitmq
$compose run --rm --no-deps -T --entrypoint find rabbitmq /var/lib/rabbitmq -mindepth 1 -delete
$compose up --detach --wait postgres s3
$compose run --rm --no-deps -T backup-media node infra/docker/media-backup.ts restore "$@"
$compose up --detach --wait
# From here on the log leads on from this copy alone.
$compose exec -T backup bash /server/back-up.sh now
