"""Holds rows against the bars."""

import re

RELATIONS = {"<=": ("at most", lambda found, bar: found <= bar), "==": ("exactly", lambda found, bar: found == bar)}


class Bars:
    """`bars.txt`: its table and the rows that it skips."""

    def __init__(self, text):
        self.skipped, self.bars, self.nets = {}, [], None
        for line in text.splitlines():
            if m := re.match(r"skip (\S+) (\S+): (.+)", line):
                self.skipped[m[1], m[2]] = m[3]
            elif not line.strip() or line.startswith("#"):
                continue
            elif self.nets is None:
                self.nets = line.split()[4:]
            else:
                board, opt, figure, relation, *values = line.split()
                self.bars.append((board, opt, figure, relation, dict(zip(self.nets, map(int, values), strict=True))))

    def of(self, board, net, opt):
        """Figure, relation and value of each bar of a row."""
        return [(figure, relation, values[net]) for b, o, figure, relation, values in self.bars
                if b in ("*", board) and o in ("*", opt)]

    def crossed(self, row):
        """What a row does not keep, a sentence each. What it does not say it does not keep."""
        for figure, relation, bar in self.of(row["board"], row["net"], row["opt"]):
            word, holds = RELATIONS[relation]
            if row.get(figure) is None or not holds(row[figure], bar):
                yield figure, f"{figure} is {number(row.get(figure))}, {word} {number(bar)}"
        yield from claims(row)


def claims(row):
    """What the library claims of every firmware."""
    if row.get("links_without_panic") is not True:
        yield "forbidden", "a panic can be reached"
    if row.get("forbidden") != []:
        yield "forbidden", f"in the image: {', '.join(row.get('forbidden') or ['unknown'])}"
    if row.get("ram_plan") is None or row.get("ram") != row["ram_plan"]:
        yield "ram", f"ram is {number(row.get('ram'))}, the model says {number(row.get('ram_plan'))}"
    if row.get("stack_plan") is None:
        yield "stack", "the model does not say how much stack it needs"
    elif row.get("stack") is None or row["stack"] > row["stack_plan"]:
        yield "stack", f"stack is {number(row.get('stack'))}, the model says {number(row['stack_plan'])}"
    if row.get("stack_caveats") != []:
        yield "stack", f"stack is no bound: {'; '.join(row.get('stack_caveats') or ['unknown'])}"
    if row.get("repeatable") is not True:
        yield "insns", "two runs do not count the same"
    if row.get("bits_equal") is not True:
        yield "bits_equal", "the output is not the host's"


def number(n):
    return "unknown" if n is None else f"{n:,}"


COLUMNS = [("insns", "insns"), ("cycles_estimate", "cycles"), ("flash_over_weights", "flash"), ("ram", "ram"),
           ("stack", "stack")]


def table(rows, bars):
    """The rows as text; `!` stands before what crosses a bar."""
    lines = [["board", "net", "opt", *(title for _, title in COLUMNS), "forbidden", "bits"]]
    for row in rows:
        wrong = {figure for figure, _ in bars.crossed(row)}
        line = [row["board"], row["net"], row["opt"]]
        for figure, _ in COLUMNS:
            known = row.get(figure)
            line.append(("!" if figure in wrong else "") + ("-" if known is None else number(known)))
        line.append("!yes" if "forbidden" in wrong else "none")
        line.append("!differ" if "bits_equal" in wrong else "equal")
        lines.append(line)
    return aligned(lines)


def compared(rows):
    """The library's rows and those of C side by side. `ratio` is the library's instructions over those of the row; rows of a
    net with the same letter have the same output, bit for bit."""
    lines = [["board", "net", "opt", "build", *(title for _, title in COLUMNS), "ratio", "bits"]]
    ours, outputs = {}, {}
    for row in sorted(rows, key=lambda row: (row["board"], row["net"], row["opt"])):
        key = row["board"], row["net"], row["opt"]
        ours.setdefault(key, row["insns"])
        seen = outputs.setdefault(row["net"], [])
        if row["y"] not in seen:
            seen.append(row["y"])
        figures = ["-" if row.get(figure) is None else number(row[figure]) for figure, _ in COLUMNS]
        bits = chr(ord("a") + seen.index(row["y"])) + (", the host's" if row["bits_equal"] else "")
        lines.append([*key, row["build"], *figures, f"{ours[key] / row['insns']:.2f}", bits])
    return aligned(lines)


def aligned(lines):
    """Columns side by side: words to the left, numbers to the right."""
    widths = [max(map(len, column)) for column in zip(*lines)]
    is_number = [all(re.fullmatch(r"!?(-|[\d,.]+)", line[i]) for line in lines[1:]) for i in range(len(widths))]
    return "\n".join(
        "  ".join(cell.rjust(w) if right else cell.ljust(w) for cell, w, right in zip(line, widths, is_number)).rstrip()
        for line in lines)


def judge(rows, bars, boards, nets, opts):
    """Text for a reader, and whether every row that was asked for is there and keeps all bars."""
    by_key = {(row["board"], row["net"], row["opt"]): row for row in rows}
    text, skipped, passed, asked = [table(by_key.values(), bars)] if rows else [], [], True, 0
    for board in boards:
        for net in nets:
            if (board, net) in bars.skipped:
                skipped.append(f"skipped: {board} {net}: {bars.skipped[board, net]}")
                continue
            for opt in opts:
                asked += 1
                row = by_key.get((board, net, opt))
                wrong = ["it was not measured"] if row is None else [said for _, said in bars.crossed(row)]
                passed = passed and not wrong
                text += [f"crossed: {board} {net} opt {opt}: {'; '.join(wrong)}"] if wrong else []
    passed = passed and asked > 0
    text += skipped
    text.append(f"{asked} rows keep every bar" if passed else "NOT ALL BARS ARE KEPT" if asked else "NOTHING WAS MEASURED")
    return "\n".join(text), passed
