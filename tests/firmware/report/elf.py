"""What is in the file of a firmware: how much flash and RAM, which symbols, what the firmware says of itself."""

import re
import struct
import subprocess

# What must not be in an image, by the names of functions that prove that it is.
FORBIDDEN = {
    "allocator": r"__rust_alloc|__rg_alloc|__rdl_alloc|\b(malloc|calloc|_?sbrk)\b|alloc5alloc|handle_alloc_error",
    "panic": r"core9panicking|rust_begin_unwind|panic_(fmt|bounds_check)|slice_(start_|end_)?index|(unwrap|expect)_failed"
    r"|on_panic|\babort\b",
    "formatting": r"core3fmt|\bv?s?n?printf\b|_dtoa_r|_printf_",
    "software doubles": r"__aeabi_(d(add|sub|r?sub|mul|div|cmp|2)|[fiu]l?2d)|__(add|sub|mul|div|eq|lt|gt|le|ge)df[23]"
    r"|__(extendsf|floatsi|floatunsi)df|__(truncdfsf|fixdfsi|fixunsdfsi)",
}

ARM = 40
NO_BITS = 8
ALLOCATED = 2
FUNCTION = 2
FIGURES = ("weights", "input", "ram", "stack")
UNKNOWN = 2**32 - 1


class Elf:
    """A 32-bit little-endian ELF file: sections and symbols, as the headers list them."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.bytes = file.read()
        if self.bytes[:6] != b"\x7fELF\x01\x01":
            raise SystemExit(f"{path} is no file of a 32-bit firmware")
        self.path = path
        self.is_arm = struct.unpack_from("<H", self.bytes, 18)[0] == ARM
        start, = struct.unpack_from("<I", self.bytes, 0x20)
        size, count, names = struct.unpack_from("<HHH", self.bytes, 0x2E)
        headers = [struct.unpack_from("<10I", self.bytes, start + i * size) for i in range(count)]
        self.sections = {self.text(headers[names][4] + h[0]): h for h in headers}

    def text(self, at):
        return self.bytes[at:self.bytes.index(0, at)].decode()

    def data(self, name):
        """The bytes of a section."""
        _, _, _, _, start, size, *_ = self.sections[name]
        return self.bytes[start:start + size]

    def symbols(self):
        """Name, address, size, whether it is a function."""
        _, _, _, _, start, size, strings, _, _, each = self.sections[".symtab"]
        strings = list(self.sections.values())[strings][4]
        for at in range(start, start + size, each):
            name, address, size, info = struct.unpack_from("<IIIB", self.bytes, at)
            is_function = info & 15 == FUNCTION
            # The lowest bit marks Thumb code.
            yield self.text(strings + name), address & ~1 if is_function and self.is_arm else address, size, is_function

    def address(self, name):
        """Where the symbol is."""
        for symbol, address, _, _ in self.symbols():
            if symbol == name:
                return address
        raise SystemExit(f"{self.path} has no symbol {name}")

    def flash(self):
        """Bytes of all that is loaded: vectors, code, constants, and the first values of variables."""
        return sum(h[5] for h in self.sections.values() if h[2] & ALLOCATED and h[1] != NO_BITS)

    def ram(self):
        """Bytes of static variables."""
        return sum(self.sections[name][5] for name in (".data", ".bss") if name in self.sections)

    def figures(self):
        """What the firmware says of itself; None for what it does not know."""
        numbers = struct.unpack("<4I", self.data(".figures"))
        return {k: None if v == UNKNOWN else v for k, v in zip(FIGURES, numbers)}

    def forbidden(self):
        """What must not be in it and is: `kind: function`."""
        names = sorted({name for name, *_ in self.symbols()})
        found = ((kind, next((n for n in names if re.search(pattern, n)), None)) for kind, pattern in FORBIDDEN.items())
        return [f"{kind}: {plain(name)}" for kind, name in found if name]


def plain(text):
    """The same with Rust's names as they are in the source, without the hash at their end."""
    text = subprocess.run(["c++filt"], input=text, check=True, capture_output=True, text=True).stdout
    return re.sub(r"::h[0-9a-f]{16}\b|\[[0-9a-f]{8,16}\]", "", text)
