"""The report on made-up firmware: every bar can be kept and crossed, and what is read of a disassembly is what is there."""

import itertools
import json
import os
import re
import tempfile
import unittest

import bars
import elf
import run
import stack

BOARDS, OPTS = ("m0", "m4", "m55", "rv32"), ("3", "s")

with open(os.path.join(os.path.dirname(__file__), "../bars.txt"), encoding="utf-8") as file:
    BARS = bars.Bars(file.read())


def good(board="m4", net="mlp", opt="3"):
    """A row that just keeps every bar."""
    row = {"board": board, "net": net, "opt": opt, "insns": 1, "cycles_estimate": None, "flash_over_weights": 1}
    row |= {figure: bar for figure, _, bar in BARS.of(board, net, opt)}
    return row | {"ram_plan": row["ram"], "stack_plan": row["stack"], "stack_caveats": [], "forbidden": [],
                  "links_without_panic": True, "repeatable": True, "bits_equal": True}


def crossed(row):
    return [figure for figure, _ in BARS.crossed(row)]


class Bars(unittest.TestCase):
    def test_each_is_kept_at_its_value_and_crossed_beyond(self):
        reached = set()
        for board, net, opt in itertools.product(BOARDS, BARS.nets, OPTS):
            row = good(board, net, opt)
            self.assertEqual(crossed(row), [], row)
            for figure, relation, bar in BARS.of(board, net, opt):
                reached.add(figure)
                self.assertIn(figure, crossed(row | {figure: bar + 1, f"{figure}_plan": bar + 1}))
                less = crossed(row | {figure: bar - 1, f"{figure}_plan": bar - 1})
                self.assertEqual(figure in less, relation == "==")
        self.assertEqual(reached, {"insns", "flash_over_weights", "ram", "stack"})

    def test_where_they_hold(self):
        for (board, opt), held in {
            ("m4", "3"): {"insns", "ram", "stack"}, ("m55", "3"): {"insns", "ram", "stack"},
            ("m4", "s"): {"flash_over_weights", "ram", "stack"}, ("m0", "3"): {"ram", "stack"},
            ("rv32", "s"): {"ram", "stack"},
        }.items():
            self.assertEqual({figure for figure, _, _ in BARS.of(board, "cnn", opt)}, held)

    def test_each_claim_can_fail(self):
        for figure, change in {
            "ram": {"ram_plan": 172}, "stack": {"stack_plan": 252}, "insns": {"repeatable": False},
            "bits_equal": {"bits_equal": False}, "forbidden": {"forbidden": ["panic: f"]},
        }.items():
            self.assertEqual(crossed(good() | change), [figure])
        self.assertEqual(crossed(good() | {"links_without_panic": False}), ["forbidden"])
        self.assertEqual(crossed(good() | {"stack_caveats": ["f: it calls itself"]}), ["stack"])
        self.assertEqual(crossed(good() | {"stack": 200, "stack_plan": 201}), [])

    def test_what_is_not_said_is_not_kept(self):
        for figure in set(good()) - {"board", "net", "opt", "cycles_estimate", "flash_over_weights"}:
            self.assertNotEqual(crossed(good() | {figure: None}), [], figure)
            self.assertNotEqual(crossed({k: v for k, v in good().items() if k != figure}), [], figure)
        self.assertEqual(crossed(good(opt="s") | {"flash_over_weights": None}), ["flash_over_weights"])


class Judge(unittest.TestCase):
    @staticmethod
    def judge(rows, boards=("m4",), nets=("mlp",), opts=("3",)):
        return bars.judge(rows, BARS, boards, nets, opts)

    def test_all_kept(self):
        text, passed = self.judge([good()])
        self.assertTrue(passed)
        self.assertRegex(text, r"m4 +mlp +3 +8,700 +- +1 +168 +256 +none +equal\n1 rows keep every bar$")

    def test_one_crossed(self):
        text, passed = self.judge([good() | {"insns": 8701}])
        self.assertFalse(passed)
        self.assertIn("!8,701", text)
        self.assertIn("crossed: m4 mlp opt 3: insns is 8,701, at most 8,700\nNOT ALL", text)

    def test_a_row_that_is_not_there(self):
        text, passed = self.judge([good()], opts=OPTS)
        self.assertFalse(passed)
        self.assertIn("crossed: m4 mlp opt s: it was not measured", text)

    def test_a_skipped_row_is_told_and_does_not_count(self):
        text, passed = self.judge([good("m0")], boards=["m0"], nets=["mlp", "mnist"])
        self.assertTrue(passed)
        self.assertRegex(text, "skipped: m0 mnist: .*fit.*\n1 rows")
        text, passed = self.judge([], boards=["m0"], nets=["mnist"])
        self.assertFalse(passed)
        self.assertIn("NOTHING WAS MEASURED", text)


    def test_rows_beside_each_other(self):
        rows = [good() | {"build": "keras", "insns": 900, "y": ["a"]},
                good() | {"build": "C", "insns": 600, "y": ["b"], "bits_equal": False}]
        keras, c = bars.compared(rows).splitlines()[1:]
        self.assertRegex(keras, r"m4 +mlp +3 +keras +900 .* 1.00  a, the host's$")
        self.assertRegex(c, r"m4 +mlp +3 +C +600 .* 1.50  b$")


class Stack(unittest.TestCase):
    @staticmethod
    def worst(text, is_arm=True):
        """Of functions written `name: instruction; instruction`."""
        lines = []
        for function in text.strip().splitlines():
            name, _, code = function.strip().partition(": ")
            lines += [f"00000010 <{name}>:", *(f"  {16 + i:x}:\t{line.strip()}" for i, line in enumerate(code.split("; ")))]
        depth, path, caveats = stack.worst_of(stack.functions("\n".join(lines), is_arm, {"padded": 17}), "infer")
        return depth, [name for name, _ in path], caveats

    def test_frames_of_arm(self):
        for code, bytes_ in {
            "push {r4, r5, r7, lr}": 16,
            "stmdb sp!, {r4-r11, lr}": 36,
            "vpush {d8-d15}": 64,
            "vpush {s16-s17}": 8,
            "str.w lr, [sp, #-8]!": 8,
            "push {lr}; sub sp, #508\t@ 0x1fc; sub sp, #4": 516,
            "sub.w sp, sp, #712\t@ 0x2c8; str r0, [sp, #4]; ldmia.w sp, {r3, r5}; add sp, #8; add.w sp, sp, #704": 712,
            "movw ip, #4096; movt ip, #1; sub.w sp, sp, ip": 69632,
            "sub sp, #8; subs r6, r7, #7; subs r6, #5; mov sp, r6; pop {r4, pc}": 8,
            "push {r4, r7}; mov r4, sp; bfc r4, #0, #4; mov sp, r4; mov r1, sp": 20,
        }.items():
            self.assertEqual(self.worst(f"infer: {code}"), (bytes_, ["infer"], []), code)

    def test_frames_of_riscv(self):
        for code, bytes_ in {
            "c.addi16sp sp,-64; sw ra,60(sp); c.addi16sp sp,64; c.jr ra": 64,
            "addi sp,sp,-592; addi s0,sp,592; addi sp,s0,-592; jalr zero,0(ra)": 592,
            "addi sp,sp,-64; andi sp,sp,-16; addi sp,s0,-64": 76,
        }.items():
            self.assertEqual(self.worst(f"infer: {code}", False), (bytes_, ["infer"], []), code)

    def test_the_deepest_path(self):
        text = """
            infer: push {r4, lr}; bl 20 <a>; beq.n 10 <b>; bne.n 14 <infer+0x4>; b.n 10 <infer>; bl 10 <measure_begin>
            a: sub sp, #32; bx lr
            b: sub sp, #8; b.w 40 <c+0x2>
            c: push {r4, r5, r6, r7}; sub sp, #16
            measure_begin: sub sp, #400
            c: bl 10 <padded>
            padded: sub sp, #4; sub sp, #400
            other: sub sp, #400
        """
        self.assertEqual(self.worst(text), (52, ["infer", "b", "c", "padded"], []))
        text = """
            infer: c.addi sp,-16; jalr ra,-1234(ra) # 80000010 <a>; c.bnez a0,10 <infer+0x4>
            a: jal zero,80000010 <b>
            b: c.addi sp,-16; c.jr ra
        """
        self.assertEqual(self.worst(text, False), (32, ["infer", "a", "b"], []))

    def test_caveats(self):
        for code in ("blx r3", "bx r3", "mov pc, r2", "sub.w sp, sp, r0", "mov sp, r4", "bl 10 <infer>", "bl 20 <nowhere>",
                     "bl 20 <a>\na: bl 10 <infer>"):
            self.assertEqual(len(self.worst(f"infer: {code}")[2]), 1, code)
        for code in ("c.jalr a5", "jalr ra,0(a5)", "c.jr a3", "sub sp,sp,a0", "mv sp,a0", "jal ra,10 <infer>"):
            self.assertEqual(len(self.worst(f"infer: {code}", False)[2]), 1, code)


class Images(unittest.TestCase):
    def test_names_that_are_forbidden(self):
        for kind, names in {
            "allocator": ["__rust_alloc", "malloc", "_sbrk", "_ZN5alloc5alloc18handle_alloc_error17h0E"],
            "panic": ["_ZN4core9panicking9panic_fmt17h0E", "_RNvNtCsabc_4core9panicking9panic_fmt", "abort", "on_panic",
                      "_ZN4core5slice5index26slice_start_index_len_fail17h0E", "_RNvCsfL_7___rustc17rust_begin_unwind"],
            "formatting": ["_ZN4core3fmt9Formatter3pad17h0E", "printf", "snprintf", "_dtoa_r"],
            "software doubles": ["__adddf3", "__aeabi_dmul", "__aeabi_f2d", "__aeabi_i2d", "__extendsfdf2", "__truncdfsf2"],
        }.items():
            for name in names:
                self.assertEqual([k for k, pattern in elf.FORBIDDEN.items() if re.search(pattern, name)][:1], [kind], name)

    def test_names_that_are_not(self):
        for name in ("infer", "reset", "__addsf3", "__aeabi_fadd", "__aeabi_memcpy4", "memset", "_RNvXs_10keras_core"):
            self.assertEqual([k for k, pattern in elf.FORBIDDEN.items() if re.search(pattern, name)], [], name)


class Runs(unittest.TestCase):
    def test_the_empty_stretch_is_taken_off(self):
        with tempfile.NamedTemporaryFile("w", suffix=".log") as log:
            for insns in (4, 10):
                counts = {"insns": insns, "loads": 1, "stores": 1, "stack": 4}
                log.write(json.dumps(counts | {"functions": {"f": insns}, "mnemonics": {"push/1": 1, "mul": insns}}) + "\n")
            log.flush()
            last, = run.stretches(log.name)
        self.assertEqual((last["insns"], last["loads"], last["stack"]), (6, 0, 4))
        self.assertEqual(last["mnemonics"], {"push/1": 0, "mul": 6})

    def test_cycles(self):
        counted = {"vldr": 2, "vfma.f32": 1, "vldmia/8": 1, "pop/5": 1, "add.w": 3, "bne": 2, "b.n": 1}
        self.assertEqual(run.m4_cycles(counted), 34)


if __name__ == "__main__":
    unittest.main()
