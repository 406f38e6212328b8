"""Akoma Ntoso 3.0 and Formex 4, with every level of the text as an element of its own."""

import re
from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from make import NUMBER, depth_of, pieces

CLOSING = re.compile(r"^(IN WITNESS WHEREOF|EN FOI DE QUOI|EN FE DE LO CUAL|EN TESTIMONIO DE LO CUAL)", re.IGNORECASE)
GROUPS = ["part", "title", "chapter", "section"]
GROUP_WORDS = {"title": "title", "titre": "title", "título": "title", "part": "part", "partie": "part", "parte": "part"}
QUOTES = {"‘": "2018", "’": "2019", "“": "201C", "”": "201D"}


@dataclass
class Node:
    """A unit (part, title, chapter, section, article, annex …) or a paragraph (item) or a table."""

    kind: str
    number: str = ""
    name: str = ""
    block: object = None
    children: list = field(default_factory=list)


def tree(agreement):
    """The blocks as (titles, preamble, body, closing, annexes)."""
    titles, preamble, closing, annexes = [], [], [], []
    body = Node("body")
    open_ = [body]
    target = None
    for block in agreement.blocks:
        if block.kind == "title":
            titles.append(block)
        elif block.kind == "preamble":
            target = preamble
        elif block.kind == "division":
            annexes.append(Node("annex", block.number, block.name))
            open_, target = [annexes[-1]], None
        elif block.kind in ("chapter", "section", "article"):
            kind = "section" if block.kind == "section" else GROUP_WORDS.get(block.number.split(" ")[0].lower(), block.kind)
            rank = GROUPS.index(kind) if kind in GROUPS else len(GROUPS)
            while len(open_) > 1 and (open_[-1].kind not in GROUPS or GROUPS.index(open_[-1].kind) >= rank):
                open_.pop()
            node = Node(kind, block.number, block.name)
            open_[-1].children.append(node)
            open_.append(node)
            target = None
        elif target is None and not annexes and CLOSING.match(block.text):
            target = closing
            closing.append(block)
        elif target is not None:
            target.append(block)
        else:
            place(open_, block)
    return titles, preamble, body, closing, annexes


def place(open_, block):
    """Puts a paragraph under the unit, or under the paragraph whose item it is."""
    match = NUMBER.match(block.text) if block.kind != "table" else None
    depth = depth_of(block.text) if match else 0
    while open_[-1].kind == "paragraph" and (open_[-1].depth >= depth or not match):
        open_.pop()
    node = Node("paragraph" if match else block.kind, match[1] if match else "", block=block)
    node.depth = depth
    open_[-1].children.append(node)
    if match:
        open_.append(node)


def words_of(node):
    return node.block.text[len(node.number):].lstrip() if node.number else node.block.text


# --- Akoma Ntoso ---------------------------------------------------------------------------------


def as_akn(agreement):
    """Akoma Ntoso 3.0 with a prefix, identifiers, changes and footnotes."""
    titles, preamble, body, closing, annexes = tree(agreement)
    head = agreement.head
    parties = [party.strip() for party in head.get("parties", "").split(";") if party.strip()]
    signed = head.get("signed", "draft")
    out = ['<?xml version="1.0" encoding="UTF-8"?>', '<akn:akomaNtoso xmlns:akn="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">']
    out += ['<akn:act name="treaty">', '<akn:meta><akn:identification source="#samples"><akn:FRBRWork>']
    out.append(f'<akn:FRBRthis value="/akn/un/act/{agreement.stem}/!main"/><akn:FRBRalias value={quoteattr(head["title"])} name="title"/>')
    if signed != "draft":
        out.append(f'<akn:FRBRdate date="{signed}" name="signature"/>')
    out.append('</akn:FRBRWork></akn:identification><akn:references source="#samples">')
    out += [f'<akn:TLCOrganization eId="party_{n}" href="/akn/ontology/organization/party_{n}" showAs={quoteattr(party)}/>' for n, party in enumerate(parties, 1)]
    out.append('<akn:TLCOrganization eId="samples" href="/akn/ontology/organization/samples" showAs="The writer of the samples"/>')
    out.append("</akn:references></akn:meta>")
    out.append("<akn:preface>" + "".join(f"<akn:p><akn:docTitle>{akn_words(block)}</akn:docTitle></akn:p>" for block in titles))
    out.append("".join(f'<akn:docProponent refersTo="#party_{n}"/>' for n in range(1, len(parties) + 1)) + "</akn:preface>")
    if preamble:
        out.append(f"<akn:preamble><akn:p>{escape(agreement.words['preamble'])}</akn:p>")
        for block in preamble:
            out.append(f"<akn:p>{akn_words(block)}</akn:p>")
        out.append("</akn:preamble>")
    out.append("<akn:body>")
    out += [akn_node(child) for child in body.children]
    out.append("</akn:body>")
    if closing:
        out.append("<akn:conclusions>" + "".join(f"<akn:p>{akn_words(block)}</akn:p>" for block in closing) + "</akn:conclusions>")
    if annexes:
        out.append("<akn:attachments>")
        for annex in annexes:
            out.append(f"<akn:attachment><akn:heading>{escape(annex.number)} – {escape(annex.name)}</akn:heading>")
            out.append('<akn:doc name="annex"><akn:meta/><akn:mainBody>')
            out += [akn_node(child) for child in annex.children]
            out.append("</akn:mainBody></akn:doc></akn:attachment>")
        out.append("</akn:attachments>")
    out += ["</akn:act>", "</akn:akomaNtoso>", ""]
    return "\n".join(out).encode()


def akn_node(node):
    if node.kind == "table":
        rows = "".join("<akn:tr>" + "".join(f"<akn:td><akn:p>{escape(cell)}</akn:p></akn:td>" for cell in row) + "</akn:tr>" for row in node.block.rows)
        return f"<akn:table>{rows}</akn:table>"
    if node.kind in GROUPS or node.kind == "article":
        name = "akn:hcontainer" if not node.number and node.kind == "article" else f"akn:{node.kind}"
        head = f"<akn:num>{escape(node.number)}</akn:num>" if node.number else ""
        head += f"<akn:heading>{escape(node.name)}</akn:heading>" if node.name else ""
        return f"<{name}>{head}\n" + "\n".join(akn_node(child) for child in node.children) + f"</{name}>"
    words = f"<akn:p>{akn_words(node.block, words_of(node))}</akn:p>"
    if not node.number:
        return f"<akn:alinea><akn:content>{words}</akn:content></akn:alinea>"
    name = ["akn:paragraph", "akn:point", "akn:point"][node.depth]
    number = f"<akn:num>{escape(node.number)}</akn:num>"
    if not node.children:
        return f"<{name}>{number}<akn:content>{words}</akn:content></{name}>"
    inner = "\n".join(akn_node(child) for child in node.children)
    return f"<{name}>{number}<akn:list><akn:intro>{words}</akn:intro>\n{inner}</akn:list></{name}>"


def akn_words(block, text=None):
    notes = dict(block.notes)
    out = ""
    for kind, words in pieces(block.text if text is None else text):
        if kind == "note":
            out += f'<akn:authorialNote marker="{words}" placement="bottom"><akn:p>{escape(notes[words])}</akn:p></akn:authorialNote>'
        else:
            out += escape(words) if kind == "text" else f"<akn:{kind}>{escape(words)}</akn:{kind}>"
    return out


# --- Formex --------------------------------------------------------------------------------------


def as_fmx(agreement):
    """Formex 4 in ISO-8859-1, with the page marks of an Official Journal. Changes as proposed."""
    titles, preamble, body, closing, annexes = tree(agreement)
    head = agreement.head
    signed = head.get("signed", "draft")
    date = f'<DATE ISO="{signed.replace("-", "")}">{signed.replace("-", "")}</DATE>' if signed != "draft" else ""
    out = ['<?xml version="1.0" encoding="ISO-8859-1"?>', '<?PAGE NO="3"?>']
    out.append(f"<AGR><BIB.INSTANCE><DOCUMENT.REF><COLL>L</COLL></DOCUMENT.REF>{date}<LG.DOC>{head['language'].upper()}</LG.DOC></BIB.INSTANCE>")
    out.append("<TITLE><TI>" + "".join(f"<P>{fmx_words(block)}</P>" for block in titles) + "</TI></TITLE>")
    if preamble:
        out.append(f"<PREAMBLE><PREAMBLE.INIT>{escape(agreement.words['preamble'])}</PREAMBLE.INIT>")
        out += [f"<P>{fmx_words(block)}</P>" for block in preamble]
        out.append("</PREAMBLE>")
    out.append("<ENACTING.TERMS>")
    out += [fmx_node(child) for child in body.children]
    out.append("</ENACTING.TERMS>")
    if closing:
        out.append("<FINAL>" + "".join(f"<P>{fmx_words(block)}</P>" for block in closing) + "</FINAL>")
    for annex in annexes:
        name = f"<STI><P>{escape(annex.name)}</P></STI>" if annex.name else ""
        out.append(f"<ANNEX><TITLE><TI><P>{escape(annex.number)}</P></TI>{name}</TITLE><CONTENTS>")
        out += [fmx_node(child) for child in annex.children]
        out.append("</CONTENTS></ANNEX>")
    out += ["</AGR>", ""]
    return "\n".join(out).encode("iso-8859-1", "xmlcharrefreplace")


def fmx_node(node):
    if node.kind == "table":
        rows = "".join("<ROW>" + "".join(f'<CELL COL="{n}">{escape(cell)}</CELL>' for n, cell in enumerate(row, 1)) + "</ROW>" for row in node.block.rows)
        return f'<TBL NO.SEQ="0001" COLS="{len(node.block.rows[0])}"><CORPUS>{rows}</CORPUS></TBL>'
    inner = "\n".join(fmx_node(child) for child in node.children)
    if node.kind in GROUPS:
        name = f"<STI><P>{escape(node.name)}</P></STI>" if node.name else ""
        return f"<DIVISION><TITLE><TI><P>{escape(node.number or node.name)}</P></TI>{name if node.number else ''}</TITLE>\n{inner}</DIVISION>"
    if node.kind == "article":
        name = f"<STI.ART><P>{escape(node.name)}</P></STI.ART>" if node.number and node.name else ""
        return f'<ARTICLE IDENTIFIER="{escape(node.number.split(" ")[-1])}"><TI.ART>{escape(node.number or node.name)}</TI.ART>{name}\n{inner}</ARTICLE>'
    words = fmx_words(node.block, words_of(node))
    if not node.number:
        return f"<ALINEA>{words}</ALINEA>"
    if node.depth == 0:
        return f"<PARAG><NO.PARAG>{escape(node.number)}</NO.PARAG><ALINEA>" + (f"<P>{words}</P><LIST>\n{inner}</LIST>" if inner else words) + "</ALINEA></PARAG>"
    inner = f"<P><LIST>\n{inner}</LIST></P>" if inner else ""
    return f"<LIST><ITEM><NP><NO.P>{escape(node.number)}</NO.P><TXT>{words}</TXT>{inner}</NP></ITEM></LIST>"


def fmx_words(block, text=None):
    notes = dict(block.notes)
    out = ""
    for kind, words in pieces(block.text if text is None else text):
        if kind == "note":
            out += f'<NOTE NOTE.ID="E{words.zfill(4)}" TYPE="FOOTNOTE"><P>{fmx_text(notes[words])}</P></NOTE>'
        elif kind != "del":
            out += fmx_text(words)
    return out


def fmx_text(words):
    """Quotation marks are elements, apostrophes stay."""
    out = ""
    for at, character in enumerate(words):
        apostrophe = character == "’" and at > 0 and words[at - 1].isalpha() and words[at + 1:at + 2].isalpha()
        if character in QUOTES and not apostrophe:
            out += f'<QUOT.{"START" if character in "‘“" else "END"} CODE="{QUOTES[character]}"/>'
        else:
            out += escape(character)
    return out
