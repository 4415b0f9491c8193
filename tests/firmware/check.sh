#!/usr/bin/env bash
# check.sh [BOARD…]: the tools measured. The report judges made-up rows as it should; and on each board a known loop is
# counted exactly, two runs agree in every figure, the stack is found to the byte, a panic is seen in an image, and with
# `forbid-panic` such a firmware does not link.
set -euo pipefail
# shellcheck source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

python3 "$FIRMWARE/report/tests.py"

expect() { # WHAT FOUND EXPECTED
    [ "$2" = "$3" ] || { echo "$board: $1 is $2, not $3" >&2; exit 1; }
}

for board in "${@:-${BOARDS[@]}}"; do
    out=$WORK/$board/3
    build "$board" 3 "$FIRMWARE/selftest" known panics

    simulate "$board" "$out/known"
    mv "$out/known.log" "$out/known.before"
    simulate "$board" "$out/known"
    cmp "$out/known.log" "$out/known.before"
    report counts "$out/known" "$out/known.log" >"$out/known.counts"
    read -r more seen bound caveats < <(python3 -c '
import json, sys
short, long, deep = map(json.loads, open(sys.argv[1]))
print(long["insns"] - short["insns"], deep["stack"], deep["stack_bound"], len(deep["stack_caveats"]))
' "$out/known.counts")
    expect "the cost of 1,000 turns more" "$more" 2000
    expect "the bound of the stack" "$bound" "$seen"
    if [ "$seen" -lt 512 ] || [ "$seen" -ge 600 ]; then
        expect "the stack of two frames of 256 bytes" "$seen" "a little more"
    fi
    expect "the number of caveats" "$caveats" 0
    expect "what is forbidden in a firmware that cannot panic" "$(report forbidden "$out/known")" ""

    [ ! -e "$out/known.panics" ] || expect "a firmware that cannot panic" "refused" "linked"
    [ -e "$out/panics.panics" ] || expect "a firmware that can panic" "linked" "refused"
    found=$(report forbidden "$out/panics")
    expect "what is found in a firmware that can panic" "${found%%:*}" panic
    echo "$board: ok"
done
