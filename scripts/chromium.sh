#!/usr/bin/env bash
# Makes sure that Chromium is here for the browser tests, with characters for
# Chinese. As root with apt it is installed; otherwise this says what to do.
set -euo pipefail

say() { printf 'chromium: %s\n' "$*" >&2; }

here() {
  for name in "${CHROMIUM:-}" chromium chromium-browser google-chrome-stable google-chrome; do
    [ -n "$name" ] && command -v "$name" && return
  done
  return 1
}

if ! here >/dev/null && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  say 'installing the packages chromium and fonts-noto-cjk (apt-get)'
  export DEBIAN_FRONTEND=noninteractive
  apt-get -qq update </dev/null >&2 || say 'apt-get update failed; trying with the lists at hand'
  apt-get -qq -y --no-install-recommends install chromium fonts-noto-cjk </dev/null >&2 || say 'apt-get could not install them'
fi
if ! here >&2; then
  say 'no browser for the tests of the pages. Run: sudo apt-get install -y chromium fonts-noto-cjk'
  say '(or name one: CHROMIUM=/path/to/chromium make browser)'
  exit 1
fi
