#!/usr/bin/env bash
# Shows how a release ended and fails unless users are on what the commit asked for: an execution of the release
# machine succeeds with Superseded too. Settings: EXECUTION (its ARN), PAIR. Exit codes are those of `tandem watch`.
set -euo pipefail

say() { printf '%s\n' "$*" >&2; }

# A text of the execution's output, by its name; quotes inside of it have a backslash before them.
text_of() { printf '%s' "$output" | sed -n "s/.*\"$1\" *: *\"\\($2\\)\".*/\\1/p" | sed 's/\\"/"/g'; }

main() {
  local output end cause
  output=$(aws stepfunctions describe-execution --execution-arn "$EXECUTION" --query output --output text)
  end=$(text_of end '[A-Za-z]*')
  cause=$(text_of cause '.*')
  say "Release ${EXECUTION##*:}"
  case $end in
    Promoted | Unchanged) say "$end: $cause" ;;
    Superseded)
      say "$end: $cause"
      say "Users are not on this commit; npx tandem list $PAIR shows the newer release."
      exit 6
      ;;
    *)
      say "The execution says no end that is known here, but: $output"
      exit 1
      ;;
  esac
}

main
