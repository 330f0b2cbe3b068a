#!/usr/bin/env bash
# Holds openapi/openapi.yaml to openapi/.spectral.yaml (Spectral, OWASP rules),
# with the packages that tools/spectral names. Any error fails; warnings are
# not shown: SPECTRAL_ALL=1 shows them.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v npm >/dev/null || { echo 'contract-check: Spectral needs Node.js with npm (https://nodejs.org, or apt install nodejs npm)' >&2; exit 1; }
packages=tools/spectral/node_modules
if [ ! -e "$packages/.package-lock.json" ] || [ tools/spectral/package-lock.json -nt "$packages/.package-lock.json" ]; then
  echo 'contract-check: fetching packages (npm ci)' >&2
  (cd tools/spectral && npm ci --no-progress --ignore-scripts >&2)
  touch "$packages/.package-lock.json"
fi
only=--display-only-failures
[ -z "${SPECTRAL_ALL:-}" ] || only=
"$packages/.bin/spectral" lint openapi/openapi.yaml --ruleset openapi/.spectral.yaml --fail-severity error $only
