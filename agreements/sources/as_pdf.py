"""The PDF of an agreement, set like an official gazette: A4, title page, contents, footnotes at the foot of the page."""

import io
from pathlib import Path
from xml.sax.saxutils import escape

from reportlab import rl_config
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, CondPageBreak, Frame, NextPageTemplate, PageBreak, PageTemplate, Paragraph, Spacer, Table
from reportlab.platypus.tableofcontents import TableOfContents

from make import depth_of, pieces

# The first folder that has all four faces is used; without one, the standard Times, which is not embedded.
FONTS = [
    ("/usr/share/fonts/truetype/liberation", "LiberationSerif-{}.ttf", ("Regular", "Bold", "Italic", "BoldItalic")),
    ("/usr/share/fonts/truetype/liberation2", "LiberationSerif-{}.ttf", ("Regular", "Bold", "Italic", "BoldItalic")),
    ("/usr/share/fonts/truetype/dejavu", "DejaVuSerif{}.ttf", ("", "-Bold", "-Italic", "-BoldItalic")),
]
# Units above a chapter, in the three languages.
GREATER = ("TITLE", "TITRE", "TÍTULO", "PART ", "PARTIE", "PARTE")
LEFT, RIGHT, TOP, BOTTOM = 30 * mm, 30 * mm, 30 * mm, 26 * mm


def fonts():
    """Registers a serif family and returns its names: regular, bold, italic."""
    for folder, pattern, faces in FONTS:
        files = [Path(folder) / pattern.format(face) for face in faces]
        if all(file.exists() for file in files):
            names = ["Serif", "Serif-Bold", "Serif-Italic", "Serif-BoldItalic"]
            for name, file in zip(names, files):
                pdfmetrics.registerFont(TTFont(name, str(file)))
            pdfmetrics.registerFontFamily("Serif", normal=names[0], bold=names[1], italic=names[2], boldItalic=names[3])
            return names[:3]
    return ["Times-Roman", "Times-Bold", "Times-Italic"]


class NoteFrame(Frame):
    """A frame that keeps room at its foot for the notes of the paragraphs that it holds."""

    def _reset(self):
        self._y1p = self._y1 + self._bottomPadding
        super()._reset()
        self.notes = []

    def room(self, notes):
        """The height that notes take, with the rule above the first."""
        if not notes:
            return 0
        height = sum(note.wrap(self._aW, 10_000)[1] + 2 for note in notes)
        return height + (0 if self.notes else 10)

    def _add(self, flowable, canv, trySplit=0):
        notes = getattr(flowable, "notes", [])
        room = self.room(notes)
        self._y1p += room
        # A paragraph with a mark is not split, so that mark and note share a page.
        done = super()._add(flowable, canv, trySplit=0 if notes else trySplit)
        if done:
            self.notes.extend(notes)
        else:
            self._y1p -= room
        return done

    add = _add

    def split(self, flowable, canv):
        return [] if getattr(flowable, "notes", []) else super().split(flowable, canv)

    def draw_notes(self, canv):
        if not self.notes:
            return
        x, y = self._x1 + self._leftPadding, self._y1p
        canv.setLineWidth(0.4)
        canv.line(x, y - 5, x + 45 * mm, y - 5)
        y -= 10
        for note in self.notes:
            _, height = note.wrap(self._aW, 10_000)
            y -= height
            note.drawOn(canv, x, y)
            y -= 2
        self.notes = []


class Gazette(BaseDocTemplate):
    """The document: it tells the contents where the headings fell."""

    def afterFlowable(self, flowable):
        if hasattr(flowable, "entry"):
            self.notify("TOCEntry", (flowable.level, flowable.entry, self.page, flowable.key))
            self.canv.bookmarkPage(flowable.key)
            self.canv.addOutlineEntry(flowable.plain, flowable.key, 0)


def write(agreement):
    """The bytes of the PDF."""
    rl_config.invariant = 1
    regular, bold, italic = fonts()
    body = ParagraphStyle("body", fontName=regular, fontSize=10.5, leading=14, alignment=TA_JUSTIFY, spaceAfter=6)
    items = [
        body,
        ParagraphStyle("item", parent=body, leftIndent=9 * mm),
        ParagraphStyle("sub", parent=body, leftIndent=18 * mm),
    ]
    center = ParagraphStyle("center", parent=body, alignment=TA_CENTER)
    chapter = ParagraphStyle("chapter", parent=center, fontName=bold, fontSize=12, leading=16, spaceBefore=18, spaceAfter=10, keepWithNext=1)
    section = ParagraphStyle("section", parent=chapter, fontName=italic, fontSize=11.5, spaceBefore=10)
    article = ParagraphStyle("article", parent=center, fontName=bold, spaceBefore=12, spaceAfter=6, keepWithNext=1)
    title = ParagraphStyle("title", parent=center, fontName=bold, fontSize=20, leading=27, spaceAfter=14)
    under = ParagraphStyle("under", parent=title, fontName=regular, fontSize=14, leading=20)
    note = ParagraphStyle("note", parent=body, fontSize=8.5, leading=10.5, spaceAfter=0)
    cell = ParagraphStyle("cell", parent=body, fontSize=9.5, leading=12, spaceAfter=0, alignment=0)

    def page(canv, doc):
        canv.setFont(italic, 9)
        canv.drawString(LEFT, A4[1] - 20 * mm, agreement.short)
        canv.setLineWidth(0.4)
        canv.line(LEFT, A4[1] - 22 * mm, A4[0] - RIGHT, A4[1] - 22 * mm)
        canv.setFont(regular, 9)
        canv.drawCentredString(A4[0] / 2, 14 * mm, str(doc.page))

    width, height = A4[0] - LEFT - RIGHT, A4[1] - TOP - BOTTOM
    buffer = io.BytesIO()
    doc = Gazette(buffer, pagesize=A4, title=agreement.head["title"], author="clausula", subject=agreement.short, lang=agreement.head["language"])
    cover = Frame(LEFT, BOTTOM, width, height, 0, 0, 0, 0, id="cover")
    text = NoteFrame(LEFT, BOTTOM, width, height, 0, 0, 0, 0, id="text")
    doc.addPageTemplates(
        [
            PageTemplate("cover", [cover]),
            PageTemplate("text", [text], onPage=page, onPageEnd=lambda canv, doc: text.draw_notes(canv)),
        ]
    )
    story = [Spacer(1, 60 * mm)]
    titles = [block for block in agreement.blocks if block.kind == "title"]
    for index, block in enumerate(titles):
        story.append(Paragraph(escape(block.text), under if index else title))
    entry = ParagraphStyle("entry", parent=body, alignment=0, rightIndent=12 * mm, spaceAfter=3)
    contents = TableOfContents(dotsMinLevel=0, levelStyles=[entry, ParagraphStyle("under-entry", parent=entry, leftIndent=8 * mm, fontSize=10)])
    # Where an agreement has titles, its chapters stand below them.
    titled = any(block.kind == "chapter" and block.number.startswith(GREATER) for block in agreement.blocks)
    story += [NextPageTemplate("text"), PageBreak(), Paragraph(agreement.words["contents"], chapter), contents, PageBreak()]
    for index, block in enumerate(agreement.blocks):
        if block.kind == "title":
            continue
        if block.kind in ("division", "chapter", "preamble"):
            name = block.name or block.text
            words = f"{escape(block.number)}<br/>{escape(name)}" if block.number else escape(name)
            # An annex or protocol begins on a new page, a chapter stays with its first lines.
            story.append(PageBreak() if block.kind == "division" else CondPageBreak(40 * mm))
            flowable = Paragraph(words, chapter)
            flowable.plain = f"{block.number} {name}".strip()
            flowable.entry = escape(flowable.plain)
            flowable.key = f"h{index}"
            flowable.level = int(titled and block.kind == "chapter" and not block.number.startswith(GREATER))
            story.append(flowable)
        elif block.kind == "section":
            words = f"{escape(block.number)} – {escape(block.name)}" if block.number else escape(block.name)
            story.append(Paragraph(words, section))
        elif block.kind == "article":
            words = f"{escape(block.number)}<br/>{escape(block.name)}" if block.number else escape(block.name)
            story.append(Paragraph(words, article))
        elif block.kind == "table":
            rows = [[Paragraph(escape(words), cell) for words in row] for row in block.rows]
            longest = [max(len(row[column]) for row in block.rows if column < len(row)) + 4 for column in range(len(block.rows[0]))]
            widths = [width * part / sum(longest) for part in longest]
            table = Table(rows, colWidths=widths, repeatRows=1, style=[("GRID", (0, 0), (-1, -1), 0.4, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")])
            story += [table, Spacer(1, 8)]
        else:
            flowable = Paragraph("".join(piece(*each) for each in pieces(block.text)), items[depth_of(block.text)])
            flowable.notes = [Paragraph(f'<super size="6.5">{escape(mark)}</super> {escape(words)}', note) for mark, words in block.notes]
            story.append(flowable)
    doc.multiBuild(story)
    return buffer.getvalue()


def piece(kind, words):
    words = escape(words)
    if kind == "note":
        return f'<super size="7">{words}</super>'
    return f"<u>{words}</u>" if kind == "ins" else f"<strike>{words}</strike>" if kind == "del" else words
