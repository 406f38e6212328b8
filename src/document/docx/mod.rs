//! Word documents (Office Open XML), transitional and strict: the text as Word shows it.
//!
//! Paragraphs are lines, automatic numbers are written out, notes and comments follow the paragraph that
//! carries their mark, and tracked changes stay in the text with an [`Edit`](super::Edit) over them: the
//! text holds the deleted words too. Where a change alters the number of a paragraph, both numbers are in the
//! text, each under an edit. Running heads come once, before the text, and feet once, after it. Not read:
//! pictures, charts, embedded files, and numbers that only a field computes (`LISTNUM`, `AUTONUM`).

mod body;
mod fields;
#[cfg(test)]
mod hostile;
mod notes;
mod numbering;
mod package;
mod paragraph;
mod properties;
mod spell;
mod styles;
mod symbols;
#[cfg(test)]
mod tests;

pub(super) use spell::spell;

use std::collections::HashSet;

use super::flow::Flow;
use super::limits::{Clock, Limits};
use super::xml::{Node, Xml};
use super::{AsideKind, Document, Level, Message, ReadError};
use crate::text::one_line;
use body::{Context, walk};
use notes::{Counters, Notes};
use numbering::{Counts, Numbering};
use package::Package;
use styles::Styles;

/// Where the title is kept.
const CORE: &str = "docProps/core.xml";

/// Reads a Word document.
pub(super) fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    read_within(bytes, Limits::default())
}

/// Reads a Word document within limits.
fn read_within(bytes: &[u8], limits: Limits) -> Result<Document, ReadError> {
    let clock = limits.clock();
    let mut package = Package::open(bytes, limits, clock)?;
    let main = package.main()?;
    let styles = package.related("styles")?.map_or_else(|| Ok(Styles::default()), |part| Styles::read(&mut stream(&part, clock)))?;
    let numbering = package
        .related("numbering")?
        .map_or_else(|| Ok(Numbering::default()), |part| Numbering::read(&mut stream(&part, clock), &styles))?;
    let mut counters =
        package.related("settings")?.map_or_else(|| Ok(Counters::default()), |part| Counters::read(&mut stream(&part, clock)))?;
    let mut notes = Notes::default();
    for (kind, element) in [("footnotes", "footnote"), ("endnotes", "endnote"), ("comments", "comment")] {
        if let Some(part) = package.related(kind)? {
            notes.read(&mut stream(&part, clock), element, &styles, &numbering)?;
        }
    }
    let mut counts = [Counts::default(), Counts::default()];
    let mut ids = Vec::new();
    let mut context = Context {
        styles: &styles,
        numbering: &numbering,
        counts: &mut counts,
        counters: &mut counters,
        notes: &mut notes,
        running: &mut ids,
    };
    let mut xml = stream(&main, clock);
    let body = walk(&mut xml, &mut context, true)?;
    let (mut text, feet) = running(&mut package, &ids, &styles, &numbering, clock)?;
    text.append(body);
    for foot in feet {
        text.aside(foot, AsideKind::Running, None);
    }
    let mut document = text.finish();
    if document.text.trim().is_empty() || document.asides.iter().map(|aside| aside.span.len()).sum::<usize>() == document.text.len() {
        return Err(ReadError::NoText {
            format: "Word",
            advice: "if its pages are pictures, save it as PDF, run an OCR such as OCRmyPDF and read that",
        });
    }
    document.messages.extend(xml.message());
    if package.has_foreign_parts() {
        document.messages.push(Message::new(
            Level::Warning,
            "embedded-part",
            "the Word file takes in the text of other files, which was not read: open it in Word and save it again, or read those files too",
        ));
    }
    document.metadata.title = package.part(CORE)?.map_or(Ok(None), |part| title(&mut stream(&part, clock)))?;
    Ok(document)
}

/// The heads of pages as the beginning of the text, and the feet; those of several sections that say the same come once.
fn running(
    package: &mut Package<'_>,
    ids: &[String],
    styles: &Styles,
    numbering: &Numbering,
    clock: Clock,
) -> Result<(Flow, Vec<Flow>), ReadError> {
    let (mut heads, mut feet) = (Flow::default(), Vec::new());
    let mut parts = HashSet::new();
    let mut seen = HashSet::new();
    for id in ids {
        if !parts.insert(id) {
            continue;
        }
        let Some((kind, part)) = package.by_id(id)? else { continue };
        let mut context = Context {
            styles,
            numbering,
            counts: &mut [Counts::default(), Counts::default()],
            counters: &mut Counters::default(),
            notes: &mut Notes::default(),
            running: &mut Vec::new(),
        };
        let flow = walk(&mut stream(&part, clock), &mut context, true)?;
        if flow.text.trim().is_empty() || !seen.insert(flow.text.clone()) {
            continue;
        }
        match kind.as_str() {
            "header" => heads.aside(flow, AsideKind::Running, None),
            _ => feet.push(flow),
        }
    }
    Ok((heads, feet))
}

/// The title in the properties of the file.
fn title(xml: &mut Xml<'_>) -> Result<Option<String>, ReadError> {
    let mut words = String::new();
    let mut open = false;
    loop {
        match xml.next()? {
            Node::Start(start) => open = start.name() == "title",
            Node::End if open => break,
            Node::Text(text) if open => words.push_str(&text),
            Node::Eof => break,
            _ => {}
        }
    }
    let words = one_line(&words);
    Ok((!words.is_empty()).then_some(words))
}

/// A part as a stream of elements, in the time that is left.
fn stream(part: &str, clock: Clock) -> Xml<'_> {
    Xml::new(part, damaged, clock)
}

/// The error for every file that breaks the rules of the format.
fn damaged(cause: String) -> ReadError {
    ReadError::Damaged {
        format: "Word",
        cause,
        advice: "check that the copy or download was complete, or open it in Word or LibreOffice and save it again",
    }
}
