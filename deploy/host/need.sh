#!/bin/sh
# Make sure that commands exist: need.sh COMMAND=DEBIAN_PACKAGE...
# As root, Debian's package is installed; otherwise the one command to run is said. Speaks on standard error only.
set -eu

missing=""
for pair in "$@"; do
    command="${pair%%=*}"
    ls $command >/dev/null 2>&1 || command -v "$command" >/dev/null 2>&1 || missing="$missing ${pair##*=}"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing$missing ..." >&2
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -qq >&2
    # shellcheck disable=SC2086
    apt-get install -qq -y --no-install-recommends $missing >&2
else
    echo "This needs$missing. Please run:  sudo apt-get install -y$missing" >&2
    exit 1
fi
