#!/usr/bin/env bash
# Sees that there is a real Chromium for the browser tests, and a font with all the glyphs.
set -euo pipefail
[ -x /usr/bin/chromium ] || "$(dirname "$0")/apt.sh" chromium fonts-noto-core
