#!/usr/bin/env bash
# Fails if `go generate ./...` changes, adds or removes a file. Compares the
# tree before and after, so it works in a tree with uncommitted work as well.
set -euo pipefail
cd "$(dirname "$0")/.."

before=$(mktemp)
after=$(mktemp)
trap 'rm -f "$before" "$after"' EXIT

state() {
  find . \( -path ./.git -o -path ./.cache -o -path ./data -o -path ./bin -o -name node_modules \) -prune \
    -o -type f -print0 | LC_ALL=C sort -z | xargs -0 cksum
}

state >"$before"
go generate ./...
state >"$after"
if ! diff "$before" "$after"; then
  echo 'generated files were out of date; they are fresh now: look at them and commit them (make generate)' >&2
  exit 1
fi
