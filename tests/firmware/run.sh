#!/usr/bin/env bash
# run.sh [--opt 3|s] [--net NAME] [--profile] [BOARD…]: builds each net for each board at each opt-level, runs it on the
# virtual board, prints a JSON line each, then a table, and fails if any bar of bars.txt is crossed. Boards: m0 m4 m55 rv32;
# without any, all of them. `--profile` says where stack and instructions are spent. README.md says more.
set -euo pipefail
# shellcheck source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

boards=() opts=() nets=() profile=0
while [ $# -gt 0 ]; do
    case "$1" in
        --opt) opts+=("${2:?an opt-level}"); shift ;;
        --net) nets+=("${2:?a net}"); shift ;;
        --profile) profile=1 ;;
        -*) sed -n '2,4s/^# //p' "$0"; exit 2 ;;
        *) board "$1"; boards+=("$1") ;;
    esac
    shift
done
[ "${#boards[@]}" -gt 0 ] || boards=("${BOARDS[@]}")
[ "${#opts[@]}" -gt 0 ] || opts=(3 s)
[ "${#nets[@]}" -gt 0 ] || nets=(mlp mnist cnn norm apart)

numbers "${nets[@]}"
rows=$WORK/rows.jsonl
: >"$rows"
for board in "${boards[@]}"; do
    for opt in "${opts[@]}"; do
        keras_rows "$board" "$opt" "" "${nets[@]}" >"$WORK/new.jsonl"
        tee -a "$rows" <"$WORK/new.jsonl"
        [ $profile = 1 ] || continue
        for net in "${nets[@]}"; do
            elf=$WORK/$board/$opt/$net
            [ ! -e "$elf.log" ] || report profile "$elf" "$elf.log"
        done
    done
done

echo
report judge "$FIRMWARE/bars.txt" "$rows" --boards "${boards[@]}" --nets "${nets[@]}" --opts "${opts[@]}"
