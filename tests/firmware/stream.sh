#!/usr/bin/env bash
# stream.sh [BOARD…]: 10,000 steps of an LSTM on each virtual board, whose states must be those of the host, bit for bit. Boards:
# m0 m4 m55 rv32; without any, all of them.
set -euo pipefail
# shellcheck source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

mkdir -p "$WORK/nets"
host stream >"$WORK/nets/stream.expected"
grep -q '^10000 ' "$WORK/nets/stream.expected"
for board in "${@:-${BOARDS[@]}}"; do
    elf=$WORK/$board/3/stream
    build "$board" 3 "$FIRMWARE/nets" stream
    [ ! -e "$elf.panics" ] || { echo "$board: a panic can be reached" >&2; exit 1; }
    simulate "$board" "$elf"
    diff "$elf.said" "$WORK/nets/stream.expected"
    echo "$board: 10,000 steps, the bits of the host"
done
