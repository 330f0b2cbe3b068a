#!/usr/bin/env bash
# Makes the random passwords that docker-compose.yml reads, in ./secrets.
# Files that are there already are kept: the database knows their passwords.
set -euo pipefail
cd "$(dirname "$0")/.."

# The folder is closed to other users of this machine. The files are readable,
# because compose hands each one to a container as it is, where the service
# runs as a user of its own.
mkdir -p secrets
chmod 700 secrets
umask 022

random() { LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom | head -c 40 || true; }

# write NAME TEXT, without a newline at the end, unless NAME is there
write() {
  if [ -s "secrets/$1.txt" ]; then
    echo "kept    secrets/$1.txt"
  else
    printf '%s' "$2" >"secrets/$1.txt"
    echo "written secrets/$1.txt"
  fi
}

write owner_password "$(random)"
write database_owner_url "postgres://baimi_owner:$(cat secrets/owner_password.txt)@db:5432/baimi?sslmode=disable"
write database_url "postgres://baimi_app:$(random)@db:5432/baimi?sslmode=disable"
