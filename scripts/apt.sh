#!/usr/bin/env bash
# Installs Debian packages where they are missing, as root or through sudo. Usage: scripts/apt.sh PACKAGE…
set -euo pipefail
as_root=()
[ "$(id -u)" = 0 ] || as_root=(sudo)
if ! command -v apt-get >/dev/null || { [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; }; then
  echo "Installera själv: $* / Install yourself: $*" >&2
  exit 1
fi
echo "apt-get install $* …"
"${as_root[@]}" apt-get update -qq
DEBIAN_FRONTEND=noninteractive "${as_root[@]}" apt-get install -y -qq --no-install-recommends "$@" >/dev/null
