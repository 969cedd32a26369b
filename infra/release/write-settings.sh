#!/usr/bin/env bash
# write-settings.sh FOLDER: writes what the repository's settings say of an environment into its folder, as whoever applies by hand has it there:
# terraform.tfvars out of TFVARS, and env/<process>.env out of ENV_FILES ({"gateway": "A=1\nB=2\n"}; none without it).
set -euo pipefail
umask 077
printf '%s\n' "$TFVARS" > "$1/terraform.tfvars"
[ -n "${ENV_FILES:-}" ] || exit 0
mkdir -p "$1/env"
for name in $(jq -r 'keys[]' <<< "$ENV_FILES"); do
  jq -j --arg name "$name" '.[$name]' <<< "$ENV_FILES" > "$1/env/$name.env"
done
