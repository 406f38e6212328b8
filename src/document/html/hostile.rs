//! Pages made to take the machine, and what the reader says of them.

use std::time::Duration;

use super::super::ReadError;
use super::super::limits::Limits;
use super::{page, read, read_within};

#[test]
fn a_million_elements_in_one_another_are_refused() {
    let error = read(format!("<html>{}x", "<div>".repeat(1_000_000)).as_bytes()).expect_err("too deep").to_string();
    assert!(error.contains("nest deeper than 1000"), "{error}");
}

#[test]
fn a_tag_with_too_many_attributes_is_refused() {
    let tag = |count: usize| format!("<html><p {}>text</p>", (0..count).map(|number| format!("a{number}='x > y' ")).collect::<String>());
    let error = read(tag(page::MAX_ATTRIBUTES + 1).as_bytes()).expect_err("too many").to_string();
    assert!(error.contains("attributes"), "{error}");
    assert_eq!(read(tag(20).as_bytes()).expect("a page").text, "text\n");
    let picture = format!("<html><img src='data:image/png;base64,{}'><p>text</p>", "A ".repeat(100_000));
    assert_eq!(read(picture.as_bytes()).expect("a page").text, "text\n");
}

#[test]
fn the_time_is_limited() {
    let limits = Limits { time: Duration::ZERO, ..Limits::default() };
    assert!(matches!(read_within(b"<html><p>x", limits), Err(ReadError::TooSlow { seconds: 0 })));
}

#[test]
fn large_lists_and_tables_are_read() {
    let list = format!("<html><ol>{}</ol>", "<li>goods".repeat(20_000));
    assert_eq!(read(list.as_bytes()).expect("a page").text.lines().last(), Some("20000. goods"));
    let row = format!("<html><table><tr>{}</table>", "<td>x".repeat(20_000));
    assert_eq!(read(row.as_bytes()).expect("a page").text.matches('x').count(), 20_000);
}
