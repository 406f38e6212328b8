//! The marks of a draft: a line for each passage, or a JSON object a line.

use std::fmt::Write;

use serde::Serialize;

use super::super::output;
use crate::document::Span;
use crate::structure::{Agreement, Drafting, Passage, PassageKind, PassageStatus};
use crate::text::one_line;

/// A passage as JSON (part of the contract `clausula/1`).
#[derive(Serialize)]
struct Row<'a> {
    file: &'a str,
    kind: PassageKind,
    status: PassageStatus,
    in_brackets: bool,
    by: &'a [String],
    against: &'a [String],
    /// Line of this output, from 0, with the passage around.
    around: Option<usize>,
    provision: &'a str,
    citation: &'a str,
    /// Ids of the provisions that the passage covers from the first word to the last.
    whole: Vec<&'a str>,
    text: &'a str,
    span: Span,
    page: Option<u32>,
}

/// A line for each passage: citation, what it is, who, the beginning of its words, the page; then their number and why the
/// text is a draft.
pub(super) fn listing(name: &str, agreement: &Agreement) -> String {
    const WORDS: usize = 70;
    let drafting = agreement.drafting();
    let mut out = format!("{}\n", output::harmless(name));
    for passage in &drafting.passages {
        let depth = std::iter::successors(passage.around, |&at| drafting.passages[at].around).count();
        let words = one_line(passage.span.of(&agreement.document.text));
        let mut beginning: String = words.chars().take(WORDS).collect();
        if beginning.len() < words.len() {
            beginning.push('…');
        }
        let page = agreement.document.page_at(passage.span.start).map_or_else(String::new, |page| format!(" · p. {page}"));
        let line = format!("{} · {} | {beginning}{page}", place(agreement, passage), what(passage));
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{}{}", "  ".repeat(depth), output::harmless(&line));
    }
    out.push_str(&output::harmless(&closing(&drafting)));
    out
}

/// The provision in which a passage stands, or those that it covers.
fn place(agreement: &Agreement, passage: &Passage) -> String {
    /// More are counted.
    const NAMED: usize = 3;
    let citation = |index: usize| match agreement.provisions[index].citation.as_str() {
        "agreement" => "text",
        citation => citation,
    };
    if passage.whole.is_empty() {
        return citation(passage.provision).to_owned();
    }
    let mut names: Vec<&str> = passage.whole.iter().take(NAMED).map(|&index| citation(index)).collect();
    let more = passage.whole.len().saturating_sub(NAMED);
    let rest = format!("{more} more");
    if more > 0 {
        names.push(&rest);
    }
    format!("{} (whole)", names.join(", "))
}

/// What a passage is, who proposes and who opposes it.
fn what(passage: &Passage) -> String {
    let mut what = passage.kind.name().to_owned();
    if !passage.by.is_empty() {
        let _ = write!(what, " by {}", passage.by.join(", "));
    }
    if !passage.against.is_empty() {
        let _ = write!(what, ", opposed by {}", passage.against.join(", "));
    }
    match passage.status {
        PassageStatus::Reserved => what.push_str(", position reserved"),
        PassageStatus::ToBeConfirmed => what.push_str(", to be confirmed"),
        PassageStatus::Open | PassageStatus::Proposed => {}
    }
    what
}

/// How many passages of each kind there are, and why the text is a draft.
fn closing(drafting: &Drafting) -> String {
    if !drafting.is_draft() {
        return "no marks of a draft\n".to_owned();
    }
    let of = |kind: PassageKind| drafting.passages.iter().filter(|passage| passage.kind == kind).count();
    let kinds: Vec<String> = [
        (PassageKind::Proposal, "proposals"),
        (PassageKind::Alternative, "alternatives"),
        (PassageKind::Bracketed, "in brackets only"),
        (PassageKind::Position, "positions and notes"),
        (PassageKind::Placeholder, "placeholders"),
    ]
    .into_iter()
    .map(|(kind, name)| (of(kind), name))
    .filter(|(count, _)| *count > 0)
    .map(|(count, name)| format!("{count} {name}"))
    .collect();
    let reasons: Vec<String> = drafting.evidence.iter().map(ToString::to_string).collect();
    let marked = if kinds.is_empty() {
        "no marks in the text".to_owned()
    } else {
        format!("{} marks: {}", drafting.passages.len(), kinds.join(", "))
    };
    format!("{marked}\na draft: {}\n", reasons.join("; "))
}

pub(super) fn ndjson(name: &str, agreement: &Agreement) -> String {
    let drafting = agreement.drafting();
    let mut out = String::new();
    for passage in &drafting.passages {
        let row = Row {
            file: name,
            kind: passage.kind,
            status: passage.status,
            in_brackets: passage.in_brackets,
            by: &passage.by,
            against: &passage.against,
            around: passage.around,
            provision: &agreement.provisions[passage.provision].id,
            citation: &agreement.provisions[passage.provision].citation,
            whole: passage.whole.iter().map(|&index| agreement.provisions[index].id.as_str()).collect(),
            text: passage.span.of(&agreement.document.text),
            span: passage.span,
            page: agreement.document.page_at(passage.span.start),
        };
        output::json_line(&mut out, &row);
    }
    out
}
