#!/usr/bin/env python3
"""Makes the two drafts with tracked changes that tests/drafts.rs reads, and checks them against LibreOffice.

    python3 tests/documents/make_draft.py word     writes draft-word.docx: built by hand as Word writes it
    python3 tests/documents/make_draft.py office   writes draft-libreoffice.docx: saved by LibreOffice
    python3 tests/documents/make_draft.py numbers  prints what LibreOffice makes of both, as proposed and as it was

The words are ours. The draft holds insertions, deletions and a move by two authors, numbers three levels deep,
a footnote, an endnote, comments and a table with an inserted row. Word is not needed; `office` and `numbers`
call soffice and pdftotext.
"""

import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

HERE = pathlib.Path(__file__).parent
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WHO = {"A": 'w:author="Ana Quill" w:date="2026-03-01T09:00:00Z"', "B": 'w:author="Ben Reed" w:date="2026-03-02T10:00:00Z"'}
PART = "application/vnd.openxmlformats-officedocument.wordprocessingml"
identifier = iter(range(100, 10_000))


def text(words, element="t"):
    return f'<w:r><w:{element} xml:space="preserve">{words}</w:{element}></w:r>'


def tracked(element, who, inner):
    return f'<w:{element} w:id="{next(identifier)}" {WHO[who]}>{inner}</w:{element}>'


def ins(who, words):
    return tracked("ins", who, text(words))


def dele(who, words):
    return tracked("del", who, text(words, "delText"))


def par(style, *runs, mark="", change=""):
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    mark = f"<w:rPr>{mark}</w:rPr>" if mark else ""
    return f"<w:p><w:pPr>{properties}{mark}{change}</w:pPr>{''.join(runs)}</w:p>"


def mark(element, who):
    return f'<w:{element} w:id="{next(identifier)}" {WHO[who]}/>'


def row(*cells, change=""):
    change = f"<w:trPr>{change}</w:trPr>" if change else ""
    return f"<w:tr>{change}" + "".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in cells) + "</w:tr>"


def word_body():
    note = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'
    end = '<w:r><w:endnoteReference w:id="2"/></w:r>'
    comment = '<w:r><w:commentReference w:id="0"/></w:r>'
    both = tracked("ins", "A", text("prompt and ") + tracked("del", "B", text("costly ", "delText")))
    moved = "The Parties shall keep a register of festivals."
    return [
        par("Art", text("Scope")),
        par("Para", text("This Agreement applies to "), dele("A", "cinema"), ins("A", "film and music"), text(" of the Parties."), note),
        par("Para", text("It does not apply to:")),
        par("Point", text("archives;")),
        # An inserted point: the next one is counted on.
        par("Point", ins("B", "libraries;"), mark=mark("ins", "B")),
        par("Point", text("museums;"), comment),
        # A point struck out with its mark.
        par("Point", dele("A", "circuses;"), mark=mark("del", "A")),
        par("Point", text("theatres.")),
        # An inserted article.
        par("Art", ins("B", "Definitions"), mark=mark("ins", "B")),
        par("Para", ins("B", "Film means a work of moving pictures."), mark=mark("ins", "B")),
        par("Art", text("Exchange")),
        par("Para", text("Each Party shall give "), both, text("access."), end),
        # A move: struck out here, put in two paragraphs below.
        f'<w:moveFromRangeStart w:id="70" {WHO["B"]} w:name="move1"/>',
        par("Para", tracked("moveFrom", "B", text(moved)), mark=mark("moveFrom", "B")),
        '<w:moveFromRangeEnd w:id="70"/>',
        # Two paragraphs joined.
        par("Para", text("Fees are low"), mark=mark("del", "A")),
        par("Para", dele("A", "They are"), text(" and paid once.")),
        f'<w:moveToRangeStart w:id="71" {WHO["B"]} w:name="move1"/>',
        par("Para", tracked("moveTo", "B", text(moved)), mark=mark("moveTo", "B")),
        '<w:moveToRangeEnd w:id="71"/>',
        # A paragraph split in two.
        par("Para", text("Costs are shared."), mark=mark("ins", "A")),
        par("Para", text(" Each Party bears its own.")),
        "<w:tbl><w:tblPr/><w:tblGrid/>"
        + row(par("", text("Sector")), par("", text("Quota")))
        + row(par("", ins("A", "Radio")), par("", ins("A", "40")), change=mark("ins", "A"))
        + row(par("", text("Film")), par("", text("3"), dele("B", "0"), ins("B", "5")))
        + "</w:tbl>",
        par("Art", text("Final provisions")),
        par("Para", text("Done in two copies.")),
    ]


STYLES = f"""<w:styles xmlns:w="{W}">
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Art"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Para"><w:name w:val="Treaty Paragraph"/><w:basedOn w:val="Normal"/><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Point"><w:name w:val="Treaty Point"/><w:basedOn w:val="Normal"/><w:pPr><w:numPr><w:ilvl w:val="2"/><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
</w:styles>"""


def level(index, form, pattern, style):
    return f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:pStyle w:val="{style}"/><w:lvlText w:val="{pattern}"/><w:lvlJc w:val="left"/></w:lvl>'


NUMBERING = (
    f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:multiLevelType w:val="multilevel"/>'
    + level(0, "decimal", "Article %1", "Art")
    + level(1, "decimal", "%1.%2", "Para")
    + level(2, "lowerLetter", "(%3)", "Point")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def notes(kind, words):
    separators = "".join(
        f'<w:{kind} w:type="{name}" w:id="{number}"><w:p><w:r><w:{name}/></w:r></w:p></w:{kind}>'
        for number, name in enumerate(["separator", "continuationSeparator"])
    )
    body = f'<w:{kind} w:id="2"><w:p><w:r><w:{kind}Ref/></w:r>{words}</w:p></w:{kind}>'
    return f'<w:{kind}s xmlns:w="{W}">{separators}{body}</w:{kind}s>'


def word():
    parts = {
        "styles": STYLES,
        "numbering": NUMBERING,
        "footnotes": notes("footnote", text(" Works of either Party") + ins("B", " or of both") + text(".")),
        "endnotes": notes("endnote", text(" See the annex.")),
        "comments": f'<w:comments xmlns:w="{W}"><w:comment w:id="0" {WHO["B"]}><w:p>{text("Why museums?")}</w:p></w:comment></w:comments>',
        "header1": f'<w:hdr xmlns:w="{W}"><w:p>{text("Draft of 3 May")}</w:p></w:hdr>',
    }
    section = '<w:sectPr><w:headerReference w:type="default" r:id="rIdheader1"/><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
    document = f'<w:document xmlns:w="{W}" xmlns:r="{REL}"><w:body>{"".join(word_body())}{section}</w:body></w:document>'
    kinds = {name: name.rstrip("1") for name in parts}
    relations = "".join(f'<Relationship Id="rId{name}" Type="{REL}/{kinds[name]}" Target="{name}.xml"/>' for name in parts)
    types = "".join(f'<Override PartName="/word/{name}.xml" ContentType="{PART}.{kinds[name]}+xml"/>' for name in parts)
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    files = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="{PART}.document.main+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{REL}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": document,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
    }
    files.update({f"word/{name}.xml": part for name, part in parts.items()})
    with zipfile.ZipFile(HERE / "draft-word.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 3, 1, 0, 0, 0)), head + part, zipfile.ZIP_DEFLATED)


# The same kind of draft as a flat OpenDocument text with tracked changes, which LibreOffice saves as DOCX.
def flat():
    regions = []
    names = {"A": ("Ana Quill", "2026-03-01T09:00:00"), "B": ("Ben Reed", "2026-03-02T10:00:00")}

    def region(kind, who, inner=""):
        author, date = names[who]
        number = f"c{len(regions)}"
        info = f"<office:change-info><dc:creator>{author}</dc:creator><dc:date>{date}</dc:date></office:change-info>"
        regions.append(f'<text:changed-region xml:id="{number}" text:id="{number}"><text:{kind}>{info}{inner}</text:{kind}></text:changed-region>')
        return number

    def added(who, words):
        number = region("insertion", who)
        return f'<text:change-start text:change-id="{number}"/>{words}<text:change-end text:change-id="{number}"/>'

    def gone(who, *lines):
        paragraphs = "".join(f'<text:p text:style-name="{style}">{words}</text:p>' for style, words in lines)
        return f'<text:change text:change-id="{region("deletion", who, paragraphs)}"/>'

    levels = "".join(
        f'<text:list-level-style-number text:level="{n}" style:num-format="{form}" style:num-prefix="{before}" style:num-suffix="{after}" text:display-levels="{shown}"/>'
        for n, form, before, after, shown in [(1, "1", "Article ", "", 1), (2, "1", "", "", 2), (3, "a", "(", ")", 1)]
    )
    styles = "".join(f'<style:style style:name="{name}" style:family="paragraph"/>' for name in ["Art", "Para", "Point"])
    note = lambda kind, mark, words: f'<text:note text:note-class="{kind}"><text:note-citation>{mark}</text:note-citation><text:note-body><text:p>{words}</text:p></text:note-body></text:note>'
    comment = "<office:annotation><dc:creator>Ben Reed</dc:creator><text:p>Why museums?</text:p></office:annotation>"
    cells = lambda *words: "<table:table-row>" + "".join(f"<table:table-cell><text:p>{w}</text:p></table:table-cell>" for w in words) + "</table:table-row>"
    moved = "The Parties shall keep a register of festivals."
    library = region("insertion", "B")
    start = f'<text:change-start text:change-id="{library}"/>'
    end = f'<text:change-end text:change-id="{library}"/>'
    split = added("A", "</text:p></text:list-item><text:list-item><text:p text:style-name=\"Para\">")
    again = region("insertion", "B")
    lines = [
        ("Art", "Scope"),
        ("Para", f"This Agreement applies to {gone('A', ('Para', 'cinema'))}{added('A', 'film and music')} of the Parties.{note('footnote', '1', 'Works of either Party.')}"),
        ("Para", "It does not apply to:"),
        ("Point", f"archives;{start}"),
        ("Point", f"libraries;{end}"),
        ("Point", f"museums;{comment}"),
        ("Point", f"{gone('A', ('Point', 'circuses;'), ('Point', ''))}theatres."),
        ("Art", "Exchange"),
        ("Para", f"Each Party shall give {added('A', 'prompt ')}access.{note('endnote', 'i', 'See the annex.')}"),
        ("Para", f"{gone('B', ('Para', moved), ('Para', ''))}Fees are low{gone('A', ('Para', ''), ('Para', 'They are'))} and paid once.<text:change-start text:change-id=\"{again}\"/>"),
        ("Para", f"{moved}<text:change-end text:change-id=\"{again}\"/>"),
        ("Para", f"Costs are shared. {split}Each Party bears its own."),
        (None, cells("Sector", "Quota") + cells(added("A", "Radio"), added("A", "40")) + cells("Film", f"3{gone('B', ('Standard', '0'))}{added('B', '5')}")),
        ("Art", "Final provisions"),
        ("Para", "Done in two copies."),
    ]
    depth = {"Art": 1, "Para": 2, "Point": 3}
    body = ""
    nested = 0
    begun = False
    for style, words in lines:
        if style is None:
            body += "</text:list-item></text:list>" * nested + f'<table:table table:name="T"><table:table-column table:number-columns-repeated="2"/>{words}</table:table>'
            nested = 0
            continue
        wanted = depth[style]
        if nested == 0:
            body += f'<text:list xml:id="{"l2" if begun else "l1"}" text:style-name="L"{" text:continue-list=" + chr(34) + "l1" + chr(34) if begun else ""}><text:list-item>'
            nested, begun = 1, True
            body += "<text:list><text:list-item>" * (wanted - nested)
        elif wanted > nested:
            body += "<text:list><text:list-item>" * (wanted - nested)
        else:
            body += "</text:list-item></text:list>" * (nested - wanted) + "</text:list-item><text:list-item>"
        nested = wanted
        body += f'<text:p text:style-name="{style}">{words}</text:p>'
    body += "</text:list-item></text:list>" * nested
    prefixes = [("office", "office"), ("text", "text"), ("style", "style"), ("table", "table")]
    spaces = "".join(f' xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for prefix, name in prefixes)
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document{spaces} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3" '
        f'office:mimetype="application/vnd.oasis.opendocument.text"><office:styles>{styles}<text:list-style style:name="L">{levels}</text:list-style></office:styles>'
        f'<office:body><office:text><text:tracked-changes text:track-changes="true">{"".join(regions)}</text:tracked-changes>{body}</office:text></office:body></office:document>'
    )


def convert(source, kind, folder):
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(["soffice", "--headless", profile, "--convert-to", kind, "--outdir", folder, source], check=True, capture_output=True)
    return pathlib.Path(folder) / f"{pathlib.Path(source).stem}.{kind}"


def office():
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "draft-libreoffice.fodt"
        source.write_text(flat())
        convert(source, "docx", folder).replace(HERE / "draft-libreoffice.docx")


def reversed_changes(document):
    """Insertions become deletions and the other way round: to accept these is to reject the former."""
    pairs = {"ins": "del", "del": "ins", "moveFrom": "moveTo", "moveTo": "moveFrom"}
    return re.sub(
        r"(</?w:)(ins|del|moveFrom|moveTo)(RangeStart|RangeEnd)?(?=[ />])", lambda found: found[1] + pairs[found[2]] + (found[3] or ""), document
    )


def numbers():
    """LibreOffice reads the changes and says where they stand in a flat text; what it calls deleted is cut out, and it prints the rest."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ["draft-word", "draft-libreoffice"]:
            for reading in ["proposed", "was"]:
                copy = pathlib.Path(folder) / f"{name}-{reading}.docx"
                with zipfile.ZipFile(HERE / f"{name}.docx") as old, zipfile.ZipFile(copy, "w") as new:
                    for part in old.namelist():
                        content = old.read(part)
                        if reading == "was" and part.endswith(".xml"):
                            content = reversed_changes(content.decode()).encode()
                        new.writestr(part, content)
                settled = convert(copy, "fodt", folder)
                flat_text = settled.read_text()
                for region in re.findall(r'text:id="(\w+)"><text:deletion>', re.sub(r">\s+<", "><", flat_text)):
                    flat_text = re.sub(f'<text:change-start text:change-id="{region}"/>.*?<text:change-end text:change-id="{region}"/>', "", flat_text, flags=re.S)
                flat_text = re.sub(r"<text:tracked-changes.*?</text:tracked-changes>|<text:change(-start|-end)?\b[^>]*/>", "", flat_text, flags=re.S)
                settled.write_text(flat_text)
                pdf = convert(settled, "pdf", folder)
                print("=====", name, reading)
                print(subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout)


if __name__ == "__main__":
    {"word": word, "office": office, "numbers": numbers}[sys.argv[1]]()
