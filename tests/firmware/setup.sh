#!/usr/bin/env bash
# setup.sh [compare]: installs what the scripts here need and is not there; with `compare`, also what compare.sh needs. Where
# nothing is missing it does and says nothing. Needs rustup, and Debian's apt-get for the rest.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
source boards.sh

# The command, and the package that has it.
tools=(
    qemu-system-arm:qemu-system-arm
    qemu-system-riscv32:qemu-system-misc
    arm-none-eabi-objdump:binutils-arm-none-eabi
    riscv64-unknown-elf-objdump:binutils-riscv64-unknown-elf
    python3:python3
    cc:gcc
    c++filt:binutils
)
if [ "${1:-}" = compare ]; then
    tools+=(arm-none-eabi-gcc:gcc-arm-none-eabi gcc:gcc clang:clang valgrind:valgrind)
fi

packages=()
for tool in "${tools[@]}"; do
    command -v "${tool%%:*}" >/dev/null || packages+=("${tool#*:}")
done
if [ "${#packages[@]}" -gt 0 ]; then
    install=(apt-get install --yes --no-install-recommends "${packages[@]}")
    command -v apt-get >/dev/null || { echo "these are missing: ${packages[*]}" >&2; exit 1; }
    if [ "$(id -u)" = 0 ]; then
        as_root=()
    elif command -v sudo >/dev/null; then
        as_root=(sudo)
    else
        echo "as root: ${install[*]}" >&2
        exit 1
    fi
    "${as_root[@]}" apt-get update --quiet
    # Without recommended packages the C library of `cc` would be left out.
    [[ " ${packages[*]} " != *" gcc "* ]] || install+=(libc6-dev)
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive "${install[@]}"
fi

there=" $(rustup target list --installed | tr '\n' ' ')"
for name in "${BOARDS[@]}"; do
    board "$name"
    [[ $there == *" $triple "* ]] || rustup target add "$triple"
done
