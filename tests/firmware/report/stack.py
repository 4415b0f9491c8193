"""How deep the stack can become below a function: the worst path of the call graph, read from the disassembly.

It is a bound where no caveat is given. A caveat is a function that calls or jumps through a pointer (a `match` that became a
table of jumps looks the same), calls itself, or has a frame whose size the code does not say. All that a function pushes
counts, even on paths that exclude each other, and a jump to another function counts as a call; so the bound may be higher
than what can happen. Interrupts come on top.
"""

import re
import subprocess

MARKERS = ("measure_begin", "measure_end")
CONDITION = "eq|ne|cs|hs|cc|lo|hi|ls|ge|lt|gt|le|mi|pl|vs|vc"


class Function:
    def __init__(self, name):
        self.name = name
        self.frame = 0
        self.calls = set()
        self.caveats = set()
        self.constants = {}
        # Registers that hold an address in the frame, and by how much it may be below the stack pointer. Where the stack
        # pointer is set to one, the frame is aligned, or given back.
        self.of_frame = {}

    def call(self, operands):
        """It calls or jumps to where the operands say. What is inside of the function itself, `<infer+0x20>`, is no call."""
        target = re.search(r"<([^+>]+)(\+0x[0-9a-f]+)?>", operands)
        if target and not (target[1] == self.name and target[2]):
            self.calls.add(target[1])
        return bool(target)


def worst(elf, root):
    """Bytes, the calls that need them with the frame of each, caveats."""
    # What stands behind the end of a function is padding, though it may look like code.
    ends = {name: address + size for name, address, size, is_function in elf.symbols() if is_function and size}
    return worst_of(functions(disassembly(elf), elf.is_arm, ends), root)


def disassembly(elf):
    tool = ("arm-none-eabi-objdump",) if elf.is_arm else ("riscv64-unknown-elf-objdump", "-M", "no-aliases")
    command = [*tool, "-d", "--no-show-raw-insn", elf.path]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def functions(text, is_arm, ends):
    """Each function of a disassembly by its name; `ends` says where those end whose size is known."""
    found, function = {}, None
    for line in text.splitlines():
        if m := re.match(r"[0-9a-f]+ <(.+)>:$", line):
            function = found.setdefault(m[1], Function(m[1]))
        elif function and (m := re.match(r"\s*([0-9a-f]+):\s+(\S+)\s*(.*)", line)):
            if int(m[1], 16) < ends.get(function.name, 2**32):
                (read_arm if is_arm else read_riscv)(function, m[2], m[3])
    return found


def registers(text):
    """How many registers `{r4-r7, lr}` names."""
    count = 0
    for part in text[text.index("{") + 1:text.index("}")].split(","):
        m = re.match(r"\s*[rsdq](\d+)-[rsdq](\d+)", part)
        count += int(m[2]) - int(m[1]) + 1 if m else 1
    return count


def read_arm(function, op, args):
    base, constants = op.split(".")[0], function.constants
    args = args.split(";")[0].split("@")[0].strip()
    first, last = args.split(",")[0], re.search(r"\w*$", args)[0]
    if re.match(r"subs?$", base) and re.match(r"\w+, r7, #", args) or base == "mov" and last == "sp":
        function.of_frame[first] = 0
    elif base == "bfc" and first in function.of_frame and (m := re.search(r"#0, #(\d+)$", args)):
        function.of_frame[first] = 2 ** int(m[1]) - 4
    elif base == "mov" and first == "sp" and last in function.of_frame:
        function.frame += function.of_frame[last]
    elif not re.match(r"subs?$", base):
        function.of_frame.pop(first, None)
    if base in ("movw", "mov", "movs", "movt") and (m := re.match(r"(\w+), #(\d+)$", args)):
        constants[m[1]] = (constants.get(m[1], 0) & 0xFFFF) + (int(m[2]) << 16) if base == "movt" else int(m[2])
    if base == "push" or base == "stmdb" and args.startswith("sp!"):
        function.frame += 4 * registers(args)
    elif base == "vpush" or base == "vstmdb" and args.startswith("sp!"):
        function.frame += (8 if "{d" in args else 4) * registers(args)
    elif base in ("sub", "subw") and re.match(r"sp, (sp, )?#", args):
        function.frame += int(last)
    elif base in ("sub", "subw") and re.match(r"sp, (sp, )?\w+$", args) and last in constants:
        function.frame += constants[last]
    elif m := re.search(r"\[sp, #-(\d+)\]!", args):
        function.frame += int(m[1])
    elif base in ("add", "addw") and args.startswith("sp, ") and "#" in args:
        pass  # given back
    elif args.startswith("sp, ") and "{" not in args and last not in function.of_frame:
        function.caveats.add("a frame of unknown size")
    if base in ("bl", "blx") and f"<{function.name}>" in args:
        function.caveats.add("it calls itself")
    if base in ("bl", "b", "cbz", "cbnz") or re.fullmatch(f"b({CONDITION})", base):
        function.call(args)
    elif base == "blx" and not function.call(args) or base == "bx" and args != "lr" or args.startswith("pc, "):
        function.caveats.add("a call or jump through a pointer")


def read_riscv(function, op, args):
    op = op.removeprefix("c.")
    if op in ("addi", "addi16sp") and (m := re.match(r"sp,(?:sp,)?(-?)(\d+)$", args)):
        function.frame += int(m[2]) if m[1] else 0
    elif op == "andi" and (m := re.match(r"sp,sp,-(\d+)$", args)):
        function.frame += int(m[1]) - 4
    elif args.startswith("sp,") and not re.match(r"sp,s0,-", args):
        function.caveats.add("a frame of unknown size")
    if op in ("jal", "jalr") and f"<{function.name}>" in args:
        function.caveats.add("it calls itself")
    if op[0] in "jb" and not function.call(args) and op in ("jr", "jalr") and args not in ("ra", "zero,0(ra)"):
        function.caveats.add("a call or jump through a pointer")


def worst_of(found, root):
    """The same of functions that are read already."""
    known, caveats = {}, set()

    def below(name, path):
        if name in path:
            caveats.add(f"{name}: it calls itself")
            return 0, ()
        if name not in known:
            function = found.get(name, Function(name))
            if name not in found:
                function.caveats.add("its code is not there")
            caveats.update(f"{name}: {caveat}" for caveat in function.caveats)
            calls = sorted(function.calls - {name, *MARKERS})
            depth, deepest = max((below(call, path | {name}) for call in calls), default=(0, ()))
            known[name] = function.frame + depth, ((name, function.frame), *deepest)
        return known[name]

    if root not in found:
        raise SystemExit(f"the firmware has no function {root}")
    depth, path = below(root, frozenset())
    return depth, path, sorted(caveats)
