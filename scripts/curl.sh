#!/usr/bin/env bash
# Makes sure that curl is here, with which the tests ask the examples of
# README.md and docs/api.md: by apt as root on Debian, else says so.
set -euo pipefail

command -v curl >/dev/null && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo 'curl: installing it (apt-get)' >&2
  apt-get update -qq >&2
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends curl >&2
  exit 0
fi
echo 'curl: the tests ask the examples with it; please install it' >&2
exit 1
