#!/usr/bin/env bash
# up.sh STACK: brings a stack up to date, and makes sure that nothing is left to change.
# It ends as Pulumi does; what was said is in up-STACK.md. After a failure, run it again: it does what is missing.
set -uo pipefail
# shellcheck source=report.sh
source "$(dirname "${BASH_SOURCE[0]}")/report.sh"
stack=${1:?which stack?}

told pulumi up --stack "$stack" --yes --diff
code=$?
title="Update of $stack"
[ $code -eq 0 ] || title="Update of $stack failed"
report "$title" "up-${stack//\//-}.md"
[ $code -eq 0 ] || exit $code
told pulumi preview --stack "$stack" --expect-no-changes
