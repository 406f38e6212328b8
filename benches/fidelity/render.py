#!/usr/bin/env python3
"""Renders our own sample agreements to PDFs in many ways, each beside the text that it must give back.

    python3 benches/fidelity/render.py OUT

For each rendering NAME, OUT gets NAME.pdf and

    NAME.txt        the words in reading order, a paragraph to a line, the cells of a row divided by tabs
    NAME.notes      the footnotes, one to a line, each with its number
    NAME.furniture  what the rendering adds to every page, as regular expressions for whole lines

Tools that are not on this machine are named, and their renderings left out. Needs Python 3 alone; uses
soffice, groff, gs, qpdf, chromium and the packages reportlab and fpdf2 where they are.
"""

import importlib.util
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from html import escape
from pathlib import Path

SOURCES = Path(__file__).resolve().parents[2] / "agreements" / "sources"
sys.path.insert(0, str(SOURCES))
import make  # noqa: E402  the reader of the sources

FONTS = ("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf", "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf")
HEADINGS = ("title", "division", "chapter", "section", "article", "preamble")


@dataclass
class Block:
    """A heading, a paragraph or a table of a source, changes as proposed."""

    kind: str
    text: str = ""
    notes: list = field(default_factory=list)
    rows: list = field(default_factory=list)


def blocks(name, share=1.0):
    """The blocks of a source, or the first part of them, with notes numbered from 1."""
    agreement = make.read(SOURCES / f"{name}.source")
    out, number = [], 0
    for block in agreement.blocks[: int(len(agreement.blocks) * share)]:
        text = "".join("\0" if kind == "note" else "" if kind == "del" else words for kind, words in make.pieces(block.text))
        notes = []
        for _, words in block.notes:
            number += 1
            notes.append((number, words))
        out.append(Block(block.kind, text, notes, block.rows))
    return out


def with_marks(block, mark, plain=lambda text: text):
    """The text of a block with each note put in by `mark(number, words)`."""
    first, *rest = block.text.split("\0")
    return plain(first) + "".join(mark(*note) + plain(part) for note, part in zip(block.notes, rest))


def write_truth(out, name, parts, furniture=(), notes=True):
    """Writes what a rendering must give back."""
    body = ["\n".join("\t".join(row) for row in part.rows) if part.rows else part.text.replace("\0", "") for part in parts]
    (out / f"{name}.txt").write_text("\n".join(body) + "\n", encoding="utf-8")
    lines = [f"{number} {words}\n" for part in parts for number, words in part.notes] if notes else []
    (out / f"{name}.notes").write_text("".join(lines), encoding="utf-8")
    (out / f"{name}.furniture").write_text("".join(f"{pattern}\n" for pattern in furniture), encoding="utf-8")


def run(*command, **options):
    """Runs a tool; its output is shown only when it fails."""
    done = subprocess.run([str(part) for part in command], capture_output=True, timeout=300, check=False, **options)
    if done.returncode not in (0, 3):  # qpdf says 3 for a warning
        sys.exit(f"{command[0]} failed:\n{done.stderr.decode(errors='replace')[-800:]}")
    return done.stdout


# --- LibreOffice -------------------------------------------------------------------------------

NAMES = ("office", "text", "style", "table", "fo", "svg")
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name if name not in ("fo", "svg") else name + "-compatible"}:1.0"' if name not in ("fo", "svg")
    else f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{"xsl-fo" if name == "fo" else "svg"}-compatible:1.0"'
    for name in NAMES
)


def flat_odt(parts, language="en", country="GB", columns=1, hyphens=False, heads="", font="Liberation Serif", size=11, wide=False, justify=False):
    """A document for LibreOffice in one file."""
    column = f'<style:columns fo:column-count="{columns}" fo:column-gap="0.8cm"/>' if columns > 1 else ""
    page = 'fo:page-width="29.7cm" fo:page-height="21cm" style:print-orientation="landscape"' if wide else 'fo:page-width="21cm" fo:page-height="29.7cm"'
    head = f"<style:header><text:p>{escape(heads)}</text:p></style:header>" if heads else ""
    foot = '<style:footer><text:p text:style-name="C">– <text:page-number text:select-page="current"/> –</text:p></style:footer>' if heads else ""
    align = ' fo:text-align="justify"' if justify else ""
    styles = "".join(
        f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties {paragraph}/><style:text-properties {text}/></style:style>'
        for name, paragraph, text in (
            ("P", f'fo:margin-bottom="0.2cm"{align}', f'fo:hyphenate="{"true" if hyphens else "false"}"'),
            ("I", f'fo:margin-left="1cm" fo:margin-bottom="0.2cm"{align}', f'fo:hyphenate="{"true" if hyphens else "false"}"'),
            ("C", 'fo:text-align="center"', ""),
            ("H", 'fo:text-align="center" fo:margin-top="0.4cm" fo:margin-bottom="0.2cm" fo:keep-with-next="always"', 'fo:font-weight="bold"'),
        )
    )

    def note(number, words):
        cite = f"<text:note-citation>{number}</text:note-citation>"
        return f'<text:note text:note-class="footnote">{cite}<text:note-body><text:p>{escape(words)}</text:p></text:note-body></text:note>'

    body = []
    for part in parts:
        if part.rows:
            body.append(f'<table:table><table:table-column table:number-columns-repeated="{len(part.rows[0])}"/>')
            for row in part.rows:
                cells = (f'<table:table-cell table:style-name="B"><text:p>{escape(cell)}</text:p></table:table-cell>' for cell in row)
                body.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
            body.append("</table:table>")
            continue
        style = "H" if part.kind in HEADINGS else "I" if make.depth_of(part.text) else "P"
        body.append(f'<text:p text:style-name="{style}">{with_marks(part, note, escape)}</text:p>')
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {SPACES} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:styles><style:default-style style:family="paragraph"><style:text-properties style:font-name="{font}" fo:font-family="{font}" fo:font-size="{size}pt" fo:language="{language}" fo:country="{country}" fo:hyphenation-remain-char-count="2" fo:hyphenation-push-char-count="2"/></style:default-style>
<text:notes-configuration text:note-class="footnote" style:num-format="1" text:start-numbering-at="document"/></office:styles>
<office:automatic-styles>{styles}
<style:style style:name="B" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="0.1cm"/></style:style>
<style:page-layout style:name="L"><style:page-layout-properties {page} fo:margin="2cm">{column}</style:page-layout-properties></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="L">{head}{foot}</style:master-page></office:master-styles>
<office:body><office:text>{''.join(body)}</office:text></office:body></office:document>"""


def libre_office(out):
    heads = "Official Gazette of the Ministry, special edition"
    furniture = (re.escape(heads), r"– \d+ –")
    union, savane, costa = "aurelian-union-tavira-partnership", "accord-savane-littoral", "tratado-costa-brava-altamar"
    kinds = {
        "lo-one-column": (blocks("norrland-saltmere-free-trade"), {}, ()),
        "lo-two-columns": (blocks(union), {"columns": 2, "size": 9, "justify": True, "hyphens": True}, ()),
        "lo-two-columns-ragged": (blocks("norrland-saltmere-free-trade"), {"columns": 2, "size": 10, "font": "DejaVu Serif"}, ()),
        "lo-hyphenated-french": (blocks(savane), {"language": "fr", "country": "FR", "columns": 2, "hyphens": True, "justify": True}, ()),
        "lo-hyphenated-spanish": (blocks(costa), {"language": "es", "country": "ES", "size": 13, "hyphens": True, "justify": True}, ()),
        "lo-footnotes": (blocks(union), {"size": 12}, ()),
        "lo-heads-and-pages": (blocks(union), {"heads": heads, "columns": 2, "size": 10}, furniture),
        "lo-ligatures": (blocks("meridia-castellan-trade-promotion"), {"font": "Linux Libertine O", "justify": True, "hyphens": True}, ()),
        "lo-wide": (blocks(costa), {"language": "es", "country": "ES", "wide": True, "heads": heads, "columns": 3, "size": 9}, furniture),
    }
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for name, (parts, options, furniture) in kinds.items():
            files.append(Path(folder) / f"{name}.fodt")
            files[-1].write_text(flat_odt(parts, **options), encoding="utf-8")
            write_truth(out, name, parts, furniture)
        run("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf", "--outdir", out, *files)


# --- groff -------------------------------------------------------------------------------------


def roff(parts, columns=1):
    lines = [".nr PO 2.5c", ".nr LL 16c", ".hy 4", f".{columns}C" if columns > 1 else ".LP"]

    def plain(text):
        text = text.replace("\\", "\\e")
        return re.sub(r"^([.'])", r"\\&\1", text)

    for part in parts:
        if part.rows:
            lines += [".TS", "allbox tab(@);", " ".join("lw(4c)" for _ in part.rows[0]) + "."]
            lines += ["@".join(f"T{{\n{plain(cell)}\nT}}" for cell in row) for row in part.rows]
            lines.append(".TE")
            continue
        lines.append(".SH" if part.kind in HEADINGS else ".LP")
        lines.append(with_marks(part, lambda number, words: f"\\*{{{number}\\*}}\n.FS \"{number}\"\n{plain(words)}\n.FE\n", plain).rstrip())
    return "\n".join(lines) + "\n"


def groff(out):
    kinds = (("groff-two-columns", "norrland-saltmere-free-trade", 2, "pdf"), ("groff-footnotes", "aurelian-union-tavira-partnership", 1, "pdf"))
    for name, source, columns, device in kinds:
        parts = blocks(source)
        data = run("groff", "-k", "-t", "-ms", f"-T{device}", input=roff(parts, columns).encode())
        (out / f"{name}.pdf").write_bytes(data)
        write_truth(out, name, parts, (r"-\d+-",))


# --- Python ------------------------------------------------------------------------------------


def report_lab(out):
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

    fonts = {"reportlab-standard-fonts": "Times-Roman"}
    found = next((path for path in FONTS if Path(path).exists()), None)
    if found:
        pdfmetrics.registerFont(TTFont("Own", found))
        fonts["reportlab-truetype"] = "Own"
    for name, font in fonts.items():
        parts = [part for part in blocks("accord-savane-littoral") if not part.notes]
        style = ParagraphStyle("own", fontName=font, fontSize=10, leading=12)
        flow = []
        for part in parts:
            if part.rows:
                flow.append(Table([[Paragraph(escape(cell), style) for cell in row] for row in part.rows], style=[("GRID", (0, 0), (-1, -1), 0.5, "black")]))
            else:
                flow.append(Paragraph(escape(part.text), style))
            flow.append(Spacer(1, 4))
        SimpleDocTemplate(str(out / f"{name}.pdf"), pagesize=A4, invariant=1).build(flow)
        write_truth(out, name, parts)


def fpdf2(out):
    from fpdf import FPDF

    found = next((path for path in FONTS if Path(path).exists()), None)
    if not found:
        print("no DejaVu or Liberation font: fpdf2 left out", file=sys.stderr)
        return
    parts = [part for part in blocks("tratado-costa-brava-altamar") if not part.notes and not part.rows]
    pdf = FPDF(format="A4")
    pdf.add_font("Own", "", found)
    pdf.set_font("Own", size=10)
    pdf.add_page()
    for part in parts:
        pdf.multi_cell(0, 5, part.text, new_x="LMARGIN", new_y="NEXT")
        pdf.ln(2)
    pdf.output(str(out / "fpdf2-composite-font.pdf"))
    write_truth(out, "fpdf2-composite-font", parts)


# --- a browser ---------------------------------------------------------------------------------


def chromium(out):
    parts = [part for part in blocks("meridia-castellan-trade-promotion") if not part.notes]
    kinds = {"chromium-print": "", "chromium-two-columns": "main{columns:2;column-gap:1cm;text-align:justify;hyphens:auto}"}
    for name, style in kinds.items():
        body = []
        for part in parts:
            if part.rows:
                rows = ("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in part.rows)
                body.append(f"<table border=1>{''.join(rows)}</table>")
            else:
                tag = "h3" if part.kind in HEADINGS else "p"
                body.append(f"<{tag}>{escape(part.text)}</{tag}>")
        page = f'<html lang="en"><meta charset="utf-8"><title>Print</title><style>body{{font:11pt serif}}{style}</style><main>{"".join(body)}</main></html>'
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder) / "page.html"
            source.write_text(page, encoding="utf-8")
            options = ("--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={folder}/profile")
            run("chromium", *options, f"--print-to-pdf={out / name}.pdf", source.as_uri())
        write_truth(out, name, parts)


# --- rewritten files ---------------------------------------------------------------------------


def copy_truth(out, source, name):
    for suffix in (".txt", ".notes", ".furniture"):
        shutil.copy(out / f"{source}{suffix}", out / f"{name}{suffix}")


def ghostscript(out):
    for source in ("lo-two-columns", "lo-ligatures", "groff-footnotes"):
        if (out / f"{source}.pdf").exists():
            name = f"gs-rewrite-of-{source}"
            run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", f"-sOutputFile={out / name}.pdf", out / f"{source}.pdf")
            copy_truth(out, source, name)


def qpdf(out):
    ways = {
        "qpdf-object-streams": ("--object-streams=generate",),
        "qpdf-linearized": ("--linearize",),
        "qpdf-rc4-40": ("--allow-weak-crypto", "--encrypt", "", "owner", "40", "--"),
        "qpdf-rc4-128": ("--allow-weak-crypto", "--encrypt", "", "owner", "128", "--use-aes=n", "--"),
        "qpdf-aes-128": ("--allow-weak-crypto", "--encrypt", "", "owner", "128", "--use-aes=y", "--"),
        "qpdf-aes-256": ("--encrypt", "", "owner", "256", "--"),
        "qpdf-pages-turned": ("--rotate=+90",),
    }
    source = next((name for name in ("lo-footnotes", "groff-footnotes", "fpdf2-composite-font") if (out / f"{name}.pdf").exists()), None)
    if source is None:
        print("nothing for qpdf to rewrite", file=sys.stderr)
        return
    for name, options in ways.items():
        run("qpdf", *options, out / f"{source}.pdf", out / f"{name}.pdf")
        copy_truth(out, source, name)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    programs = {"soffice": libre_office, "groff": groff, "chromium": chromium}
    packages = {"reportlab": report_lab, "fpdf": fpdf2}
    last = {"gs": ghostscript, "qpdf": qpdf}
    for program, render in programs.items():
        render(out) if shutil.which(program) else print(f"{program} is absent: its renderings are left out", file=sys.stderr)
    for package, render in packages.items():
        render(out) if importlib.util.find_spec(package) else print(f"the package {package} is absent: its renderings are left out", file=sys.stderr)
    for program, render in last.items():
        render(out) if shutil.which(program) else print(f"{program} is absent: its renderings are left out", file=sys.stderr)
    print(f"{len(list(out.glob('*.pdf')))} PDFs in {out}")


if __name__ == "__main__":
    main()
