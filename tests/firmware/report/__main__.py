"""Figures of firmware.

  markers ELF                     the arguments of the plugin that depend on the firmware
  row …                           one JSON line: what a firmware is and what a run of it cost
  judge BARS ROWS …               a table of rows, and what they cross; exit status 1 if anything
  native CALLGRIND …              one JSON line: what callgrind counted of a net on a host
  compare ROWS                    a table of the library's rows beside those of C
  forbidden ELF                   what must not be in an image and is, a line each
  counts ELF LOG                  what a firmware that is no net cost: a JSON line
  costs ELF LOG                   the same for a reader
  profile ELF LOG                 which calls need most stack, and where the instructions of a run were spent
"""

import argparse
import json
import re
import sys

import bars
import elf
import run
import stack


def markers(args):
    file = elf.Elf(args.elf)
    begin, end, low, high = map(file.address, ("measure_begin", "measure_end", "_ebss", "_stack_top"))
    print(f"begin={begin:#x},end={end:#x},stack={low:#x}:{high:#x}")


def row(args):
    file, empty = elf.Elf(args.elf), elf.Elf(args.empty)
    figures = file.figures()
    runs = run.stretches(args.log)
    if not runs:
        raise SystemExit(f"{args.elf}: nothing was measured")
    bound, _, caveats = stack.worst(file, "infer")
    said, expected = (text.split() for text in (read(args.said), read(args.expected)))
    print_json({
        **({"build": args.build, "y": said[1:]} if args.build else {}),
        "board": args.board,
        "net": args.net,
        "opt": args.opt,
        "insns": runs[-1]["insns"],
        "cycles_estimate": run.m4_cycles(runs[-1]["mnemonics"]) if args.board == "m4" else None,
        "flash_over_weights": file.flash() - empty.flash() - figures["weights"] - figures["input"],
        "ram": file.ram() - empty.ram(),
        "ram_plan": figures["ram"],
        "stack": max(bound, *(r["stack"] for r in runs)),
        "stack_plan": figures["stack"],
        "stack_caveats": plain(caveats),
        "forbidden": file.forbidden(),
        "links_without_panic": not args.can_panic,
        "repeatable": len({r["insns"] for r in runs}) == 1,
        "bits_equal": len(said) > 1 and said == expected,
    })


def plain(caveats):
    return list(dict.fromkeys(map(elf.plain, caveats)))


def print_json(row):
    print(json.dumps(row, separators=(",", ":")))


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def judge(args):
    rows = [json.loads(line) for line in read(args.rows).splitlines()]
    text, passed = bars.judge(rows, bars.Bars(read(args.bars)), args.boards, args.nets, args.opts)
    print(text)
    sys.exit(0 if passed else 1)


def native(args):
    totals = re.search(r"^(?:summary|totals): *(\d+)", read(args.callgrind), re.MULTILINE)
    said = read(args.said).split()
    print_json({
        "build": args.build,
        "y": said[1:],
        "board": "native",
        "net": args.net,
        "opt": "3",
        "insns": int(totals[1]),
        "bits_equal": len(said) > 1 and said == read(args.expected).split(),
    })


def compare(args):
    print(bars.compared([json.loads(line) for line in read(args.rows).splitlines()]))


def forbidden(args):
    print("\n".join(elf.Elf(args.elf).forbidden()))


def counts(args):
    file, runs = elf.Elf(args.elf), run.stretches(args.log)
    bound, _, caveats = stack.worst(file, "infer")
    for stretch in runs:
        print_json({
            "insns": stretch["insns"],
            "loads": stretch["loads"],
            "stores": stretch["stores"],
            "stack": stretch["stack"],
            "stack_bound": bound,
            "stack_caveats": plain(caveats),
            "flash": file.flash(),
            "ram": file.ram(),
        })


def costs(args):
    file, last = elf.Elf(args.elf), run.stretches(args.log)[-1]
    bound, _, caveats = stack.worst(file, "infer")
    print(f"`infer`: {last['insns']:,} instructions, {max(bound, last['stack']):,} bytes of stack")
    print(f"the firmware: {file.flash():,} bytes of flash, {file.ram():,} bytes of static RAM")
    for line in (*plain(caveats), *file.forbidden()):
        print(f"but {line}")


def profile(args):
    _, path, _ = stack.worst(elf.Elf(args.elf), "infer")
    print(bars.aligned([["deepest stack", "bytes"], *([elf.plain(name), str(frame)] for name, frame in path)]), end="\n\n")
    last = run.stretches(args.log)[-1]
    for title in ("functions", "mnemonics"):
        most = sorted(((count, name) for name, count in last[title].items() if count), reverse=True)[:16]
        print(bars.aligned([[title, "insns"], *([elf.plain(name), bars.number(count)] for count, name in most)]), end="\n\n")


def main():
    parser = argparse.ArgumentParser(prog="report", description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    commands = parser.add_subparsers(required=True)

    def command(function, *positional):
        new = commands.add_parser(function.__name__)
        new.set_defaults(run=function)
        for argument in positional:
            new.add_argument(argument)
        return new

    command(markers, "elf")
    command(forbidden, "elf")
    command(counts, "elf", "log")
    command(costs, "elf", "log")
    command(profile, "elf", "log")
    of_row = command(row, "elf", "empty", "log", "said", "expected")
    for option in ("--board", "--net", "--opt"):
        of_row.add_argument(option, required=True)
    of_row.add_argument("--build")
    of_row.add_argument("--can-panic", action="store_true")
    of_native = command(native, "callgrind", "said", "expected")
    for option in ("--build", "--net"):
        of_native.add_argument(option, required=True)
    command(compare, "rows")
    of_judge = command(judge, "bars", "rows")
    for option in ("--boards", "--nets", "--opts"):
        of_judge.add_argument(option, nargs="+", required=True)
    args = parser.parse_args()
    args.run(args)


if __name__ == "__main__":
    main()
