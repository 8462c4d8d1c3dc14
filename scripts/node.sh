#!/usr/bin/env bash
# Sees that there is a Node.js new enough to build the app.
set -euo pipefail
new_enough() { command -v node >/dev/null && command -v npm >/dev/null && node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; }
new_enough || "$(dirname "$0")/apt.sh" nodejs npm
new_enough || { echo "Stormlykta behöver Node.js 20.19 eller senare för att bygga appen. / Stormlykta needs Node.js 20.19 or later to build the app." >&2; exit 1; }
