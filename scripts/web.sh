#!/usr/bin/env bash
# Builds the staff's pages (app/web) into app/web/dist, from where the next
# `go build` takes them, when something has changed since the last time.
#
#   scripts/web.sh            packages and pages; fails without Node.js
#   scripts/web.sh --if-node  without Node.js says so and goes on: the binary
#                             then says that its pages are not built
#   scripts/web.sh --packages only the packages
set -euo pipefail
cd "$(dirname "$0")/../app/web"

say() { printf 'web: %s\n' "$*" >&2; }

node_ok() {
  command -v npm >/dev/null && node -e '
    const [a, b] = process.versions.node.split(".").map(Number)
    process.exit(a > 20 || a === 20 && b >= 19 ? 0 : 1)' 2>/dev/null
}

if ! node_ok; then
  if [ "${1:-}" = --if-node ]; then
    say 'no Node.js 20.19 or newer here: the binary comes without pages for the browser'
    exit 0
  fi
  say 'the pages need Node.js 20.19 or newer with npm (https://nodejs.org, or apt install nodejs npm)'
  exit 1
fi

if [ ! -e node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
  say 'fetching packages (npm ci)'
  npm ci --no-progress >&2
  touch node_modules/.package-lock.json
fi
[ "${1:-}" = --packages ] && exit 0

# The stamp is written last, so that a build which was cut off is done again.
stamp=node_modules/.baimi-built
if [ -e dist/index.html ] && [ -e "$stamp" ] && [ -z "$(find src public index.html vite.config.ts package-lock.json ../../openapi/openapi.yaml \
  -newer "$stamp" -not -name schema.gen.ts -print -quit)" ]; then
  say 'pages are up to date'
  exit 0
fi
rm -f "$stamp"
say 'building the pages'
npm run --silent build >&2
touch "$stamp"
