#!/usr/bin/env bash
# The main job on an embedded database: publishes the starter library, prints a joining code for each of two demo leaders, serves,
# and prints the one-time link of the first administrator.
set -euo pipefail
cd "$(dirname "$0")/.."
stormlykta=.venv/bin/stormlykta
export STORMLYKTA_URL="${STORMLYKTA_URL:-http://localhost:$PORT}" STORMLYKTA_LOG="${STORMLYKTA_LOG:-warning}"

"$stormlykta" publish checklists --by "Startbiblioteket"
for name in Anna Bo; do
  echo
  "$stormlykta" invite "$name"
done
english=; case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in en*|EN*) english=1;; esac
if [ -n "$english" ]; then cat <<TEXT

Try this:
  1. Open $STORMLYKTA_URL in a browser and join as Anna. Open a private window and join as Bo.
  2. In Anna's: start an incident from "Långvarigt elavbrott och storm" (type "strömlöst" in Krispärm).
  3. Turn the network off in the browser's developer tools, tick steps in both, turn it on again.
  4. Change a line in checklists/cards/c-elavbrott-storm.sv.md and publish it while both look:
     STORMLYKTA_DATA=$STORMLYKTA_DATA $stormlykta publish checklists
  5. Administration: open the one-time link at the end of this, and make yourself a passkey or a password.
     It is shown until there is an administrator; from then on sign in at $STORMLYKTA_URL/#/admin

TEXT
else cat <<TEXT

Prova:
  1. Öppna $STORMLYKTA_URL i en webbläsare och gå med som Anna. Öppna ett privat fönster och gå med som Bo.
  2. Hos Anna: starta en händelse från "Långvarigt elavbrott och storm" (skriv "strömlöst" i Krispärm).
  3. Stäng av nätet i webbläsarens utvecklarverktyg, bocka av hos båda, slå på nätet igen.
  4. Ändra en rad i checklists/cards/c-elavbrott-storm.sv.md och fastställ den medan båda tittar:
     STORMLYKTA_DATA=$STORMLYKTA_DATA $stormlykta publish checklists
  5. Administrationen: öppna engångslänken sist i den här texten och gör dig en nyckel eller ett lösenord.
     Den visas tills det finns en administratör; därefter loggar du in på $STORMLYKTA_URL/#/admin

TEXT
fi
exec "$stormlykta" serve --port "$PORT"
