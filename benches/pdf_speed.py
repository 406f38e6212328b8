#!/usr/bin/env python3
"""Pages a second and peak memory of `clausula text`, beside `pdftotext` (Poppler): same files, same run.

    cargo build --release
    python3 benches/pdf_speed.py [--rounds 5] [--program target/release/clausula] [FILE or FOLDER ...]

Without files: the sample agreements and, where it is, the corpus (CLAUSULA_CORPUS or ../shared/corpus). The programs take
turns on each file, so that what else the machine does falls on both; each figure is the best of the rounds. On one core the
time is that of the processor (user and system, so a busy machine does not matter much); with all cores it is that of the
clock, which only says something on a quiet machine. A ratio above 1.00 says that clausula is faster. Memory is the largest
resident set; below the size of this script's own interpreter (about 14 MB) it cannot be told.

Only the standard library is used.
"""

import argparse
import os
import pathlib
import shutil
import subprocess
import sys
import time


def run(command, threads):
    """One run: seconds of the processor, seconds of the clock, peak memory in MB; None where it fails."""
    environment = dict(os.environ)
    environment.pop("RAYON_NUM_THREADS", None)
    if threads:
        environment["RAYON_NUM_THREADS"] = str(threads)
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    clock = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        return None
    return usage.ru_utime + usage.ru_stime, clock, usage.ru_maxrss / 1024


def best(runs):
    return tuple(min(values) for values in zip(*runs))


def pages(path):
    """The number of pages as pdfinfo tells it, 0 where it does not."""
    told = subprocess.run(["pdfinfo", path], capture_output=True, text=True, errors="replace")
    lines = [line.split() for line in told.stdout.splitlines() if line.startswith("Pages:")]
    return int(lines[0][1]) if lines else 0


def files(named):
    found = []
    for name in named:
        path = pathlib.Path(name)
        found += sorted(path.rglob("*.pdf")) if path.is_dir() else [path]
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("named", nargs="*", metavar="FILE or FOLDER")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--program", default="target/release/clausula")
    arguments = parser.parse_args()
    missing = [tool for tool in (arguments.program, "pdftotext", "pdfinfo") if not shutil.which(tool)]
    if missing:
        print(f"skipped: no {', '.join(missing)} (cargo build --release; install poppler-utils)")
        return
    named = arguments.named
    if not named:
        corpus = pathlib.Path(os.environ.get("CLAUSULA_CORPUS", "../shared/corpus")) / "documents" / "pdf"
        named = ["agreements", corpus] if corpus.is_dir() else ["agreements"]
        if not corpus.is_dir():
            print(f"skipped: no corpus at {corpus} (set CLAUSULA_CORPUS)")
    print(f"{os.cpu_count()} cores, best of {arguments.rounds} rounds; load at the start {os.getloadavg()[0]:.1f}")
    print(f"{'file':44} {'pages':>6} | {'one core: pages/s':>20} {'ratio':>6} | {'all cores: pages/s':>20} {'ratio':>6} | {'MB':>11}")
    totals = [0.0] * 5
    for path in files(named):
        count = pages(path)
        turns = []
        for _ in range(arguments.rounds):
            turn = [
                run([arguments.program, "text", path], 1),
                run(["pdftotext", path, "-"], None),
                run([arguments.program, "text", path], None),
            ]
            turns.append(turn)
            if None in turn:
                break
        if not count or None in turns[-1]:
            print(f"{path.name[:44]:44} skipped: one of the programs does not read it")
            continue
        one, other, every = (best(runs) for runs in zip(*turns))
        print(
            f"{path.name[:44]:44} {count:6} | {count / one[0]:9.0f} to {count / other[0]:7.0f} {other[0] / one[0]:6.2f}"
            f" | {count / every[1]:9.0f} to {count / other[1]:7.0f} {other[1] / every[1]:6.2f}"
            f" | {max(one[2], every[2]):4.0f} to {other[2]:3.0f}",
            flush=True,
        )
        totals = [total + value for total, value in zip(totals, (count, one[0], other[0], every[1], other[1]))]
    count, one, other, every, clock = totals
    if count:
        print(
            f"{'together':44} {count:6.0f} | {count / one:9.0f} to {count / other:7.0f} {other / one:6.2f}"
            f" | {count / every:9.0f} to {count / clock:7.0f} {clock / every:6.2f}"
        )


if __name__ == "__main__":
    sys.exit(main())
