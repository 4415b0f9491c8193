#!/usr/bin/env bash
# compare.sh [m0|m4|m55|native …]: the nets beside the same nets in plain C, by gcc and clang; without arguments on m4, m55
# and natively. A JSON line each, then a table. On boards it measures as `run.sh` does, natively it takes the instructions
# that callgrind counts. Judges nothing. Needs what `setup.sh compare` installs.
set -euo pipefail
# shellcheck source=lib.sh
source "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

NETS=(mlp mnist cnn)
places=("$@")
[ $# -gt 0 ] || places=(m4 m55 native)
out=$WORK/c
mkdir -p "$out"
numbers "${NETS[@]}"
host header "$out/numbers.h"

# Which layout of loops, and whether a product and a sum may become one instruction with one rounding.
flags_of() { # VARIANT
    case "$1" in
        plain) echo "-DPLAIN -ffp-contract=off" ;;
        blocked) echo "-ffp-contract=off" ;;
        wide) echo "-DWIDE -ffp-contract=off" ;;
        blocked+fma) echo "-ffp-contract=fast" ;;
        wide+fma) echo "-DWIDE -ffp-contract=fast" ;;
    esac
}

# c_firmware BOARD COMPILER OPT NET VARIANT: prints where it is.
c_firmware() {
    local board=$1 compiler=$2 opt=$3 net=$4 variant=$5 triple cpu qemu
    local elf=$out/$board-$compiler-$opt-$net-$variant
    local -a arch flags
    board "$board"
    case "$board" in
        m0) arch=(-mcpu=cortex-m0 -mthumb -mfloat-abi=soft) ;;
        m4) arch=(-mcpu=cortex-m4 -mthumb -mfloat-abi=hard -mfpu=fpv4-sp-d16) ;;
        m55) arch=(-mcpu=cortex-m55 -mthumb -mfloat-abi=hard) ;;
        *) echo "no C for $board" >&2; return 2 ;;
    esac
    read -ra flags <<<"$(flags_of "$variant")"
    # The start routine is the same in all of them.
    arm-none-eabi-gcc "${arch[@]}" -Os -std=gnu11 -ffreestanding -fno-tree-loop-distribute-patterns -ffunction-sections \
        -c "$FIRMWARE/c/rt.c" -o "$elf.rt.o"
    local -a compile=(arm-none-eabi-gcc)
    [ "$compiler" = gcc ] || compile=(clang "--target=$triple" -fshort-enums)
    "${compile[@]}" "${arch[@]}" "-O$opt" -std=gnu11 -ffunction-sections -fdata-sections "-I$out" "-DNET_${net^^}" \
        "${flags[@]}" -c "$FIRMWARE/c/main.c" -o "$elf.o"
    arm-none-eabi-gcc "${arch[@]}" -nostdlib -nostartfiles -Wl,--gc-sections -Wl,--no-warn-rwx-segments,-z,noexecstack \
        "-T$FIRMWARE/rt/link/firmware.ld" "-L$FIRMWARE/rt/link/$board" "$elf.o" "$elf.rt.o" -lgcc -o "$elf"
    echo "$elf"
}

c_rows() { # BOARD OPT
    local compiler net variant empty elf
    for compiler in gcc clang; do
        empty=$(c_firmware "$1" "$compiler" "$2" none plain)
        for net in "${NETS[@]}"; do
            fits "$1" "$net" || continue
            for variant in plain blocked; do
                elf=$(c_firmware "$1" "$compiler" "$2" "$net" "$variant")
                row "$1" "$2" "$net" "$elf" "$empty" --build "$compiler $variant"
            done
        done
    done
}

# native_row BUILD NET FUNCTION PROGRAM ARGUMENTS…: the instructions below a function.
native_row() {
    local build=$1 net=$2 function=$3
    valgrind --quiet --tool=callgrind --callgrind-out-file="$out/callgrind" "--toggle-collect=$function" "${@:4}" \
        >"$out/said"
    report native "$out/callgrind" "$out/said" "$WORK/nets/$net.expected" --build "$build" --net "$net"
}

native_rows() {
    local level=x86-64-v3 triple compiler net variant program
    local -a flags
    triple=$(rustc -vV | sed -n 's/^host: //p')
    [[ $triple == x86_64-* ]] || { echo "native figures are for x86-64" >&2; return 2; }
    host_build
    CARGO_ENCODED_RUSTFLAGS=-Ctarget-cpu=$level host_build --target "$triple"
    for net in "${NETS[@]}"; do
        is_ready "$net" || continue
        native_row "keras" "$net" '*counted*' "$CARGO_TARGET_DIR/release/firmware-host" expect "$net" "$WORK/nets"
        native_row "keras $level" "$net" '*counted*' \
            "$CARGO_TARGET_DIR/$triple/release/firmware-host" expect "$net" "$WORK/nets"
        for compiler in gcc clang; do
            for variant in plain blocked wide blocked+fma wide+fma; do
                [ "$net-${variant%+fma}" != cnn-wide ] || continue
                program=$out/native-$compiler-$net-$variant
                read -ra flags <<<"$(flags_of "$variant")"
                "$compiler" -O3 "-march=$level" -std=gnu11 "-I$out" "-DNET_${net^^}" "${flags[@]}" "$FIRMWARE/c/main.c" \
                    -o "$program"
                native_row "$compiler $variant" "$net" infer "$program"
            done
        done
    done
}

rows=$out/rows.jsonl
: >"$rows"
for board in "${places[@]}"; do
    if [ "$board" = native ]; then
        native_rows >"$out/new.jsonl"
        tee -a "$rows" <"$out/new.jsonl"
        continue
    fi
    for opt in 3 s; do
        keras_rows "$board" "$opt" "keras" "${NETS[@]}" >"$out/new.jsonl"
        c_rows "$board" "$opt" >>"$out/new.jsonl"
        tee -a "$rows" <"$out/new.jsonl"
    done
done
echo
report compare "$rows"
