#!/usr/bin/env bash
# preview.sh STACK: shows what `pulumi up` would change, and writes it to preview-STACK.md for a comment.
# It needs no api-key, as it makes no call to Kaleyra. It ends as `pulumi preview` does; the file is there in any case.
set -uo pipefail
# shellcheck source=report.sh
source "$(dirname "${BASH_SOURCE[0]}")/report.sh"
stack=${1:?which stack?}

told pulumi preview --stack "$stack" --diff
code=$?
title="Preview of $stack"
[ $code -eq 0 ] || title="Preview of $stack failed"
report "$title" "preview-${stack//\//-}.md"
exit $code
