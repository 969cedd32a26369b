#!/bin/bash
# On the server, in the project's folder, at the version that is wanted (git pull): backs up, builds, and starts what has changed; `prepare`
# migrates the databases before any service starts. A version that does not come up healthy ends this with its fault.
set -euo pipefail
cd "$(dirname "$0")/../.."
compose=${COMPOSE:-docker compose}

$compose build
$compose exec -T backup bash /server/back-up.sh now
# It reads at its start who may publish what, which may be more in this version; events wait meanwhile.
$compose stop rabbitmq
$compose up --detach --wait --wait-timeout 600 --remove-orphans
