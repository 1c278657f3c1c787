#!/usr/bin/env bash
# drift.sh STACK: looks whether Kaleyra still has what the stack declares, and changes nothing, its state included.
# Exit codes: 0 it has, 2 it differs, 1 that could not be found out. What was said is in drift-STACK.md. Where it differs,
# drift-STACK.json says the same for programs: which resource, which fields, and both values.
set -uo pipefail
here=$(dirname "${BASH_SOURCE[0]}")
# shellcheck source=report.sh
source "$here/report.sh"
stack=${1:?which stack?}
found="drift-${stack//\//-}.json"
rm -f "$found"

told pulumi preview --stack "$stack" --refresh --expect-no-changes --diff
case $? in
0) title="No drift in $stack" code=0 ;;
7) title="Drift in $stack" code=2 ;; # how Pulumi says that there are changes
*) title="Drift in $stack could not be looked for" code=1 ;;
esac
report "$title" "drift-${stack//\//-}.md"
if [ $code -eq 2 ]; then
    # Asked once more, as one preview is either for people or for programs.
    pulumi preview --stack "$stack" --refresh --json --non-interactive |
        python3 "$here/differences.py" >"$found" || rm -f "$found"
fi
exit $code
