#!/usr/bin/env bash
# same.sh [BOARD…]: what has no bars but must be the host's, bit for bit, on each virtual board: the states of 10,000 steps of an
# LSTM (`stream`), and the functions of `f32` (`math`). Boards: m0 m4 m55 rv32; without any, all of them.
set -euo pipefail
# shellcheck source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

PROGRAMS=(stream math)

mkdir -p "$WORK/nets"
for program in "${PROGRAMS[@]}"; do
    host "$program" >"$WORK/nets/$program.expected"
done
grep -q '^10000 ' "$WORK/nets/stream.expected"
grep -q '^exp ' "$WORK/nets/math.expected"
for board in "${@:-${BOARDS[@]}}"; do
    build "$board" 3 "$FIRMWARE/nets" "${PROGRAMS[@]}"
    for program in "${PROGRAMS[@]}"; do
        elf=$WORK/$board/3/$program
        [ ! -e "$elf.panics" ] || { echo "$board: a panic can be reached in $program" >&2; exit 1; }
        simulate "$board" "$elf"
        diff "$elf.said" "$WORK/nets/$program.expected"
        echo "$board: $program has the bits of the host"
    done
done
