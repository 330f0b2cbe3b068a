#!/usr/bin/env bash
# Runs make targets one after the other, says which and how long each took,
# and goes on after a failure, so that one run tells all that is wrong.
set -uo pipefail
cd "$(dirname "$0")/.." || exit

failed=()
summary=()
for step in "$@"; do
  printf '\n== make %s\n' "$step"
  began=$SECONDS
  if "${MAKE:-make}" "$step"; then result=ok; else result=FAILED; failed+=("$step"); fi
  summary+=("$(printf '%-16s %-6s %4d s' "$step" "$result" $((SECONDS - began)))")
done

printf '\n== summary, %d s in all\n' "$SECONDS"
printf '%s\n' "${summary[@]}"
if [ "${#failed[@]}" -gt 0 ]; then
  printf 'failed: %s\n' "${failed[*]}"
  exit 1
fi
