#!/usr/bin/env python3
"""Makes the sample agreements from their sources.

    pip install -r requirements.txt
    python3 make.py [NAME ...] [--all-formats | --formats KIND ...] [--out DIR]

Every NAME.source in this folder becomes ../NAME.<format> by its `format:` line. The same source gives
the same bytes every time: all dates are fixed. With --all-formats each source becomes every format
(to check that the words are the same in each); give --out then, so as not to litter the folder.
"""

import argparse
import html
import re
import sys
import textwrap
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

HERE = Path(__file__).resolve().parent
LEVELS = {"#": "title", "##": "chapter", "###": "section", "####": "article"}
WORDS = {
    "en": {"contents": "TABLE OF CONTENTS", "page": "Page", "notes": "Footnotes", "preamble": "Preamble", "signed": "Done on"},
    "fr": {"contents": "TABLE DES MATIÈRES", "page": "Page", "notes": "Notes", "preamble": "Préambule", "signed": "Fait le"},
    "es": {"contents": "ÍNDICE", "page": "Página", "notes": "Notas", "preamble": "Preámbulo", "signed": "Hecho el"},
}
PREAMBLES = {"PREAMBLE", "PRÉAMBULE", "PREÁMBULO"}
INLINE = re.compile(r"\[\^(\w+)\]|\{\+(.+?)\+\}|\{-(.+?)-\}")
NUMBER = re.compile(r"^(\d{1,3}\.|\(?[a-z]{1,2}\)|\(?[ivxl]+\))\s+(?=\S)")


@dataclass
class Block:
    """A heading, a paragraph or a table."""

    kind: str  # title, division, chapter, section, article, paragraph, preamble, table
    text: str = ""
    number: str = ""
    name: str = ""
    notes: list = field(default_factory=list)  # (mark, text)
    rows: list = field(default_factory=list)


@dataclass
class Agreement:
    """A source that has been read."""

    stem: str
    head: dict
    blocks: list

    @property
    def words(self):
        return WORDS[self.head["language"]]

    @property
    def short(self):
        return self.head.get("short") or self.head["title"]


def read(path):
    """Reads a source."""
    lines = path.read_text(encoding="utf-8").split("\n")
    head = {}
    at = 0
    # The head ends with a line of dashes, or where the first heading begins.
    while at < len(lines) and lines[at].strip() != "---" and not lines[at].startswith("#"):
        key, colon, value = lines[at].partition(":")
        if colon:
            head[key.strip()] = value.strip()
        elif lines[at].strip():
            sys.exit(f"{path.name}:{at + 1}: not a line of the head: {lines[at]}")
        at += 1
    for key in ("title", "language", "format"):
        if key not in head:
            sys.exit(f"{path.name}: the head has no {key}")
    blocks = []
    for number, line in enumerate(lines[at:], at + 1):
        line = line.strip()
        if not line or line == "---":
            continue
        hashes = line.split(" ", 1)[0]
        if hashes in LEVELS:
            kind = LEVELS[hashes]
            rest = line[len(hashes):].strip()
            left, bar, right = (part.strip() for part in rest.partition("|"))
            if kind == "title" and any(block.kind != "title" for block in blocks):
                kind = "division"
            blocks.append(Block(kind, text=rest if not bar else f"{left} {right}", number=left if bar else "", name=right if bar else left))
        elif line.startswith("|"):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            if blocks and blocks[-1].kind == "table":
                blocks[-1].rows.append(cells)
            else:
                blocks.append(Block("table", rows=[cells]))
        elif match := re.match(r"\^(\w+) (.*)", line):
            if not blocks or f"[^{match[1]}]" not in blocks[-1].text:
                sys.exit(f"{path.name}:{number}: the note {match[1]} does not follow its mark")
            blocks[-1].notes.append((match[1], match[2]))
        else:
            kind = "preamble" if line in PREAMBLES else "paragraph"
            blocks.append(Block(kind, text=line))
    for block in blocks:
        marks = [match[1] for match in INLINE.finditer(block.text) if match[1]]
        if marks != [mark for mark, _ in block.notes]:
            sys.exit(f"{path.name}: marks without notes in: {block.text[:80]}")
    return Agreement(path.stem, head, blocks)


def pieces(text):
    """The text as pieces: ("text" | "note" | "ins" | "del", words)."""
    at = 0
    for match in INLINE.finditer(text):
        if match.start() > at:
            yield "text", text[at:match.start()]
        kind = "note" if match[1] else "ins" if match[2] else "del"
        yield kind, match[1] or match[2] or match[3]
        at = match.end()
    if at < len(text):
        yield "text", text[at:]


def plain(text):
    """The text with marks as [1]; changes as proposed."""
    return "".join(f"[{words}]" if kind == "note" else "" if kind == "del" else words for kind, words in pieces(text))


def depth_of(text):
    """How deep a paragraph stands by its number: 0 text or 1., 1 (a), 2 (i)."""
    match = NUMBER.match(text)
    if not match or match[1][0].isdigit():
        return 0
    bare = match[1].strip("()")
    return 2 if set(bare) <= set("ivx") and bare not in ("v", "x") else 1


# --- TXT ---------------------------------------------------------------------------------------


def as_txt(agreement):
    """A text as extracted by hand: wrapped at 88 columns, blank lines between paragraphs."""
    out = []
    for block in agreement.blocks:
        if block.kind == "table":
            widths = [max(len(row[column]) for row in block.rows if column < len(row)) for column in range(len(block.rows[0]))]
            lines = ["   ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() for row in block.rows]
            out.append("\n".join(lines))
        elif block.kind in ("title", "chapter", "division", "section"):
            parts = [block.number, block.name] if block.number else [block.name]
            out.append("\n".join(wrap(part) for part in parts))
        elif block.kind == "article":
            out.append(wrap(f"{block.number}: {block.name}" if block.number else block.name))
        else:
            indent = "    " * depth_of(block.text)
            out.append(wrap(plain(block.text), indent))
            out.extend(wrap(f"[{mark}] {text}") for mark, text in block.notes)
    return ("\n\n".join(out) + "\n").encode()


def wrap(text, indent=""):
    return "\n".join(textwrap.wrap(text, 88, initial_indent=indent, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False))


# --- XML ---------------------------------------------------------------------------------------


def as_xml(agreement):
    """The XML of the Texts of Trade Agreements corpus."""
    head = agreement.head
    parties = [party.strip() for party in head.get("parties", "").split(";") if party.strip()]
    out = ['<?xml version="1.0" encoding="UTF-8"?>', "<treaty>", "  <meta>", f"    <name>{escape(head['title'])}</name>"]
    out.append(f"    <language>{head['language']}</language>")
    if head.get("signed", "draft") != "draft":
        out.append(f"    <date_signed>{head['signed']}</date_signed>")
    out.append("    <parties_original>")
    out.extend(f'      <partyisocode n="{index}">{escape(party)}</partyisocode>' for index, party in enumerate(parties, 1))
    out += ["    </parties_original>", "  </meta>", "  <body>"]
    chapters = []  # (number, name, [(number, name, [lines])])

    def chapter(number, name):
        chapters.append((number, name, []))

    def article(number="", name=""):
        if not chapters:
            chapter("", agreement.words["preamble"])
        chapters[-1][2].append((number, name, []))

    for block in agreement.blocks:
        if block.kind == "title":
            continue
        if block.kind == "preamble":
            # Lines before the preamble (a note on a draft) have opened it already.
            if not chapters:
                chapter("", agreement.words["preamble"])
        elif block.kind in ("chapter", "division"):
            chapter(block.number, block.name)
        elif block.kind in ("section", "article"):
            article(block.number, block.name)
        else:
            if not chapters or not chapters[-1][2]:
                article()
            lines = chapters[-1][2][-1][2]
            if block.kind == "table":
                lines.extend(" | ".join(row) for row in block.rows)
            else:
                lines.append(plain(block.text))
                lines.extend(f"[{mark}] {text}" for mark, text in block.notes)
    identifier = 0
    for index, (number, name, articles) in enumerate(chapters, 1):
        out.append(f"    <chapter{attribute('number', number)}{attribute('name', name)} chapter_identifier=\"{index}\">")
        for number, name, lines in articles:
            identifier += 1
            head = f"      <article{attribute('number', number)}{attribute('name', name)} article_identifier=\"{identifier}\">"
            out.append(head + escape("\n".join(lines)) + "</article>")
        out.append("    </chapter>")
    out += ["  </body>", "</treaty>", ""]
    return "\n".join(out).encode()


def attribute(name, value):
    return f" {name}={quoteattr(value)}" if value else ""


# --- HTML --------------------------------------------------------------------------------------

STYLE = """body{margin:0;font:17px/1.55 Georgia,serif;color:#222;background:#f4f4f1}
.site{background:#24425c;color:#fff;padding:1rem 2rem}nav{background:#e3e7ea;padding:.5rem 2rem;font-size:.9rem}
nav ul{list-style:none;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:.2rem 1.2rem}nav a{color:#24425c}
main{max-width:46rem;margin:2rem auto;padding:1rem 3rem;background:#fff}h1,h2,h3{text-align:center;line-height:1.25}
h2{margin-top:3rem}h4{margin-bottom:.3rem}.item{margin-left:2rem}.sub{margin-left:4rem}table{border-collapse:collapse}
td,th{border:1px solid #bbb;padding:.2rem .6rem;text-align:left}.footnotes{font-size:.85rem;border-top:1px solid #999;margin-top:3rem}
.foot{padding:1rem 2rem;font-size:.85rem}"""
SITE = {
    "en": ("Ministry of External Trade", "Home", "Trade agreements", "Contact", "The text printed in the Official Gazette is the authentic one."),
    "fr": ("Ministère du Commerce extérieur", "Accueil", "Accords commerciaux", "Contact", "Seul le texte publié au Journal officiel fait foi."),
    "es": ("Ministerio de Comercio Exterior", "Inicio", "Acuerdos comerciales", "Contacto", "Solo es auténtico el texto publicado en la Gaceta Oficial."),
}


def as_html(agreement):
    """A page as a ministry would publish it."""
    language = agreement.head["language"]
    ministry, home, list_, contact, imprint = SITE[language]
    body, contents, notes = [], [], []
    for index, block in enumerate(agreement.blocks):
        if block.kind == "title":
            body.append(f"<h1>{escape(block.text)}</h1>")
        elif block.kind in ("division", "chapter"):
            contents.append((index, block))
            body.append(f'<h2 id="c{index}">{heading(block, "<br>")}</h2>')
        elif block.kind == "section":
            body.append(f"<h3>{heading(block, '. ')}</h3>")
        elif block.kind == "article":
            body.append(f"<h4>{heading(block, '. ')}</h4>")
        elif block.kind == "preamble":
            body.append(f"<h2>{escape(block.text)}</h2>")
        elif block.kind == "table":
            head, *rows = block.rows
            body.append("<table><thead><tr>" + "".join(f"<th>{escape(cell)}</th>" for cell in head) + "</tr></thead><tbody>")
            body.extend("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in rows)
            body.append("</tbody></table>")
        else:
            kind = ("", ' class="item"', ' class="sub"')[depth_of(block.text)]
            words = "".join(html_piece(*piece) for piece in pieces(block.text))
            body.append(f"<p{kind}>{words}</p>")
            notes.extend(block.notes)
    links = "".join(f'<li><a href="#c{index}">{escape(block.number or block.name)}</a></li>' for index, block in contents)
    if notes:
        items = "".join(f'<li id="fn{mark}"><p>{escape(text)} <a href="#fnref{mark}">↩</a></p></li>' for mark, text in notes)
        body.append(f'<section class="footnotes" aria-label="{agreement.words["notes"]}"><ol>{items}</ol></section>')
    inner = "\n".join(body)
    page = f"""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(agreement.head["title"])}</title>
<style>{STYLE}</style>
</head>
<body>
<header class="site"><p>{ministry}</p></header>
<nav><ul><li><a href="/">{home}</a></li><li><a href="/{language}">{list_}</a></li><li><a href="/contact">{contact}</a></li></ul><ul>{links}</ul></nav>
<main>
{inner}
</main>
<footer class="foot"><p>{imprint}</p></footer>
</body>
</html>
"""
    return page.encode()


def heading(block, between):
    return escape(block.number) + (between if block.number else "") + escape(block.name)


def html_piece(kind, words):
    if kind == "note":
        return f'<sup id="fnref{words}"><a href="#fn{words}">{words}</a></sup>'
    return html.escape(words, quote=False) if kind == "text" else f"<{kind}>{html.escape(words, quote=False)}</{kind}>"


# --- all ---------------------------------------------------------------------------------------


def main():
    # The two writers with libraries are apart, so that the others run without them.
    def as_pdf(agreement):
        import as_pdf as writer

        return writer.write(agreement)

    def as_docx(agreement):
        import as_docx as writer

        return writer.write(agreement)

    def as_akn(agreement):
        import as_legal_xml as writer

        return writer.as_akn(agreement)

    def as_fmx(agreement):
        import as_legal_xml as writer

        return writer.as_fmx(agreement)

    writers = {"txt": as_txt, "xml": as_xml, "html": as_html, "pdf": as_pdf, "docx": as_docx, "akn.xml": as_akn, "fmx.xml": as_fmx}
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("names", nargs="*", help="names of sources (default: all)")
    parser.add_argument("--all-formats", action="store_true")
    parser.add_argument("--formats", nargs="*", choices=list(writers), help="these formats, whatever the sources say")
    parser.add_argument("--out", type=Path, default=HERE.parent)
    chosen = parser.parse_args()
    sys.path.insert(0, str(HERE))
    for path in sorted(HERE.glob("*.source")):
        if chosen.names and path.stem not in chosen.names:
            continue
        agreement = read(path)
        for kind in writers if chosen.all_formats else chosen.formats or [agreement.head["format"]]:
            target = chosen.out / f"{path.stem}.{kind}"
            target.write_bytes(writers[kind](agreement))
            print(target)


if __name__ == "__main__":
    # The writers import this file by its name.
    sys.modules.setdefault("make", sys.modules["__main__"])
    main()
