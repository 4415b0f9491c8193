#!/usr/bin/env bash
# run.sh [m4|m0|m55|rv32]: builds the firmware, runs its programs on the virtual board (a Cortex-M4F without an argument), and
# prints what they say, whether a host says the same, and what they cost. Trains the model first where that was not done.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
project=$(cd "$here/../.." && pwd)
"$here/setup.sh"

if [ ! -e "$project/target/examples/digits.safetensors" ]; then
    CARGO_TARGET_DIR=$project/target cargo run --release --manifest-path "$project/Cargo.toml" --example digits
fi

# shellcheck source-path=SCRIPTDIR source=../../tests/firmware/lib.sh
source "$project/tests/firmware/lib.sh"
name=${1:-m4}
build "$name" 3 "$here" digits adapt
for program in digits adapt; do
    elf=$WORK/$name/3/$program
    simulate "$name" "$elf"
    cat "$elf.said"
    [ ! -e "$elf.panics" ] || echo "a panic can be reached"
    cargo run --quiet --release --manifest-path "$here/Cargo.toml" --bin host -- "$program" >"$elf.host"
    diff "$elf.said" "$elf.host"
    echo "a host says the same, bit for bit"
    report costs "$elf" "$elf.log"
done
