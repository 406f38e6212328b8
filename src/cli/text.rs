//! `clausula text FILE`: the text as it was read.

use std::fmt::Write;
use std::path::PathBuf;

use clap::Args;

use super::files::{self, Input};
use super::{Exit, output};
use crate::document::{AsideKind, Document};

/// What `text` shows.
#[derive(Args, Debug)]
pub(super) struct TextArguments {
    /// The file, or `-` for standard input.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Put the page and byte of every line before it, and mark what stands outside the flow.
    #[arg(long)]
    places: bool,
}

pub(super) fn run(arguments: &TextArguments) -> Exit {
    let (inputs, missing, _) = files::expand(std::slice::from_ref(&arguments.file));
    for (name, cause) in &missing {
        output::error(name, cause);
    }
    let Some(input) = inputs.first() else { return Exit::Unread };
    match input.document() {
        Ok(document) => {
            show(input, &document, arguments.places);
            Exit::Done
        }
        Err(error) => {
            output::error(&input.name(), &error.to_string());
            Exit::Unread
        }
    }
}

fn show(input: &Input, document: &Document, places: bool) {
    for message in &document.messages {
        let page = message.page.map_or_else(String::new, |page| format!(" (page {page})"));
        output::note(&format!("{}: {}{page}", input.name(), message.text));
    }
    if !places {
        output::data(&output::harmless(&document.text));
        return;
    }
    let mut out = String::new();
    let mut at = 0;
    for line in document.text.split_inclusive('\n') {
        let page = document.page_at(at).map_or_else(|| "-".to_owned(), |page| page.to_string());
        let aside = document.asides.iter().find(|aside| aside.span.contains(at)).map_or(' ', |aside| match aside.kind {
            AsideKind::Running => 'r',
            AsideKind::Footnote => 'f',
            AsideKind::Comment => 'c',
        });
        // Writing to a string cannot fail.
        let _ = writeln!(out, "{page:>4} {at:>8} {aside} {}", output::harmless(line.trim_end_matches('\n')));
        at += line.len();
    }
    output::data(&out);
}
