#!/usr/bin/env bash
# await-task.sh FILE: waits for the task of which `aws ecs run-task` wrote FILE; fails unless its container ended with 0.
set -euo pipefail
task=$(jq -er '.tasks[0].taskArn' "$1")
cluster=$(jq -er '.tasks[0].clusterArn' "$1")
# A wait ends after ten minutes; a migration that builds an index on a big table may take longer.
for _ in $(seq 6); do aws ecs wait tasks-stopped --cluster "$cluster" --tasks "$task" && break; done
stopped=$(aws ecs describe-tasks --cluster "$cluster" --tasks "$task" --query 'tasks[0].[containers[0].exitCode,stoppedReason]' --output text)
echo "$stopped"
[ "${stopped%%[[:space:]]*}" = 0 ]
