#!/bin/sh
# Make the secret files that compose.yaml mounts, in deploy/secrets/. What exists is never overwritten.
set -eu
umask 077
cd "$(dirname "$0")"
mkdir -p secrets
cd secrets

keep() { [ -e "$1" ] || cat > "$1"; }
random() { head -c "$1" /dev/urandom | base64 | tr -d '\n'; }
word() { random 24 | tr '+/' '-_'; }

word | keep database_password
word | keep broker_password
random 48 | keep secret_key
random 32 | keep kek
: | keep email_password # yours to write, where the mail server asks for one
printf 'postgres://attune:%s@database:5432/attune' "$(cat database_password)" | keep database_url
printf 'redis://:%s@broker:6379/0' "$(cat broker_password)" | keep redis_url
printf 'requirepass %s\nsave ""\nappendonly no\nmaxmemory 512mb\nmaxmemory-policy noeviction\n' \
    "$(cat broker_password)" | keep broker.conf

# The containers' users must read the files that are mounted; on this machine the folder lets nobody else in.
chmod 644 -- *
chmod 700 .
echo "Secrets are in $(pwd). Keep a copy of 'kek' apart from the backups of the database." >&2
