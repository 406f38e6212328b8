//! OpenDocument texts made for each point, in the flat form and packed.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::super::limits::Limits;
use super::super::{Document, EditKind, NativeKind};
use super::{read, read_within};

const STYLES: &str = r#"<text:outline-style><text:outline-level-style text:level="1" style:num-format="I" style:num-prefix="CHAPTER "/></text:outline-style>
<text:list-style style:name="L1">
<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
<text:list-level-style-number text:level="2" style:num-format="a" style:num-prefix="(" style:num-suffix=")" text:start-value="2"/>
<text:list-level-style-number text:level="3" style:num-format="1" style:num-suffix="." text:display-levels="3"/>
</text:list-style>"#;

fn flat(body: &str) -> Document {
    let source = format!(
        "<?xml version=\"1.0\"?><office:document office:mimetype=\"application/vnd.oasis.opendocument.text\"><office:meta><dc:title>A Treaty</dc:title></office:meta>\
         <office:styles>{STYLES}</office:styles><office:body><office:text>{body}</office:text></office:body></office:document>"
    );
    read(source.as_bytes()).expect("well formed")
}

#[test]
fn numbers_are_written_out_and_count_on() {
    let item = |words: &str| format!("<text:list-item><text:p>{words}</text:p></text:list-item>");
    let body = format!(
        "<text:h text:outline-level=\"1\">Scope</text:h>\
         <text:list xml:id=\"a\" text:style-name=\"L1\">{}<text:list-item><text:p>two</text:p><text:list>{}{}\
         <text:list-item><text:list>{}</text:list></text:list-item></text:list></text:list-item></text:list>\
         <text:p>between</text:p>\
         <text:list text:style-name=\"L1\" text:continue-numbering=\"true\">{}</text:list>\
         <text:list text:style-name=\"L1\"><text:list-item text:start-value=\"7\"><text:p>seven</text:p><text:p>its second</text:p></text:list-item></text:list>\
         <text:h text:outline-level=\"1\">Ends</text:h>",
        item("one"),
        item("b"),
        item("c"),
        item("deep"),
        item("three")
    );
    let document = flat(&body);
    assert_eq!(
        document.text,
        "CHAPTER I Scope\n1. one\n2. two\n(b) b\n(c) c\n2.c.1. deep\nbetween\n3. three\n7. seven\nits second\nCHAPTER II Ends\n"
    );
    let heading = &document.native[0];
    assert_eq!(
        (heading.kind, heading.number.as_deref(), heading.heading.as_deref()),
        (NativeKind::Heading(1), Some("CHAPTER I"), Some("Scope"))
    );
    assert_eq!(document.metadata.title.as_deref(), Some("A Treaty"));
}

#[test]
fn notes_comments_boxes_and_tables_have_their_place() {
    let document = flat(
        "<text:p>Culture<text:note text:note-class=\"footnote\"><text:note-citation>3</text:note-citation><text:note-body><text:p>Films<text:s/>too.</text:p></text:note-body></text:note> \
         matters<office:annotation><dc:creator>Ann</dc:creator><dc:date>2020-01-01</dc:date><text:p>Really?</text:p></office:annotation>.\
         <draw:frame><draw:text-box><text:p>In a box</text:p></draw:text-box></draw:frame></text:p>\
         <table:table><table:table-row><table:table-cell><text:p>a</text:p><text:p>b</text:p></table:table-cell><table:covered-table-cell/><table:table-cell><text:p>c</text:p></table:table-cell></table:table-row></table:table>",
    );
    assert_eq!(document.text, "Culture matters.\nFilms too.\nAnn: Really?\nIn a box\na b\tc\n");
    let asides: Vec<_> = document.asides.iter().map(|aside| (aside.span.of(&document.text), aside.mark.as_deref())).collect();
    assert_eq!(asides, [("Films too.\n", Some("3")), ("Ann: Really?\n", None)]);
}

#[test]
fn tracked_changes_stay_with_their_author() {
    let document = flat(
        "<text:tracked-changes><text:changed-region xml:id=\"c1\"><text:insertion><office:change-info><dc:creator>HL</dc:creator><dc:date>2021-02-03T00:00:00</dc:date></office:change-info></text:insertion></text:changed-region>\
         <text:changed-region xml:id=\"c2\"><text:deletion><office:change-info><dc:creator>WI</dc:creator></office:change-info><text:p>may not</text:p></text:deletion></text:changed-region></text:tracked-changes>\
         <text:p>The Parties <text:change-start text:change-id=\"c1\"/>shall<text:change-end text:change-id=\"c1\"/><text:change text:change-id=\"c2\"/> agree.</text:p>",
    );
    assert_eq!(document.text, "The Parties shallmay not agree.\n");
    let edits: Vec<_> = document.edits.iter().map(|edit| (edit.kind, edit.span.of(&document.text), edit.author.as_deref())).collect();
    assert_eq!(edits, [(EditKind::Inserted, "shall", Some("HL")), (EditKind::Deleted, "may not", Some("WI"))]);
    assert_eq!(document.edits[0].date.as_deref(), Some("2021-02-03T00:00:00"));
}

/// A package with this content.
fn packed(content: &str) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, words) in [
        ("mimetype", "application/vnd.oasis.opendocument.text".to_owned()),
        ("styles.xml", format!("<office:document-styles>{STYLES}</office:document-styles>")),
        (
            "content.xml",
            format!("<office:document-content><office:body><office:text>{content}</office:text></office:body></office:document-content>"),
        ),
    ] {
        // The kind of the package stands first and in clear (OpenDocument 1.3, part 2, section 3.3).
        let stored = if path == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        zip.start_file(path, SimpleFileOptions::default().compression_method(stored)).expect("a part");
        zip.write_all(words.as_bytes()).expect("written");
    }
    zip.finish().expect("closed").into_inner()
}

#[test]
fn packed_files_are_read_and_damaged_ones_named() {
    let bytes = packed("<text:h text:outline-level=\"1\">Scope</text:h>");
    assert_eq!(super::super::read(&bytes).expect("a package").text, "CHAPTER I Scope\n");
    let error = read(&bytes[..bytes.len() / 2]).expect_err("cut").to_string();
    assert!(error.contains("damaged") && error.contains("LibreOffice"), "{error}");
}

#[test]
fn packages_have_limits() {
    let bytes = packed(&format!("<text:p>{}</text:p>", "a".repeat(3 << 20)));
    assert!(bytes.len() < 100_000);
    assert!(read(&bytes).is_ok(), "small enough to be harmless");
    for (limits, words) in [
        (Limits { ratio_from: 1 << 20, ..Limits::default() }, "content.xml inflates to more than"),
        (Limits { part_bytes: 1 << 20, ..Limits::default() }, "more than 1048576 bytes"),
        (Limits { total_bytes: 2 << 20, ..Limits::default() }, "content.xml inflates to more than"),
        (Limits { parts: 2, ..Limits::default() }, "it has 3 parts, more than 2"),
    ] {
        let error = read_within(&bytes, limits).expect_err("refused").to_string();
        assert!(error.contains(words), "{error}");
    }
}

#[test]
fn entities_of_the_file_are_not_expanded() {
    let file = "<?xml version=\"1.0\"?><!DOCTYPE d [<!ENTITY x \"laugh\">]><office:document><office:body><office:text><text:p>a &x; b</text:p></office:text></office:body></office:document>";
    let document = read(file.as_bytes()).expect("well formed");
    assert_eq!(document.text, "a \u{fffd} b\n");
    assert_eq!(document.messages[0].code, "unresolved-entities");
}
