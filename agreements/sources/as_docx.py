"""The Word document of an agreement: real styles, numbers that Word counts, real footnotes, tracked changes."""

import datetime
import io
import re
import zipfile

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from xml.sax.saxutils import escape

from make import NUMBER, pieces

FIXED = datetime.datetime(2026, 1, 2, 9, 0, 0)
AUTHOR = "HL"
FOOTNOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
CONTENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
FONT = "Liberation Serif"
LANGUAGES = {"en": "en-GB", "fr": "fr-FR", "es": "es-ES"}
# A list for each way of writing items: "(a)" and "a)".
LISTS = {"(": 900, "": 901}


class Numbers:
    """Counts as Word will, and opens a new list wherever that would not give the number of the source."""

    def __init__(self, numbering, usual):
        self.numbering = numbering
        # How most items of this agreement are written: "(" for "(a)", nothing for "a)".
        self.usual = usual
        self.last = 900
        self.count = [0, 0, 0]
        self.current = {}
        # Definitions of lists stand before the lists themselves.
        first = numbering.find(qn("w:num"))
        for open_, identifier in LISTS.items():
            levels = "".join(
                f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
                f'<w:pPr><w:ind w:left="{left}" w:hanging="567"/></w:pPr></w:lvl>'
                for level, (kind, text, left) in enumerate(
                    [("decimal", "%1.", 567), ("lowerLetter", f"{open_}%2)", 1134), ("lowerRoman", f"{open_}%3)", 1701)]
                )
            )
            definition = parse_xml(
                f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{identifier}"><w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
            )
            first.addprevious(definition) if first is not None else numbering.append(definition)

    def restart(self):
        """A new article counts from the beginning."""
        self.current = {}
        self.count = [0, 0, 0]

    def place(self, label):
        """The list and level that give a label; none where it must be typed."""
        open_ = "(" if label.startswith("(") else ""
        bare = label.strip("().")
        if label[0].isdigit():
            level, value = 0, int(bare)
        elif self.count[1] and bare == roman(self.count[2] + 1) and not (bare == "i" and self.count[1] == 8):
            level, value = 2, self.count[2] + 1
        elif len(bare) == 1:
            level, value = 1, ord(bare) - ord("a") + 1
        else:
            return None
        key = "number" if level == 0 else open_
        fits = self.count[level] + 1 == value
        self.count[level] = value
        self.count[level + 1:] = [0] * (2 - level)
        if not fits or key not in self.current:
            self.current[key] = self.open(LISTS[self.usual if level == 0 else open_], level, value)
        identifier = self.current[key]
        if level == 0:
            # Items of the usual form belong to the list of their paragraph; others get one of their own.
            self.current = {"number": identifier, self.usual: identifier}
        return identifier, level

    def open(self, definition, level, value):
        self.last += 1
        starts = "".join(
            f'<w:lvlOverride w:ilvl="{each}"><w:startOverride w:val="{value if each == level else 1}"/></w:lvlOverride>' for each in range(3)
        )
        self.numbering.append(
            parse_xml(f'<w:num {nsdecls("w")} w:numId="{self.last}"><w:abstractNumId w:val="{definition}"/>{starts}</w:num>')
        )
        return self.last


def roman(value):
    return ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"][value] if value <= 12 else "?"


class Writer:
    def __init__(self, agreement):
        self.agreement = agreement
        self.document = Document()
        self.notes = []
        self.changes = 0
        self.style()
        labels = [match[1] for block in agreement.blocks if (match := NUMBER.match(block.text))]
        items = [label.startswith("(") for label in labels if label.endswith(")")]
        usual = "(" if sum(items) * 2 >= len(items) else ""
        self.numbers = Numbers(self.document.part.numbering_part.element, usual)

    def style(self):
        document = self.document
        section = document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(3)
        section.top_margin = section.bottom_margin = Cm(2.6)
        styles = document.styles
        sizes = {"Normal": 11, "Title": 18, "Subtitle": 14, "Heading 1": 13, "Heading 2": 11.5, "Heading 3": 11}
        for name, size in sizes.items():
            style = styles[name]
            style.font.name, style.font.size = FONT, Pt(size)
            style.font.color.rgb = RGBColor(0, 0, 0)
            style.font.bold = name not in ("Normal", "Subtitle", "Heading 2")
            style.font.italic = name == "Heading 2"
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for key in list(fonts.attrib):
                if key.endswith("Theme"):
                    del fonts.attrib[key]
            for face in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
                fonts.set(qn(face), FONT)
            if name != "Normal":
                style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
                for border in style.element.iter(qn("w:pBdr")):
                    border.getparent().remove(border)
        styles["Title"].paragraph_format.space_before = Pt(120)
        styles["Title"].paragraph_format.space_after = Pt(12)
        styles["Heading 1"].paragraph_format.space_before = Pt(24)
        styles["Heading 3"].paragraph_format.space_before = Pt(14)
        for name in ("Heading 1", "Heading 2", "Heading 3"):
            styles[name].paragraph_format.space_after = Pt(6)
        styles["Normal"].paragraph_format.space_after = Pt(6)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), LANGUAGES[self.agreement.head["language"]])
        styles["Normal"].element.get_or_add_rPr().append(language)
        for markup in (
            '<w:style {} w:type="paragraph" w:styleId="FootnoteText"><w:name w:val="footnote text"/><w:basedOn w:val="Normal"/>'
            '<w:pPr><w:spacing w:after="0"/></w:pPr><w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>',
            '<w:style {} w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/>'
            '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>',
        ):
            styles.element.append(parse_xml(markup.format(nsdecls("w"))))
        head = section.header.paragraphs[0]
        head.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = head.add_run(self.agreement.short)
        run.italic, run.font.size = True, Pt(9)
        section.different_first_page_header_footer = True
        foot = section.footer.paragraphs[0]
        foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
        foot._p.append(parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'))

    def heading(self, block, style):
        paragraph = self.document.add_paragraph(style=style)
        if block.number:
            paragraph.add_run(block.number).add_break()
        paragraph.add_run(block.name or block.text)
        return paragraph

    def paragraph(self, block):
        paragraph = self.document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        text = block.text
        match = NUMBER.match(text)
        place = self.numbers.place(match[1]) if match else None
        if place:
            text = text[match.end():]
            number = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            number.get_or_add_ilvl().val = place[1]
            number.get_or_add_numId().val = place[0]
            paragraph.paragraph_format.left_indent = Cm(place[1] + 1)
            paragraph.paragraph_format.first_line_indent = Cm(-1)
        notes = dict(block.notes)
        for kind, words in pieces(text):
            if kind == "note":
                self.note(paragraph, notes[words])
            elif kind == "text":
                paragraph.add_run(words)
            else:
                self.change(paragraph, kind, words)

    def note(self, paragraph, text):
        self.notes.append(text)
        identifier = len(self.notes)
        run = f'<w:r {nsdecls("w")}><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{identifier}"/></w:r>'
        paragraph._p.append(parse_xml(run))

    def change(self, paragraph, kind, words):
        self.changes += 1
        tag = "t" if kind == "ins" else "delText"
        paragraph._p.append(
            parse_xml(
                f'<w:{kind} {nsdecls("w")} w:id="{9000 + self.changes}" w:author="{AUTHOR}" w:date="{FIXED.isoformat()}Z">'
                f'<w:r><w:{tag} xml:space="preserve">{escape(words)}</w:{tag}></w:r></w:{kind}>'
            )
        )

    def table(self, block):
        table = self.document.add_table(rows=0, cols=len(block.rows[0]), style="Table Grid")
        for row in block.rows:
            for cell, words in zip(table.add_row().cells, row):
                cell.text = words

    def write(self):
        styles = {"division": "Heading 1", "chapter": "Heading 1", "preamble": "Heading 1", "section": "Heading 2", "article": "Heading 3"}
        titles = 0
        for block in self.agreement.blocks:
            if block.kind == "title":
                self.heading(block, "Subtitle" if titles else "Title")
                titles += 1
            elif block.kind in styles:
                self.numbers.restart()
                heading = self.heading(block, styles[block.kind])
                heading.paragraph_format.page_break_before = True if block.kind == "division" else None
            elif block.kind == "table":
                self.table(block)
            else:
                self.paragraph(block)
        core = self.document.core_properties
        core.title, core.author, core.last_modified_by = self.agreement.head["title"], "clausula", "clausula"
        core.subject, core.comments, core.keywords, core.language = self.agreement.short, "", "", self.agreement.head["language"]
        core.created = core.modified = core.last_printed = FIXED
        core.revision = 1
        buffer = io.BytesIO()
        self.document.save(buffer)
        return self.patch(buffer)

    def patch(self, buffer):
        """Adds the footnotes, which python-docx does not know, and fixes every date in the package."""
        source = zipfile.ZipFile(buffer)
        parts = {name: source.read(name) for name in source.namelist() if not name.startswith("docProps/thumbnail")}
        parts["[Content_Types].xml"] = edit(parts["[Content_Types].xml"], "</Types>", f'<Override PartName="/word/footnotes.xml" ContentType="{CONTENT}"/></Types>')
        relations = "word/_rels/document.xml.rels"
        parts[relations] = edit(parts[relations], "</Relationships>", f'<Relationship Id="rIdNotes" Type="{FOOTNOTES}" Target="footnotes.xml"/></Relationships>')
        package = parts["_rels/.rels"].decode()
        parts["_rels/.rels"] = re.sub(r"<Relationship [^>]*thumbnail[^>]*/>", "", package).encode()
        separators = '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
        parts["word/settings.xml"] = edit(parts["word/settings.xml"], "<w:compat>", separators + "<w:compat>")
        parts["word/footnotes.xml"] = self.footnotes().encode()
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
            for name in sorted(parts, key=lambda name: (name != "[Content_Types].xml", name)):
                entry = zipfile.ZipInfo(name, FIXED.timetuple()[:6])
                entry.compress_type = zipfile.ZIP_DEFLATED
                entry.create_system = 0
                package.writestr(entry, parts[name])
        return out.getvalue()

    def footnotes(self):
        def separator(identifier, kind, mark):
            return f'<w:footnote w:type="{kind}" w:id="{identifier}"><w:p><w:r><w:{mark}/></w:r></w:p></w:footnote>'

        notes = [separator(-1, "separator", "separator"), separator(0, "continuationSeparator", "continuationSeparator")]
        for identifier, text in enumerate(self.notes, 1):
            notes.append(
                f'<w:footnote w:id="{identifier}"><w:p><w:pPr><w:pStyle w:val="FootnoteText"/></w:pPr><w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
                f'<w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> {escape(text)}</w:t></w:r></w:p></w:footnote>'
            )
        return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:footnotes {nsdecls("w")}>{"".join(notes)}</w:footnotes>'


def edit(part, old, new):
    text = part.decode()
    if old not in text:
        raise SystemExit(f"the package has no {old}")
    return text.replace(old, new, 1).encode()


def write(agreement):
    """The bytes of the document."""
    return Writer(agreement).write()
