//! Footnotes, endnotes and comments: their bodies, their marks and their place in the text.

use std::collections::HashMap;

use super::super::changes::Reading;
use super::super::flow::{Changes, Flow, Line, NoteRef};
use super::super::xml::{Node, Xml};
use super::super::{AsideKind, ReadError};
use super::body::{Context, walk};
use super::numbering::{Counts, Numbering};
use super::spell::spell;
use super::styles::Styles;

/// The numbers of notes, counted by their marks in the text.
#[derive(Debug)]
pub(super) struct Counters {
    /// Next number in each reading, of footnotes and of endnotes.
    next: [[u32; 2]; 2],
    /// Their formats.
    formats: [String; 2],
}

impl Default for Counters {
    fn default() -> Self {
        Self { next: [[1, 1], [1, 1]], formats: ["decimal".to_owned(), "lowerRoman".to_owned()] }
    }
}

impl Counters {
    /// Reads first numbers and formats from the settings. Restarts by page or section are not followed.
    pub fn read(xml: &mut Xml<'_>) -> Result<Self, ReadError> {
        let mut all = Self::default();
        let mut open = None;
        loop {
            match xml.next()? {
                Node::Start(start) => match (start.name(), open) {
                    ("footnotePr", _) => open = Some(0),
                    ("endnotePr", _) => open = Some(1),
                    ("numFmt", Some(index)) => all.formats[index] = start.val().unwrap_or_default(),
                    ("numStart", Some(index)) => all.next[index] = [start.number().unwrap_or(1); 2],
                    ("footnote" | "endnote" | "pos" | "numRestart", _) => {}
                    _ => open = None,
                },
                Node::Eof => return Ok(all),
                _ => {}
            }
        }
    }

    /// The mark of the next note: the number as proposed or, for a note that was struck out, the number as it was.
    pub fn next(&mut self, endnote: bool, changes: &Changes) -> Option<String> {
        let mut mark = None;
        for reading in Reading::BOTH.into_iter().filter(|reading| changes.shown(*reading)) {
            let next = &mut self.next[usize::from(endnote)][reading as usize];
            mark = Some(spell(*next, &self.formats[usize::from(endnote)]));
            *next = next.saturating_add(1);
        }
        mark
    }
}

/// Bodies of notes by the part that they stand in and their identifier.
#[derive(Debug, Default)]
pub(super) struct Notes {
    bodies: HashMap<(Part, String), Flow>,
}

/// Which part holds a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Part {
    Footnotes,
    Endnotes,
    Comments,
}

impl Notes {
    /// Reads a part with notes: its elements are `footnote`, `endnote` or `comment`.
    pub fn read(&mut self, xml: &mut Xml<'_>, element: &str, styles: &Styles, numbering: &Numbering) -> Result<(), ReadError> {
        let place = match element {
            "comment" => Part::Comments,
            "endnote" => Part::Endnotes,
            _ => Part::Footnotes,
        };
        // Lists in notes count for themselves.
        let mut counts = [Counts::default(), Counts::default()];
        loop {
            match xml.next()? {
                Node::Start(start) if start.name() == element => {
                    // Separators between text and notes have a type.
                    if start.spaced("type").is_some_and(|kind| kind != "normal") {
                        xml.skip()?;
                        continue;
                    }
                    let id = start.spaced("id").unwrap_or_default();
                    let author = start.spaced("author").filter(|_| element == "comment");
                    let mut nothing = Self::default();
                    let mut counters = Counters::default();
                    let mut context = Context {
                        styles,
                        numbering,
                        counts: &mut counts,
                        counters: &mut counters,
                        notes: &mut nothing,
                        running: &mut Vec::new(),
                    };
                    let body = walk(xml, &mut context, false)?;
                    self.bodies.insert((place, id), signed(body, author));
                }
                Node::Eof => return Ok(()),
                _ => {}
            }
        }
    }

    /// Puts a note into the text. Each body is placed once, however often a damaged file refers to it.
    pub fn place(&mut self, note: NoteRef, flow: &mut Flow) {
        let place = match (note.kind, note.endnote) {
            (AsideKind::Comment, _) => Part::Comments,
            (_, true) => Part::Endnotes,
            _ => Part::Footnotes,
        };
        let Some(mut body) = self.bodies.remove(&(place, note.id)) else { return };
        body.change(&note.changes);
        flow.aside(body, note.kind, note.mark);
    }
}

/// The body with the name of its author before the words.
fn signed(body: Flow, author: Option<String>) -> Flow {
    let Some(author) = author.filter(|author| !author.trim().is_empty() && !body.text.is_empty()) else { return body };
    let mut line = Line::default();
    line.push(&format!("{author}: "), None);
    let mut signed = Flow::default();
    signed.lines(&mut line);
    signed.append(body);
    signed
}
