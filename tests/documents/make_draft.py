#!/usr/bin/env python3
"""Makes the two drafts with tracked changes that tests/drafts.rs reads, and checks them against LibreOffice.

    python3 tests/documents/make_draft.py word     writes draft-word.docx: built by hand as Word writes it
    python3 tests/documents/make_draft.py office   writes draft-libreoffice.docx: saved by LibreOffice
    python3 tests/documents/make_draft.py numbers  prints what LibreOffice prints of both, as proposed and as it was

The words are ours. The draft holds insertions, deletions and a move by two authors, numbers three levels deep,
a footnote, an endnote, comments and a table with an inserted row. Word is not needed; `office` and `numbers`
call soffice and pdftotext.
"""

import pathlib
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


# The draft before the changes, as LibreOffice opens it; the changes are recorded by LibreOffice itself.
def flat():
    def para(style, words):
        return f'<text:p text:style-name="{style}">{words}</text:p>'

    level_styles = "".join(
        f'<text:outline-level-style text:level="{n}" style:num-format="{form}" style:num-prefix="{before}" style:num-suffix="{after}" text:display-levels="{shown}"/>'
        for n, form, before, after, shown in [(1, "1", "Article ", "", 1), (2, "1", "", "", 2), (3, "a", "(", ")", 1)]
    )
    list_levels = level_styles.replace("text:outline-level-style", "text:list-level-style-number")
    styles = "".join(
        f'<style:style style:name="{name}" style:family="paragraph" style:list-style-name="L"{outline}/>'
        for name, outline in [("Art", ""), ("Para", ""), ("Point", "")]
    )
    note = '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Works of either Party.</text:p></text:note-body></text:note>'
    end = '<text:note text:note-class="endnote"><text:note-citation>i</text:note-citation><text:note-body><text:p>See the annex.</text:p></text:note-body></text:note>'
    comment = "<office:annotation><dc:creator>Ben Reed</dc:creator><text:p>Why museums?</text:p></office:annotation>"

    depth = {"Art": 1, "Para": 2, "Point": 3}
    lines = [
        ("Art", "Scope"),
        ("Para", f"This Agreement applies to cinema of the Parties.{note}"),
        ("Para", "It does not apply to:"),
        ("Point", "archives;"),
        ("Point", f"museums;{comment}"),
        ("Point", "circuses;"),
        ("Point", "theatres."),
        ("Art", "Exchange"),
        ("Para", f"Each Party shall give access.{end}"),
        ("Para", "The Parties shall keep a register of festivals."),
        ("Para", "Fees are low"),
        ("Para", "and paid once."),
        ("Para", "Costs are shared. Each Party bears its own."),
        (None, "TABLE"),
        ("Art", "Final provisions"),
        ("Para", "Done in two copies."),
    ]
    body = ""
    open_levels = 0
    started = False
    for style, words in lines:
        if style is None:
            body += "".join("</text:list-item></text:list>" for _ in range(open_levels))
            open_levels = 0
            cells = lambda *words: "<table:table-row>" + "".join(f"<table:table-cell><text:p>{w}</text:p></table:table-cell>" for w in words) + "</table:table-row>"
            body += f'<table:table table:name="T"><table:table-column table:number-columns-repeated="2"/>{cells("Sector", "Quota")}{cells("Film", "30")}</table:table>'
            continue
        want = depth[style]
        if want > open_levels:
            again = f' xml:id="l2" text:continue-list="l1"' if started and open_levels == 0 else ' xml:id="l1"' if open_levels == 0 else ""
            body += f'<text:list{again} text:style-name="L"><text:list-item>' + "<text:list><text:list-item>" * (want - open_levels - 1)
            if open_levels > 0:
                pass
        else:
            body += "</text:list-item></text:list>" * (open_levels - want) + "</text:list-item><text:list-item>"
        open_levels = want
        started = True
        body += para(style, words)
    body += "</text:list-item></text:list>" * open_levels
    spaces = "".join(
        f' xmlns:{p}="urn:oasis:names:tc:opendocument:xmlns:{n}:1.0"' for p, n in [("office", "office"), ("text", "text"), ("style", "style"), ("table", "table")]
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document{spaces} xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3" '
        f'office:mimetype="application/vnd.oasis.opendocument.text"><office:styles>{styles}<text:list-style style:name="L">{list_levels}</text:list-style></office:styles>'
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    )


# Runs inside soffice: opens the draft, records the changes of two authors, saves; or opens, settles the changes, prints.
MACRO = '''
import sys, time, uno
from com.sun.star.beans import PropertyValue
def prop(name, value):
    p = PropertyValue(); p.Name = name; p.Value = value; return p
def connect(port):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(120):
        try:
            return resolver.resolve(f"uno:socket,host=localhost,port={port};urp;StarOffice.ComponentContext")
        except Exception:
            time.sleep(0.5)
    raise SystemExit("soffice does not answer")
context = connect(int(sys.argv[1]))
manager = context.ServiceManager
desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
def load(path):
    # The desktop answers before it can open anything.
    for _ in range(5):
        document = desktop.loadComponentFromURL("file://" + path, "_blank", 0, (prop("Hidden", True),))
        if document is not None:
            return document
        time.sleep(1)
    raise SystemExit("soffice does not open " + path)
def author(first, last):
    provider = manager.createInstanceWithContext("com.sun.star.configuration.ConfigurationProvider", context)
    access = provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationUpdateAccess", (prop("nodepath", "/org.openoffice.UserProfile/Data"),))
    access.setPropertyValue("givenname", first); access.setPropertyValue("sn", last); access.commitChanges()
def settle(document, command):
    dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:" + command, "", 0, ())
def save(document, path, name):
    document.storeToURL("file://" + path, (prop("FilterName", name),))
if sys.argv[2] == "record":
    document = load(sys.argv[3])
    text = document.Text
    def find(words, after=None):
        search = document.createSearchDescriptor(); search.SearchString = words; search.SearchCaseSensitive = True
        found = document.findFirst(search)
        assert found is not None, words
        return found
    def after(words, new):
        at = text.createTextCursorByRange(find(words).End)
        for index, line in enumerate(new.split("\\n")):
            if index:
                text.insertControlCharacter(at.End, 0, False); at.gotoNextParagraph(False); at.gotoEndOfParagraph(False)
            text.insertString(at.End, line, False); at.gotoEndOfParagraph(False) if new.startswith("\\n") else None
    document.RecordChanges = True
    author("Ana", "Quill")
    found = find("cinema"); found.String = "film and music"
    after("shall give ", "prompt and costly ")
    gone = text.createTextCursorByRange(find("circuses;").Start); gone.gotoNextParagraph(True); gone.String = ""
    joint = text.createTextCursorByRange(find("Fees are low").End); joint.goRight(1, True); joint.String = ""
    text.insertString(find("Fees are low").End, " ", False)
    table = document.TextTables.getByIndex(0)
    split = find("Costs are shared."); text.insertControlCharacter(split.End, 0, False)
    author("Ben", "Reed")
    after("archives;", "\\nlibraries;")
    find("costly ").String = ""
    cell = table.getCellByName("B2"); cursor = cell.createTextCursor(); cursor.goRight(1, False); cursor.gotoEnd(True); cursor.String = "5"
    moved = "The Parties shall keep a register of festivals."
    gone = text.createTextCursorByRange(find(moved).Start); gone.gotoNextParagraph(True); gone.String = ""
    after("and paid once.", "\\n" + moved)
    save(document, sys.argv[4], "MS Word 2007 XML")
else:
    document = load(sys.argv[3])
    settle(document, sys.argv[2])
    save(document, sys.argv[4], "writer_pdf_Export")
document.close(True)
'''


def soffice(*jobs):
    port = "20417"
    with tempfile.TemporaryDirectory() as folder:
        server = subprocess.Popen(
            ["soffice", "--headless", "--norestore", "--nodefault", "--nologo", f"-env:UserInstallation=file://{folder}/profile", f"--accept=socket,host=localhost,port={port};urp;"]
        )
        try:
            script = pathlib.Path(folder) / "macro.py"
            script.write_text(MACRO)
            for job in jobs:
                subprocess.run(["/usr/bin/python3", str(script), port, *map(str, job)], check=True)
        finally:
            server.terminate()
            server.wait()


def office():
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder) / "draft.fodt"
        source.write_text(flat())
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{folder}/first", "--convert-to", "odt", "--outdir", folder, source], check=True)
        source = source.with_suffix(".odt")
        soffice(("record", source, HERE / "draft-libreoffice.docx"))


def numbers():
    with tempfile.TemporaryDirectory() as folder:
        jobs = []
        for name in ["draft-word", "draft-libreoffice"]:
            for reading, command in [("proposed", "AcceptAllTrackedChanges"), ("was", "RejectAllTrackedChanges")]:
                jobs.append((command, HERE / f"{name}.docx", f"{folder}/{name}-{reading}.pdf"))
        soffice(*jobs)
        for *_, pdf in jobs:
            print("=====", pathlib.Path(pdf).stem)
            print(subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout)


if __name__ == "__main__":
    {"word": word, "office": office, "numbers": numbers}[sys.argv[1]]()
