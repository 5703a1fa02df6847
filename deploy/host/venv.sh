#!/bin/sh
# Create a virtual environment: venv.sh PYTHON FOLDER. Debian keeps a part of `venv` in a package of its own.
set -eu

"$1" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || {
    echo "Python 3.11 is needed, $1 is $("$1" --version). Try: make PYTHON=/path/to/python3.11 ..." >&2
    exit 1
}
if ! "$1" -c 'import ensurepip' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Installing python3.11-venv ..." >&2
        apt-get update -qq >&2
        DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends python3.11-venv >&2
    else
        echo "Python cannot make environments here yet. Please run:  sudo apt-get install -y python3.11-venv" >&2
        exit 1
    fi
fi
echo "Creating $2 ..." >&2
"$1" -m venv "$2"
