#!/bin/sh
# Runs konseki's regression cases in CI: annotations (or text) on standard output, JUnit XML beside it.
#   KONSEKI        the command (default: konseki)
#   KONSEKI_CASES  case files and folders, one a line
#   KONSEKI_RULES  Sigma rules for all cases, one path a line (optional)
#   KONSEKI_AMEND  amendments to counts of SigmaHQ's info.yml files (optional)
#   KONSEKI_JUNIT  the JUnit file (default: konseki-junit.xml)
# Exit codes are those of konseki check: 0 all promises hold, 1 some do not, 2 a case is wrong.
set -u
format=text
[ "${GITHUB_ACTIONS:-}" = true ] && format=github

set --
newline='
'
old=$IFS
IFS=$newline
set -f
for rules in ${KONSEKI_RULES:-}; do set -- "$@" --rules "$rules"; done
[ -n "${KONSEKI_AMEND:-}" ] && set -- "$@" --amend "$KONSEKI_AMEND"
set -- "$@" --
for path in ${KONSEKI_CASES:?name case files or folders}; do set -- "$@" "$path"; done
IFS=$old

${KONSEKI:-konseki} check --format junit --output "${KONSEKI_JUNIT:-konseki-junit.xml}" --clobber "$@"
junit=$?
[ "$junit" -gt 1 ] && exit "$junit"
${KONSEKI:-konseki} check --format "$format" "$@"
