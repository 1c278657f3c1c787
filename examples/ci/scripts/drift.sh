#!/usr/bin/env bash
# drift.sh STACK: looks whether Kaleyra still has what the stack declares, and changes nothing, its state included.
# Exit codes: 0 it has, 2 it differs, 1 that could not be found out. What was said is in drift-STACK.md.
set -uo pipefail
# shellcheck source=report.sh
source "$(dirname "${BASH_SOURCE[0]}")/report.sh"
stack=${1:?which stack?}

told pulumi preview --stack "$stack" --refresh --expect-no-changes --diff
case $? in
0) title="No drift in $stack" code=0 ;;
7) title="Drift in $stack" code=2 ;; # how Pulumi says that there are changes
*) title="Drift in $stack could not be looked for" code=1 ;;
esac
report "$title" "drift-${stack//\//-}.md"
exit $code
