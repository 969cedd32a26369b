#!/usr/bin/env bash
# await-services.sh CLUSTER: right after an apply, waits until every service of it has replaced its tasks; fails when one was taken back.
set -euo pipefail
cluster=$1
ask() { aws ecs describe-services --cluster "$cluster" --services "$1" --query "services[0].$2" --output text; }

services=$(aws ecs list-services --cluster "$cluster" --query 'serviceArns' --output text)
declare -A wanted
for service in $services; do wanted[$service]=$(ask "$service" taskDefinition); done
for service in $services; do
  for _ in $(seq 90); do
    # shellcheck disable=SC2016
    state=$(ask "$service" 'deployments[?status==`PRIMARY`].rolloutState | [0]')
    [ "$state" = IN_PROGRESS ] || break
    sleep 10
  done
  # The circuit breaker puts the definition of before back, and completes that.
  now=$(ask "$service" taskDefinition)
  echo "${service##*/}: $state, ${now##*/}"
  [ "$state" = COMPLETED ]
  [ "$now" = "${wanted[$service]}" ]
done
