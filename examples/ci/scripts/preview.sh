#!/usr/bin/env bash
# preview.sh STACK: shows what `pulumi up` would change, and writes it to preview-STACK.md for a comment.
# preview-STACK.html shows the agents as a phone does, before and after; the folder preview-STACK has pictures of those
# that change, where there is a Chromium; PICTURES=no leaves them out, as each takes a second or two.
# It needs no api-key, as it makes no call to Kaleyra. It ends as `pulumi preview` does; the .md is there in any case.
set -uo pipefail
# shellcheck source=report.sh
source "$(dirname "${BASH_SOURCE[0]}")/report.sh"
stack=${1:?which stack?}
name=preview-${stack//\//-}

# No part of the check: where the page cannot be made, the log says why.
look() {
    local command=.venv/bin/kaleyra-rcs browser pictures=()
    [ -x $command ] || command=kaleyra-rcs
    for browser in chromium chromium-browser google-chrome; do
        [ "${PICTURES:-}" = no ] || ! command -v $browser >/dev/null || pictures=(--png "$name")
    done
    $command look --preview --stack "$stack" --to "$name.html" "${pictures[@]}"
}

told pulumi preview --stack "$stack" --diff
code=$?
title="Preview of $stack"
[ $code -eq 0 ] || title="Preview of $stack failed"
report "$title" "$name.md"
[ $code -ne 0 ] || look
exit $code
