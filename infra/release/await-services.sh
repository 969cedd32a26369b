#!/usr/bin/env bash
# await-services.sh CLUSTER: waits until every service of it has replaced its tasks; fails when a deployment was taken back.
set -euo pipefail
cluster=$1
services=$(aws ecs list-services --cluster "$cluster" --query 'serviceArns' --output text)
for service in $services; do
  for _ in $(seq 90); do
    state=$(aws ecs describe-services --cluster "$cluster" --services "$service" --query 'services[0].deployments[?status==`PRIMARY`].rolloutState | [0]' --output text)
    [ "$state" = IN_PROGRESS ] || break
    sleep 10
  done
  # What the circuit breaker has taken back is COMPLETED too, with an older definition: a failed deployment stands beside it.
  failed=$(aws ecs describe-services --cluster "$cluster" --services "$service" --query 'length(services[0].deployments[?rolloutState==`FAILED`])' --output text)
  echo "${service##*/}: $state"
  [ "$state" = COMPLETED ] && [ "$failed" = 0 ]
done
