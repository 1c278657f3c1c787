# shellcheck shell=bash
# To be sourced: runs a command of Pulumi, and writes what it said as Markdown.

limit=60000 # characters of a report: a comment at GitHub holds 65536
said=$(mktemp)
trap 'rm -f "$said"' EXIT

# told COMMAND...: runs it, ends as it ends, and keeps what it says.
# A tester's id holds its phone number, and Pulumi shows ids even where the number is a secret.
told() {
    "$@" --non-interactive --color never --suppress-progress 2>&1 |
        sed -uE 's|(\[id=[0-9]+/)[0-9]*([0-9]{2}\])|\1***\2|' | tee "$said"
    return "${PIPESTATUS[0]}"
}

# What the last "Resources:" counts, on one line.
counts() {
    awk '/^Resources:/ { found = ""; on = 1; next }
         /^$/ { on = 0 }
         on { sub(/^ +/, ""); found = found (found ? ", " : "") $0 }
         END { print found ? found : "No resource was counted." }' "$said"
}

# report TITLE FILE: the counts, and what was said folded below them.
report() {
    local text fence='```'
    # The marks first, so that a diff gets its colours.
    text=$(sed -E 's/^( +)(\+-|[+-] )/\2\1/; s/^( +)~/!\1/' "$said")
    # A value may hold such a fence, which would end this one.
    while [[ $text == *"$fence"* ]]; do fence+='`'; done
    if [ ${#text} -gt $limit ]; then
        text="${text:0:limit}"$'\n... cut here: all of it is in the log of the job'
    fi
    {
        printf '### %s\n\n%s\n\n' "$1" "$(counts)"
        printf '<details><summary>What Pulumi says</summary>\n\n'
        printf '%sdiff\n%s\n%s\n\n</details>\n' "$fence" "$text" "$fence"
    } >"$2"
}
