#!/usr/bin/env python3
"""How true the text of a PDF is: words and their order, for several tools in one table.

    python3 benches/fidelity/fidelity.py FOLDER [--tool NAME=COMMAND]... [--reference NAME=COMMAND]... [--places]

FOLDER holds PDFs. Beside NAME.pdf there may be NAME.txt, the words that it must give back (with NAME.notes and
NAME.furniture; see render.py). A PDF without a known text is measured only where at least two `--reference` tools
are given, which are not measured themselves: a word counts as often as the middle one of them has it.

A COMMAND holds `{}` where the file goes and writes the text to standard output. Measured by default, where found:
clausula (`--clausula PATH`, or target/release/clausula), pdftotext and pdftotext -layout.

Two figures for each tool and file, both between 0 and 1:

* words: F1 over the words, each as often as it occurs;
* order: 2 x the longest common subsequence / the words of both. Footnotes are a flow of their own: where they stand
  among the pages is left to the tool. Without a known text it is the mean over the references.

The same clean-up for every tool and for the known text: ligatures become letters; hyphens within and at the end of
words are dropped and the parts joined, so that neither keeping nor dropping a hyphen is a fault;
whole lines that match NAME.furniture (running heads, page numbers) are dropped; raised figures after a word are
marks of notes and are dropped; capitals set apart (A R T I C L E) are one word; case is kept; what is no letter and no figure divides words.
"""

import argparse
import re
import shutil
import statistics
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
LIMIT = 120  # seconds for one file
FEWEST = 30  # words of a reference below which a file is not scored


def words(text, furniture=()):
    """The words of a text after the clean-up."""
    lines = []
    for line in re.split(r"[\n\f\r]", text):
        bare = " ".join(line.split())
        if not any(pattern.fullmatch(bare) for pattern in furniture):
            lines.append(line)
    text = "\n".join(lines).replace("\u00ad\n", "-\n").replace("\u00ad", "")
    # A note begins with its figure; behind a word the figure is a mark.
    text = re.sub(r"(?m)^(\s*)([⁰¹²³⁴-⁹]+)", lambda found: found[1] + found[2].translate(RAISED) + " ", text)
    text = re.sub(r"[⁰¹²³⁴-⁹]+", " ", text)
    text = re.sub(r"(?<=[^\W\d_]{3})([.,;:)’”]?)\d{1,2}\b", r"\1", text)
    text = unicodedata.normalize("NFKC", text)
    text = re.sub(r"(?<=\w)[-‐‑]\s*(?=\w)", "", text)
    text = re.sub(r"\b(?:[A-ZÀ-Þ] ){3,}[A-ZÀ-Þ]\b", lambda found: found[0].replace(" ", ""), text)
    return re.findall(r"[^\W_]+", text)


def common_order(a, b):
    """Length of the longest common subsequence, bit by bit (Hyyrö 2004)."""
    places = {}
    for index, word in enumerate(a):
        places[word] = places.get(word, 0) | 1 << index
    ones = (1 << len(a)) - 1
    state = ones
    for word in b:
        found = state & places.get(word, 0)
        state = ((state + found) | (state - found)) & ones
    return len(a) - state.bit_count()


def f1(counts, other):
    total = counts.total() + other.total()
    return 2 * (counts & other).total() / total if total else 1.0


class Known:
    """What a file must give back."""

    def __init__(self, file):
        read = lambda suffix: path.read_text(encoding="utf-8") if (path := file.with_suffix(suffix)).exists() else ""
        self.furniture = [re.compile(line) for line in read(".furniture").splitlines() if line]
        self.body = words(read(".txt"))
        self.notes = words(read(".notes"))
        self.counts = Counter(self.body) + Counter(self.notes)

    def score(self, text):
        found = words(text, self.furniture)
        same = common_order(self.body, found) + common_order(self.notes, found)
        total = len(self.body) + len(self.notes) + len(found)
        return f1(self.counts, Counter(found)), min(1.0, 2 * same / total)


class Agreed:
    """What reference tools agree on. None of them tells raised figures from others, so that they count as figures here."""

    def __init__(self, texts):
        self.texts = [words(text.translate(RAISED)) for text in texts]
        counts = [Counter(text) for text in self.texts]
        everything = set().union(*counts)
        # Of two, the lower count: what only one of them saw may be noise.
        self.counts = Counter({word: statistics.median_low([count[word] for count in counts]) for word in everything})

    def score(self, text):
        found = words(text.translate(RAISED))
        order = [2 * common_order(known, found) / max(1, len(known) + len(found)) for known in self.texts]
        return f1(self.counts, Counter(found)), statistics.mean(order)


def text_of(command, file):
    """What a tool writes; nothing where it fails."""
    try:
        done = subprocess.run([file if part == "{}" else part for part in command], capture_output=True, timeout=LIMIT, check=False)
    except subprocess.TimeoutExpired:
        return ""
    return done.stdout.decode("utf-8", errors="replace")


def measure(file, tools, references):
    if file.with_suffix(".txt").exists():
        known = Known(file)
    elif len(references) >= 2:
        texts = [text_of(command, file) for command in references.values()]
        known = Agreed([text for text in texts if text.strip()] or [""])
    else:
        return file, None
    if known.counts.total() < FEWEST:
        return file, None
    return file, {name: known.score(text_of(command, file)) for name, command in tools.items()}


def table(rows, tools, every):
    """The scores as a Markdown table."""
    out = ["| file | " + " | ".join(tools) + " |", "|---|" + "---:|" * len(tools)]
    show = lambda pair: f"{pair[0]:.4f} / {pair[1]:.4f}"
    if every:
        out += [f"| {file.stem} | " + " | ".join(show(scores[name]) for name in tools) + " |" for file, scores in rows]
    for label, figure in (("mean", statistics.mean), ("median", statistics.median), ("lowest", min)):
        figures = (show([figure([scores[name][index] for _, scores in rows]) for index in (0, 1)]) for name in tools)
        out.append(f"| **{label}** of {len(rows)} | " + " | ".join(figures) + " |")
    return "\n".join(out)


def behind(rows, own, tools, slack):
    """Where `own` is behind the best of the others."""
    for file, scores in rows:
        for index, figure in enumerate(("words", "order")):
            best = max((scores[name][index], name) for name in tools if name != own)
            if scores[own][index] + slack < best[0]:
                yield f"{file.stem}: {figure} {scores[own][index]:.4f}, {best[1]} {best[0]:.4f}"


def named(text):
    name, _, command = text.partition("=")
    if "{}" not in command:
        raise argparse.ArgumentTypeError(f"no {{}} for the file in: {text}")
    return name, command.split()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="+", help="folders of PDFs, or single files")
    parser.add_argument("--clausula", default=str(ROOT / "target" / "release" / "clausula"), help="the program to measure")
    parser.add_argument("--tool", type=named, action="append", default=[], metavar="NAME=COMMAND", help="another tool to measure")
    parser.add_argument("--reference", type=named, action="append", default=[], metavar="NAME=COMMAND", help="a tool to measure by")
    parser.add_argument("--jobs", type=int, default=2, help="files read at once")
    parser.add_argument("--means", action="store_true", help="the last rows of the table only")
    parser.add_argument("--slack", type=float, default=0.0005, help="what still counts as level")
    parser.add_argument("--check", type=float, metavar="FIGURE", help="fail where clausula is below FIGURE or behind another tool")
    chosen = parser.parse_args()
    wanted = {"clausula": [chosen.clausula, "text", "{}"], "pdftotext": ["pdftotext", "{}", "-"], "pdftotext -layout": ["pdftotext", "-layout", "{}", "-"]}
    wanted |= dict(chosen.tool)
    references = dict(chosen.reference)
    tools = {}
    for name, command in wanted.items():
        if shutil.which(command[0]):
            tools[name] = command
        else:
            print(f"{name}: {command[0]} is absent, not measured", file=sys.stderr)
    absent = [name for name, command in references.items() if not shutil.which(command[0])]
    if absent or "clausula" not in tools:
        sys.exit(f"absent: {', '.join(absent) or 'clausula (see --clausula)'}")
    files = sorted(file for path in chosen.folder for file in ([path] if path.is_file() else path.glob("*.pdf")))
    begun = time.monotonic()
    with ThreadPoolExecutor(chosen.jobs) as pool:
        measured = list(pool.map(lambda file: measure(file, tools, references), files))
    rows = [(file, scores) for file, scores in measured if scores]
    if not rows:
        sys.exit("nothing to measure: no PDF with a known text, and fewer than two references")
    print(f"words / order; {len(files) - len(rows)} of {len(files)} files without enough known words left out; {time.monotonic() - begun:.0f} s\n")
    print(table(rows, tools, not chosen.means))
    faults = list(behind(rows, "clausula", tools, chosen.slack))
    if faults:
        print("\nclausula is behind the best of the others in:\n\n" + "\n".join(f"- {fault}" for fault in faults))
    low = [file.stem for file, scores in rows if min(scores["clausula"]) < (chosen.check or 0.0)]
    if low:
        print(f"\nclausula is below {chosen.check} in: {', '.join(low)}")
    if chosen.check and (low or faults):
        sys.exit(1)


if __name__ == "__main__":
    main()
