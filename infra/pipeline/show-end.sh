#!/usr/bin/env bash
# Shows how a release ended and fails unless users are on what the commit asked for: an execution of the release
# machine succeeds with Superseded too. Settings: EXECUTION (its ARN), PAIR. Exit codes are those of `tandem watch`.
set -euo pipefail

say() { printf '%s\n' "$*" >&2; }

main() {
  local output end
  output=$(aws stepfunctions describe-execution --execution-arn "$EXECUTION" --query output --output text)
  end=$(printf '%s' "$output" | sed -n 's/.*"end" *: *"\([A-Za-z]*\)".*/\1/p')
  say "Release ${EXECUTION##*:}"
  case $end in
    Promoted) say 'Promoted: every target serves the new revision to everybody.' ;;
    Unchanged) say 'Unchanged: every target served the wanted revision already.' ;;
    Superseded)
      say "Superseded: a newer release of $PAIR took the place before this one had its turn. Users are not on this commit."
      exit 6
      ;;
    *)
      say "The execution says no end that is known here, but: $output"
      exit 1
      ;;
  esac
}

main
