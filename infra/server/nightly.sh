#!/bin/bash
# Runs the command given at 03:00 UTC each day; one that fails is run again the day after.
while :; do
  sleep $((86400 - ($(date +%s) - 3 * 3600) % 86400)) &
  wait $!
  "$@" || echo "failed, the next time is tomorrow: $*" >&2
done
