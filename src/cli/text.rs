//! `clausula text FILE`: the text as it was read.

use std::cmp::Reverse;
use std::fmt::Write;
use std::path::PathBuf;

use clap::Args;

use super::files::{self, Input};
use super::{Exit, Reading, output};
use crate::document::{AsideKind, Document, EditKind};
use crate::text::one_line;

/// What `text` shows.
#[derive(Args, Debug)]
pub(super) struct TextArguments {
    /// The file, or `-` for standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Put the page and byte of every line before it, mark what stands outside the flow (r running head or foot, f footnote, c
    /// comment), and list the tracked changes with their authors.
    #[arg(long)]
    places: bool,
    /// The reading of a draft with tracked changes; `is` shows `{+inserted+}` and `[-struck out-]` words side by side.
    #[arg(long = "as", value_enum, default_value = "proposed", value_name = "READING")]
    reading: Reading,
}

pub(super) fn run(arguments: &TextArguments) -> Exit {
    let (inputs, missing, _) = files::expand(std::slice::from_ref(&arguments.file));
    for (name, cause) in &missing {
        output::error(name, cause);
    }
    let Some(input) = inputs.first() else { return Exit::Unread };
    match input.document() {
        Ok(document) => {
            show(input, &arguments.reading.of(document), arguments);
            Exit::Done
        }
        Err(error) => {
            output::error(&input.name(), &error.to_string());
            Exit::Unread
        }
    }
}

fn show(input: &Input, document: &Document, arguments: &TextArguments) {
    for message in &document.messages {
        let page = message.page.map_or_else(String::new, |page| format!(" (page {page})"));
        output::note(&format!("{}: {}{page}", input.name(), message.text));
    }
    let marks = if arguments.reading == Reading::Is { marks(document) } else { Vec::new() };
    let mut out = String::new();
    let (mut at, mut mark, mut aside) = (0, 0, 0);
    for line in document.text.split_inclusive('\n') {
        if arguments.places {
            let page = document.page_at(at).map_or_else(|| "-".to_owned(), |page| page.to_string());
            while document.asides.get(aside).is_some_and(|aside| aside.span.end <= at) {
                aside += 1;
            }
            let kind = document.asides.get(aside).filter(|aside| aside.span.contains(at)).map_or(' ', |aside| match aside.kind {
                AsideKind::Running => 'r',
                AsideKind::Footnote => 'f',
                AsideKind::Comment => 'c',
            });
            // Writing to a string cannot fail.
            let _ = write!(out, "{page:>4} {at:>8} {kind} ");
        }
        let end = at + line.len();
        while let Some((place, sign)) = marks.get(mark).filter(|(place, _)| *place < end) {
            out.push_str(&output::harmless(document.text.get(at..*place).unwrap_or_default()));
            out.push_str(sign);
            (at, mark) = (*place, mark + 1);
        }
        out.push_str(&output::harmless(document.text.get(at..end).unwrap_or_default()));
        at = end;
    }
    for (_, sign) in &marks[mark..] {
        out.push_str(sign);
    }
    if arguments.places {
        out.push_str(&changes(document));
    }
    output::data(&out);
}

/// The signs around inserted and struck out words, in order of their places. A sign stands before a line break that belongs
/// to the change; a change that is nothing but a line break shows a pilcrow.
fn marks(document: &Document) -> Vec<(usize, &'static str)> {
    let mut marks = Vec::new();
    for edit in &document.edits {
        let (open, close, only_break) = match edit.kind {
            EditKind::Inserted => ("{+", "+}", "{+¶+}"),
            EditKind::Deleted => ("[-", "-]", "[-¶-]"),
        };
        let words = edit.span.of(&document.text).trim_end_matches('\n');
        if words.is_empty() {
            marks.push((edit.span.start, 1, Reverse(edit.span.start), only_break));
        } else {
            let end = edit.span.start + words.len();
            marks.push((edit.span.start, 2, Reverse(end), open));
            marks.push((end, 0, Reverse(edit.span.start), close));
        }
    }
    // What closes at a place comes before what opens there, and the inner change closes first and opens last.
    marks.sort_by_key(|&(place, order, other_end, _)| (place, order, other_end));
    marks.into_iter().map(|(place, .., sign)| (place, sign)).collect()
}

/// The tracked changes of the reading, one to a line.
fn changes(document: &Document) -> String {
    let mut out = String::new();
    for edit in &document.edits {
        let what = match edit.kind {
            EditKind::Inserted => "inserted",
            EditKind::Deleted => "struck out",
        };
        let words = one_line(edit.span.of(&document.text));
        let by = edit.author.as_deref().map_or_else(String::new, |author| format!(" by {}", output::harmless(author)));
        let on = edit.date.as_deref().map_or_else(String::new, |date| format!(" on {}", output::harmless(date)));
        let _ = writeln!(out, "{what}{by}{on}, bytes {} to {}: {}", edit.span.start, edit.span.end, output::harmless(&words));
    }
    if out.is_empty() { out } else { format!("\nTracked changes\n{out}") }
}
