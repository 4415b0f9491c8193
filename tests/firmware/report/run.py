"""What the plugin counted in a run of a firmware."""

import json
import re


def stretches(log):
    """The stretches after the first, empty one, whose cost is taken off them."""
    with open(log, encoding="utf-8") as file:
        empty, *rest = map(json.loads, file) or [None]
    for stretch in rest:
        for count in ("insns", "loads", "stores"):
            stretch[count] -= empty[count]
        for count in ("functions", "mnemonics"):
            for name, n in empty.get(count, {}).items():
                if name in stretch[count]:
                    stretch[count][name] -= n
    return rest


def m4_cycles(mnemonics):
    """Cycles by the tables of the Cortex-M4's manual (r0p1, 3-1 and 7-1): an estimate, without wait states or stalls."""
    return sum(count * cycles(*name.partition("/")[::2]) for name, count in mnemonics.items())


def cycles(mnemonic, registers):
    base, registers = mnemonic.split(".")[0], int(registers or 0)
    if re.fullmatch("v(fma|fms|mla|mls|fnma|fnms|nmla|nmls)", base):
        return 3
    if base in ("vdiv", "vsqrt"):
        return 14
    if base in ("vldr", "vstr"):
        return 2
    if base == "pop":
        return 3 + registers
    if re.fullmatch("push|v?(ldm|stm)(ia|db)?|vpush|vpop", base):
        return 1 + registers
    if base in ("ldrd", "strd"):
        return 3
    if base.startswith(("ldr", "str")):
        return 2
    if base in ("b", "bl", "bx", "blx"):
        return 3
    if re.fullmatch("b(eq|ne|cs|cc|hs|lo|hi|ls|ge|lt|gt|le|mi|pl)|cbz|cbnz", base):
        return 2  # 1 where it is not taken, 2 to 4 where it is
    if base in ("sdiv", "udiv"):
        return 7
    return 1
