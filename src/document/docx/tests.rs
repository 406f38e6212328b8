//! Small Word documents made here, and what is read from them.

use std::io::{Cursor, Write};

use zip::write::{SimpleFileOptions, ZipWriter};

use super::super::{As, AsideKind, Document, EditKind, NativeKind, ReadError};

/// A package of parts.
pub(super) fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).expect("a new part");
        writer.write_all(text.as_bytes()).expect("in memory");
    }
    writer.finish().expect("in memory").into_inner()
}

fn body(inner: &str) -> String {
    format!(r#"<w:document xmlns:w="w" xmlns:mc="mc"><w:body>{inner}</w:body></w:document>"#)
}

fn read(inner: &str, others: &[(&str, &str)]) -> Result<Document, ReadError> {
    let body = body(inner);
    let mut parts = vec![("word/document.xml", body.as_str())];
    parts.extend_from_slice(others);
    super::read(&package(&parts))
}

/// The text as it was and as proposed: without the insertions, without the deletions.
fn readings(document: &Document) -> [String; 2] {
    [As::Was, As::Proposed].map(|reading| document.reading(reading).text)
}

fn text(inner: &str) -> String {
    read(inner, &[]).expect("readable").text
}

#[test]
fn paragraphs_breaks_and_symbols() {
    assert_eq!(
        text(
            r#"<w:p><w:r><w:t> Scope &amp; Coverage</w:t><w:tab/><w:t>Part</w:t><w:br/><w:t>non</w:t><w:noBreakHyphen/><w:t>con</w:t><w:softHyphen/><w:t>forming</w:t></w:r></w:p>
            <w:p/><w:p><w:r><w:br w:type="page"/><w:t>5</w:t><w:sym w:font="Symbol" w:char="F0B0"/></w:r></w:p>"#
        ),
        "Scope & Coverage Part\nnon-conforming\n5°\n"
    );
}

#[test]
fn a_space_is_kept_and_an_indent_is_not() {
    assert_eq!(
        text("<w:p><w:r><w:t>dated</w:t></w:r><w:r><w:t> </w:t></w:r><w:r><w:t>\n  the 2</w:t></w:r><w:r><w:t>\n 8th\n</w:t></w:r></w:p>"),
        "dated the 28th\n"
    );
}

#[test]
fn fields_show_their_results() {
    assert_eq!(
        text(
            r#"<w:p><w:r><w:t xml:space="preserve">Article </w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF _x </w:instrText></w:r>
            <w:r><w:t>lost</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>4</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>
            <w:p><w:fldSimple w:instr="PAGE"><w:r><w:t>7</w:t></w:r></w:fldSimple><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p><w:p><w:r><w:t>kept</w:t></w:r></w:p>"#
        ),
        "Article 4\n7\nkept\n"
    );
}

#[test]
fn tables_and_text_boxes_come_once() {
    let cell = |words: &str| format!("<w:tc><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>");
    let table = format!(
        "<w:tbl><w:tr>{}<w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tc></w:tr><w:tr><w:tc><w:p><w:r><w:t>frame</w:t></w:r></w:p><w:p><w:r><w:t>work</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        cell("a")
    );
    let within = "<w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent>";
    let boxed = format!(
        "<w:p><w:r><w:t>before</w:t></w:r><w:r><mc:AlternateContent><mc:Choice>{within}</mc:Choice><mc:Fallback>{within}</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>after</w:t></w:r></w:p>"
    );
    assert_eq!(text(&format!("{table}{boxed}")), "a\tb c\nframe\nwork\nbeforeafter\nboxed\n");
}

#[test]
fn changes_are_kept_and_marked() {
    let document = read(
        r#"<w:p><w:r><w:t xml:space="preserve">cultural </w:t></w:r><w:del w:author="HL" w:date="2026-01-02T00:00:00Z"><w:r><w:delText>goods</w:delText></w:r></w:del>
        <w:ins w:author="WI"><w:r><w:t>services</w:t></w:r><w:del w:author="HL"><w:r><w:delText xml:space="preserve"> only</w:delText></w:r></w:del></w:ins></w:p>
        <w:p><w:pPr><w:rPr><w:ins w:author="WI"/></w:rPr><w:pPrChange><w:pPr><w:pStyle w:val="Heading1"/></w:pPr></w:pPrChange></w:pPr><w:moveFrom w:author="A"><w:r><w:t>there</w:t></w:r></w:moveFrom><w:moveTo w:author="A"><w:r><w:t>here</w:t></w:r></w:moveTo></w:p>"#,
        &[],
    )
    .expect("readable");
    assert_eq!(document.text, "cultural goodsservices only\ntherehere\n");
    let edits: Vec<(&str, EditKind, Option<&str>)> =
        document.edits.iter().map(|edit| (edit.span.of(&document.text), edit.kind, edit.author.as_deref())).collect();
    assert_eq!(
        edits,
        [
            ("goods", EditKind::Deleted, Some("HL")),
            ("services only", EditKind::Inserted, Some("WI")),
            (" only", EditKind::Deleted, Some("HL")),
            ("there", EditKind::Deleted, Some("A")),
            ("here", EditKind::Inserted, Some("A")),
        ]
    );
    assert_eq!(document.edits[0].date.as_deref(), Some("2026-01-02T00:00:00Z"));
    assert!(document.native.is_empty());
}

#[test]
fn notes_follow_their_paragraph() {
    let document = read(
        r#"<w:p><w:r><w:t>one</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t>.</w:t><w:commentReference w:id="0"/></w:r></w:p>
        <w:p><w:r><w:t>two</w:t></w:r><w:r><w:footnoteReference w:id="3" w:customMarkFollows="1"/><w:t>*</w:t></w:r><w:r><w:t>!</w:t><w:footnoteReference w:id="2"/></w:r></w:p>"#,
        &[
            (
                "word/footnotes.xml",
                r#"<w:footnotes><w:footnote w:id="-1" w:type="separator"><w:p><w:r><w:t>no</w:t></w:r></w:p></w:footnote>
                <w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> For greater certainty.</w:t></w:r></w:p></w:footnote>
                <w:footnote w:id="3"><w:p><w:r><w:t>Star.</w:t></w:r></w:p></w:footnote></w:footnotes>"#,
            ),
            ("word/comments.xml", r#"<w:comments><w:comment w:id="0" w:author="HL"><w:p><w:r><w:t>Why?</w:t></w:r></w:p></w:comment></w:comments>"#),
        ],
    )
    .expect("readable");
    assert_eq!(document.text, "one.\nFor greater certainty.\nHL: Why?\ntwo!\nStar.\n");
    let asides: Vec<(&str, AsideKind, Option<&str>)> =
        document.asides.iter().map(|aside| (aside.span.of(&document.text), aside.kind, aside.mark.as_deref())).collect();
    assert_eq!(
        asides,
        [
            ("For greater certainty.\n", AsideKind::Footnote, Some("1")),
            ("HL: Why?\n", AsideKind::Comment, None),
            ("Star.\n", AsideKind::Footnote, Some("*")),
        ]
    );
}

#[test]
fn numbers_and_headings_come_from_styles() {
    let styles = r#"<w:styles><w:style w:type="paragraph" w:styleId="Berschrift2"><w:name w:val="heading 2"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>"#;
    let numbering = r#"<w:numbering><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:pStyle w:val="Berschrift2"/><w:lvlText w:val="Article %1"/></w:lvl>
        <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;
    let item = |words: &str, deleted: &str| {
        format!(
            r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:rPr>{deleted}</w:rPr></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"#
        )
    };
    let inner = format!(
        r#"<w:p><w:pPr><w:pStyle w:val="Berschrift2"/></w:pPr><w:r><w:t>Scope</w:t></w:r></w:p>{}{}{}"#,
        item("old", "<w:del/>"),
        item("goods", ""),
        item("services", "")
    );
    let document = read(&inner, &[("word/styles.xml", styles), ("word/numbering.xml", numbering)]).expect("readable");
    // The mark of the first item is struck out: as proposed, the second goes on in it and the third is (b).
    assert_eq!(document.text, "Article 3 Scope\n(a) old\n(b) goods\n(b) (c) services\n");
    assert_eq!(
        readings(&document),
        ["Article 3 Scope\n(a) old\n(b) goods\n(c) services\n", "Article 3 Scope\n(a) oldgoods\n(b) services\n"]
    );
    let heading = document.native.first().expect("a heading");
    assert_eq!((heading.kind, heading.head.of(&document.text)), (NativeKind::Heading(2), "Article 3 Scope"));
    assert_eq!((heading.number.as_deref(), heading.heading.as_deref()), (Some("Article 3"), Some("Scope")));
}

#[test]
fn damaged_files_say_so() {
    let whole = package(&[("word/document.xml", &body("<w:p><w:r><w:t>x</w:t></w:r></w:p>"))]);
    for bytes in [&whole[..whole.len() / 2], b"PK\x03\x04word/document.xml", &package(&[("word/other.xml", "<a/>")])[..]] {
        let error = super::read(bytes).expect_err("damaged").to_string();
        assert!(error.contains("damaged"), "{error}");
    }
    for inner in ["<w:p><w:r></w:p>", "<w:p>", &"<w:x>".repeat(100_000)] {
        assert!(matches!(read(inner, &[]), Err(ReadError::Damaged { .. })), "{}", &inner[..5]);
    }
    assert!(matches!(read("<w:p/>", &[]), Err(ReadError::NoText { .. })));
}

#[test]
fn strange_nesting_does_not_panic() {
    let strange = r#"<w:tr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tr><w:tc><w:tr><w:tc/></w:tr></w:tc><w:t>b</w:t><w:txbxContent><w:tc>
        <w:p><w:r><w:txbxContent><w:tr><w:p><w:r><w:t>c</w:t></w:r></w:p></w:tr></w:txbxContent><w:t>d</w:t></w:r></w:p></w:tc></w:txbxContent>"#;
    assert_eq!(text(strange), "a\nd\nc\n");
}

#[test]
fn the_title_is_taken_from_the_properties() {
    let core = r#"<cp:coreProperties><dc:creator>x</dc:creator><dc:title> A  treaty </dc:title></cp:coreProperties>"#;
    let document = read("<w:p><w:r><w:t>x</w:t></w:r></w:p>", &[("docProps/core.xml", core)]).expect("readable");
    assert_eq!(document.metadata.title.as_deref(), Some("A treaty"));
}

/// Lists whose first level is `1.` and whose second is `(a)`.
const LISTS: &str = r#"<w:numbering><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
    <w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>"#;

fn listed(inner: &str) -> Document {
    read(inner, &[("word/numbering.xml", LISTS)]).expect("readable")
}

fn item(mark: &str, words: &str) -> String {
    format!(r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr>{mark}</w:rPr></w:pPr>{words}</w:p>"#)
}

fn run(words: &str) -> String {
    format!(r#"<w:r><w:t xml:space="preserve">{words}</w:t></w:r>"#)
}

#[test]
fn an_inserted_item_counts_as_proposed_only() {
    let new = format!(r#"<w:ins w:author="BR">{}</w:ins>"#, run("new"));
    let document = listed(&format!("{}{}{}", item("", &run("one")), item(r#"<w:ins w:author="BR"/>"#, &new), item("", &run("two"))));
    assert_eq!(readings(&document), ["1. one\n2. two\n", "1. one\n2. new\n3. two\n"]);
    let edits: Vec<_> = document.edits.iter().map(|edit| (edit.span.of(&document.text), edit.kind, edit.author.as_deref())).collect();
    assert_eq!(edits, [("2. new\n", EditKind::Inserted, Some("BR")), ("3. ", EditKind::Inserted, None), ("2. ", EditKind::Deleted, None)]);
}

#[test]
fn old_properties_number_the_text_as_it_was() {
    let change = r#"<w:pPrChange w:author="AQ"><w:pPr/></w:pPrChange>"#;
    let listed_now = format!(r#"<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>{change}</w:pPr>{}</w:p>"#, run("one"));
    let by_list = format!(r#"<w:p><w:pPr><w:numPr><w:numId w:val="1"/><w:ins w:author="AQ"/></w:numPr></w:pPr>{}</w:p>"#, run("two"));
    let document = listed(&format!("{listed_now}{by_list}{}", item("", &run("three"))));
    assert_eq!(readings(&document), ["one\ntwo\n1. three\n", "1. one\n2. two\n3. three\n"]);
    assert_eq!(document.edits[0].author.as_deref(), Some("AQ"));
}

#[test]
fn moves_have_a_name_and_two_ends() {
    let inner = r#"<w:moveFromRangeStart w:id="1" w:name="m1"/><w:p><w:pPr><w:rPr><w:moveFrom w:author="BR"/></w:rPr></w:pPr><w:moveFrom w:author="BR"><w:r><w:t>words</w:t></w:r></w:moveFrom></w:p><w:moveFromRangeEnd w:id="1"/>
        <w:p><w:r><w:t>between</w:t></w:r></w:p><w:moveToRangeStart w:id="2" w:name="m1"/><w:p><w:pPr><w:rPr><w:moveTo w:author="BR"/></w:rPr></w:pPr><w:moveTo w:author="BR"><w:r><w:t>words</w:t></w:r></w:moveTo></w:p><w:moveToRangeEnd w:id="2"/>
        <w:p><w:ins w:author="BR"><w:r><w:t>new</w:t></w:r></w:ins></w:p>"#;
    let document = read(inner, &[]).expect("readable");
    assert_eq!(readings(&document), ["words\nbetween\n", "between\nwords\nnew\n"]);
    let moved: Vec<_> = document.edits.iter().map(|edit| (edit.kind, edit.moved.as_deref())).collect();
    assert_eq!(moved, [(EditKind::Deleted, Some("m1")), (EditKind::Inserted, Some("m1")), (EditKind::Inserted, None)]);
}

#[test]
fn rows_and_notes_come_and_go_with_their_changes() {
    let cell = |words: &str| format!("<w:tc><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>");
    let row = |change: &str, cells: &str| format!("<w:tr><w:trPr>{change}</w:trPr>{cells}</w:tr>");
    let note = r#"<w:p><w:r><w:t>text</w:t></w:r><w:ins w:author="A"><w:r><w:footnoteReference w:id="2"/></w:r></w:ins></w:p>"#;
    let table = format!(
        "{note}<w:tbl>{}{}{}</w:tbl>",
        row("", &format!(r#"<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>{}"#, cell("b"))),
        row(r#"<w:ins w:author="A"/>"#, &format!("{}{}", cell("new"), cell("row"))),
        row(r#"<w:del w:author="A"/>"#, &format!("{}{}", cell("old"), cell("row")))
    );
    let footnotes = r#"<w:footnotes><w:footnote w:id="2"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>"#;
    let document = read(&table, &[("word/footnotes.xml", footnotes)]).expect("readable");
    assert_eq!(readings(&document), ["text\na\t\tb\nold\trow\n", "text\nA note.\na\t\tb\nnew\trow\n"]);
}

#[test]
fn notes_stand_behind_a_joined_paragraph() {
    let inner = r#"<w:p><w:pPr><w:rPr><w:del w:author="A"/></w:rPr></w:pPr><w:r><w:t>one</w:t><w:footnoteReference w:id="2"/></w:r></w:p><w:p><w:r><w:t xml:space="preserve"> two</w:t></w:r></w:p>"#;
    let footnotes = r#"<w:footnotes><w:footnote w:id="2"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote></w:footnotes>"#;
    let document = read(inner, &[("word/footnotes.xml", footnotes)]).expect("readable");
    assert_eq!(readings(&document), ["one\ntwo\nA note.\n", "one two\nA note.\n"]);
}

#[test]
fn contents_and_running_heads_are_told_apart() {
    let inner = r#"<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Contents</w:t></w:r></w:p></w:sdtContent></w:sdt>
        <w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> TOC \o </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>Article 1 Scope</w:t></w:r></w:p>
        <w:p><w:r><w:t>Article 2 Aims</w:t></w:r></w:p><w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p><w:p><w:r><w:t>Article 1</w:t></w:r></w:p>
        <w:sectPr><w:headerReference r:id="h" /><w:footerReference r:id="f"/></w:sectPr><w:sectPr><w:headerReference r:id="h2"/></w:sectPr>"#;
    let head = r#"<w:hdr><w:p><w:r><w:t>Draft of 3 May</w:t></w:r></w:p></w:hdr>"#;
    let relations = r#"<R><Relationship Id="h" Type="x/header" Target="h.xml"/><Relationship Id="h2" Type="x/header" Target="h2.xml"/><Relationship Id="f" Type="x/footer" Target="f.xml"/></R>"#;
    let foot = r#"<w:ftr><w:p><w:r><w:t>Secret</w:t></w:r></w:p></w:ftr>"#;
    let parts = [("word/_rels/document.xml.rels", relations), ("word/h.xml", head), ("word/h2.xml", head), ("word/f.xml", foot)];
    let document = read(inner, &parts).expect("readable");
    assert_eq!(document.text, "Draft of 3 May\nContents\nArticle 1 Scope\nArticle 2 Aims\nArticle 1\nSecret\n");
    let units: Vec<_> = document.native.iter().map(|unit| (unit.kind, unit.span.of(&document.text))).collect();
    assert_eq!(units, [(NativeKind::Contents, "Contents\nArticle 1 Scope\nArticle 2 Aims\n")]);
    let running: Vec<_> = document.asides.iter().map(|aside| (aside.kind, aside.span.of(&document.text))).collect();
    assert_eq!(running, [(AsideKind::Running, "Draft of 3 May\n"), (AsideKind::Running, "Secret\n")]);
}

#[test]
fn text_that_stands_in_other_files_is_told() {
    let relations = (
        "word/_rels/document.xml.rels",
        r#"<Relationships><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk" Target="/other.html"/></Relationships>"#,
    );
    let document = read("<w:p><w:r><w:t>Article 1</w:t></w:r></w:p>", &[relations]).expect("readable");
    assert_eq!(document.messages.iter().map(|message| message.code.as_str()).collect::<Vec<_>>(), ["embedded-part"]);
}
