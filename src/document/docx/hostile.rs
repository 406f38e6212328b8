//! Packages made to take the machine, and what the reader says of them.

use std::time::Duration;

use super::super::ReadError;
use super::super::limits::Limits;
use super::tests::package;
use super::{read, read_within};

/// A document with this text in one paragraph, and this before it.
fn file(prolog: &str, text: &str) -> Vec<u8> {
    package(&[("word/document.xml", &format!("{prolog}<w:document><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"))])
}

fn cause(result: Result<super::Document, ReadError>) -> String {
    match result {
        Err(ReadError::Damaged { cause, .. }) => cause,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_bomb_is_refused() {
    let bomb = file("", &"a".repeat(3 << 20));
    assert!(bomb.len() < 100_000);
    assert!(read(&bomb).is_ok(), "small enough to be harmless");
    let cause_of = |limits| cause(read_within(&bomb, limits));
    let ratio = cause_of(Limits { ratio_from: 1 << 20, ..Limits::default() });
    assert!(ratio.contains("word/document.xml inflates to more than"), "{ratio}");
    let part = cause_of(Limits { part_bytes: 1 << 20, ..Limits::default() });
    assert!(part.contains("more than 1048576 bytes"), "{part}");
    let total = cause_of(Limits { total_bytes: 1000, ..Limits::default() });
    assert!(total.contains("more than 1000 bytes"), "{total}");
}

#[test]
fn too_many_parts_are_refused() {
    let names: Vec<String> = (0..50).map(|number| format!("part{number}")).collect();
    let parts: Vec<(&str, &str)> = names.iter().map(|name| (name.as_str(), "")).collect();
    let cause = cause(read_within(&package(&parts), Limits { parts: 49, ..Limits::default() }));
    assert_eq!(cause, "it has 50 parts, more than 49");
}

#[test]
fn entities_of_the_file_are_not_expanded() {
    let levels: String = (1..10).map(|level| format!("<!ENTITY e{level} \"{}\">", format!("&e{};", level - 1).repeat(10))).collect();
    let bomb = file(&format!("<!DOCTYPE d [<!ENTITY e0 \"laugh\">{levels}]>"), &"&e9;".repeat(100));
    let document = read(&bomb).expect("a document");
    assert_eq!(document.text, "\u{fffd}".repeat(100) + "\n");
    assert_eq!(document.messages[0].code, "unresolved-entities");
}

#[test]
fn the_time_is_limited() {
    let limits = Limits { time: Duration::ZERO, ..Limits::default() };
    assert!(matches!(read_within(&file("", "x"), limits), Err(ReadError::TooSlow { seconds: 0 })));
}

#[test]
fn large_tables_and_many_changes_are_read() {
    let cell = "<w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc>";
    let row = format!("<w:document><w:body><w:tbl><w:tr>{}</w:tr></w:tbl></w:body></w:document>", cell.repeat(20_000));
    assert_eq!(read(&package(&[("word/document.xml", &row)])).expect("a document").text.matches('x').count(), 20_000);
    let changes = "</w:t></w:r><w:ins w:author='A'><w:r><w:t>b</w:t></w:r></w:ins><w:del w:author='B'><w:r><w:delText>c</w:delText></w:r></w:del><w:r><w:t>";
    assert_eq!(read(&file("", &changes.repeat(20_000))).expect("a document").edits.len(), 40_000);
}
