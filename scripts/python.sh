#!/usr/bin/env bash
# Makes .venv if there is none and installs the pinned requirements into it. Usage: scripts/python.sh requirements.txt
set -euo pipefail
cd "$(dirname "$0")/.."

python=
for candidate in python3.11 python3.12 python3.13 python3; do
  if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$candidate; break; fi
done
if [ -z "$python" ]; then
  echo "Stormlykta behöver Python 3.11 eller senare. / Stormlykta needs Python 3.11 or later." >&2
  exit 1
fi
if [ ! -x .venv/bin/pip ]; then
  rm -rf .venv
  if ! "$python" -m venv .venv 2>/dev/null; then
    scripts/apt.sh python3-venv
    "$python" -m venv .venv
  fi
fi
echo "Python: $1 …"
.venv/bin/pip install --quiet --disable-pip-version-check --require-hashes -r "$1"
.venv/bin/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
