# shellcheck shell=bash disable=SC2034
# What each board is. Sourced; `board NAME` sets triple, cpu and qemu.

BOARDS=(m0 m4 m55 rv32)

board() {
    case "$1" in
        m0) # BBC micro:bit, Cortex-M0: 256 KB of flash, 16 KB of RAM, no floating point
            triple=thumbv6m-none-eabi cpu=cortex-m0
            qemu=(qemu-system-arm -machine microbit) ;;
        m4) # Arm MPS2+ with AN386, Cortex-M4F
            triple=thumbv7em-none-eabihf cpu=cortex-m4
            qemu=(qemu-system-arm -machine mps2-an386) ;;
        m55) # Arm MPS3 with AN547, Cortex-M55 with vectors (Helium)
            triple=thumbv8m.main-none-eabihf cpu=cortex-m55
            qemu=(qemu-system-arm -machine mps3-an547) ;;
        rv32) # QEMU's own RISC-V machine, riscv32imc: no floating point
            triple=riscv32imc-unknown-none-elf cpu=generic-rv32
            qemu=(qemu-system-riscv32 -machine virt -bios none) ;;
        *)
            echo "no board $1; there are ${BOARDS[*]}" >&2
            return 2 ;;
    esac
}
