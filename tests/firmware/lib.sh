# shellcheck shell=bash
# How firmware is built and run. Sourced by the scripts here and by those of examples/firmware.

FIRMWARE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# Everything that is made goes below the project's `target`.
WORK=$(cd "$FIRMWARE/../.." && pwd)/target/firmware
# shellcheck source=boards.sh
source "$FIRMWARE/boards.sh"

# A failure in `$(…)` is one, too.
shopt -s inherit_errexit

# What is set outside must not change what is measured.
unset RUSTFLAGS CARGO_ENCODED_RUSTFLAGS CARGO_BUILD_TARGET CARGO_BUILD_RUSTFLAGS
export CARGO_TARGET_DIR=$WORK/build PYTHONDONTWRITEBYTECODE=1

# One script at a time.
mkdir -p "$WORK"
exec 9>"$WORK/lock"
flock 9

report() {
    python3 "$FIRMWARE/report" "$@"
}

# The program of a host that makes the numbers of the nets and what is expected of them.
host() {
    cargo run --quiet --release --manifest-path "$FIRMWARE/host/Cargo.toml" -- "$@"
}

host_build() {
    cargo build --quiet --release --manifest-path "$FIRMWARE/host/Cargo.toml" "$@"
}

# cargo_for BOARD OPT ARGUMENTS…: cargo, for firmware of this board at this opt-level.
cargo_for() {
    local triple cpu qemu
    board "$1"
    CARGO_PROFILE_RELEASE_OPT_LEVEL=$2 CARGO_ENCODED_RUSTFLAGS=-Ctarget-cpu=$cpu \
        cargo "$3" --quiet --release --target "$triple" "${@:4}"
}

# build BOARD OPT CRATE BIN…: builds the programs of a crate into $WORK/BOARD/OPT. Beside a program in which a panic can be
# reached there is then a file BIN.panics.
build() {
    local board=$1 opt=$2 crate=$3 triple cpu qemu bin
    shift 3
    board "$board"
    local out=$WORK/$board/$opt made=$CARGO_TARGET_DIR/$triple/release log=$WORK/$board/$opt/build.log
    local -a may_panic=()
    mkdir -p "$out"
    for bin in "$@"; do rm -f "$made/$bin" "$out/$bin" "$out/$bin".*; done

    # All at once with `forbid-panic`: a program that can panic does not link.
    if ! cargo_for "$board" "$opt" build --manifest-path "$crate/Cargo.toml" --keep-going --features forbid-panic \
        "${@/#/--bin=}" 2>"$log"; then
        # The only reason not to be built that there may be.
        grep -q 'undefined symbol: this_firmware_can_panic' "$log" || { cat "$log" >&2; return 1; }
    fi
    for bin in "$@"; do
        if [ -e "$made/$bin" ]; then mv "$made/$bin" "$out/$bin"; else may_panic+=("$bin"); fi
    done
    [ "${#may_panic[@]}" -gt 0 ] || return 0
    cargo_for "$board" "$opt" build --manifest-path "$crate/Cargo.toml" "${may_panic[@]/#/--bin=}"
    for bin in "${may_panic[@]}"; do
        mv "$made/$bin" "$out/$bin"
        touch "$out/$bin.panics"
    done
}

# simulate BOARD ELF: runs a firmware on the virtual board. What it says goes into ELF.said, what it cost into ELF.log.
simulate() {
    local triple cpu qemu plugin=$WORK/count.so
    board "$1"
    if [ ! "$plugin" -nt "$FIRMWARE/plugin/count.c" ]; then
        cc -O2 -Wall -Wextra -shared -fPIC -fvisibility=hidden -o "$plugin" "$FIRMWARE/plugin/count.c"
    fi
    local markers
    markers=$(report markers "$2")
    rm -f "$2.said" "$2.log"
    timeout 300 "${qemu[@]}" -display none -monitor none -serial none -chardev "file,id=said,path=$2.said" \
        -semihosting-config enable=on,target=native,chardev=said -kernel "$2" \
        -plugin "$plugin,$markers,histogram=1,out=$2.log" </dev/null || {
        echo "$2 on $1: QEMU ended with status $?; it said:" >&2
        cat "$2.said" >&2
        return 1
    }
}

# numbers NET…: makes the numbers of the nets and what a host computes with them. Sets `ready`: the nets that are built.
numbers() {
    local net
    host weights "$WORK/nets"
    ready=" $(host nets | tr '\n' ' ')"
    for net in "$@"; do
        if is_ready "$net"; then
            host expect "$net" "$WORK/nets" >"$WORK/nets/$net.expected"
        else
            echo "$net is not built yet: nets/Cargo.toml says which are" >&2
        fi
    done
}

is_ready() {
    [[ $ready == *" $1 "* ]]
}

# fits BOARD NET: whether there can be such a row, now.
fits() {
    is_ready "$2" && ! grep -q "^skip $1 $2:" "$FIRMWARE/bars.txt"
}

# row BOARD OPT NET ELF EMPTY ARGUMENTS…: runs a net, prints its JSON line.
row() {
    simulate "$1" "$4"
    report row --board "$1" --opt "$2" --net "$3" "${@:6}" "$4" "$5" "$4.log" "$4.said" "$WORK/nets/$3.expected"
}

# keras_rows BOARD OPT BUILD NET…: builds and runs those of the nets that can be; a JSON line each. BUILD names the rows where
# there are others beside them, or is empty.
keras_rows() {
    local board=$1 opt=$2 build=$3 net
    local -a nets=() options
    for net in "${@:4}"; do
        if fits "$board" "$net"; then nets+=("$net"); fi
    done
    build "$board" "$opt" "$FIRMWARE/nets" empty "${nets[@]}"
    for net in "${nets[@]}"; do
        options=()
        [ -z "$build" ] || options+=(--build "$build")
        [ ! -e "$WORK/$board/$opt/$net.panics" ] || options+=(--can-panic)
        row "$board" "$opt" "$net" "$WORK/$board/$opt/$net" "$WORK/$board/$opt/empty" "${options[@]}"
    done
}
