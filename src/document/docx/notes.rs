//! Footnotes, endnotes and comments: their bodies, their marks and their place in the text.

use std::collections::HashMap;

use super::super::flow::{Flow, Line, NoteRef};
use super::super::{AsideKind, ReadError, Span};
use super::body::{Context, walk};
use super::numbering::{Numbering, spell};
use super::styles::Styles;
use super::xml::{Node, Xml};

/// The numbers of notes, counted by their marks in the text.
#[derive(Debug)]
pub(super) struct Counters {
    /// Next number and format, of footnotes and of endnotes.
    of: [(u32, String); 2],
}

impl Default for Counters {
    fn default() -> Self {
        Self { of: [(1, "decimal".to_owned()), (1, "lowerRoman".to_owned())] }
    }
}

impl Counters {
    /// Reads first numbers and formats from the settings. Restarts by page or section are not followed.
    pub fn read(part: &str) -> Result<Self, ReadError> {
        let mut xml = Xml::new(part);
        let mut all = Self::default();
        let mut open = None;
        loop {
            match xml.next()? {
                Node::Start(start) => match (start.name(), open) {
                    ("footnotePr", _) => open = Some(0),
                    ("endnotePr", _) => open = Some(1),
                    ("numFmt", Some(index)) => all.of[index].1 = start.val().unwrap_or_default(),
                    ("numStart", Some(index)) => all.of[index].0 = start.number().unwrap_or(1),
                    ("footnote" | "endnote" | "pos" | "numRestart", _) => {}
                    _ => open = None,
                },
                Node::Eof => return Ok(all),
                _ => {}
            }
        }
    }

    /// The mark of the next note.
    pub fn next(&mut self, endnote: bool) -> String {
        let (next, format) = &mut self.of[usize::from(endnote)];
        let mark = spell(*next, format);
        *next = next.saturating_add(1);
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
        let mut numbering = numbering.clone();
        loop {
            match xml.next()? {
                Node::Start(start) if start.name() == element => {
                    // Separators between text and notes have a type.
                    if start.attribute("type").is_some_and(|kind| kind != "normal") {
                        xml.skip()?;
                        continue;
                    }
                    let id = start.attribute("id").unwrap_or_default();
                    let author = start.attribute("author").filter(|_| element == "comment");
                    let mut nothing = Self::default();
                    let mut counters = Counters::default();
                    let mut context = Context { styles, numbering: &mut numbering, counters: &mut counters, notes: &mut nothing };
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
        if let Some(mark) = note.edit.filter(|_| !body.text.is_empty()) {
            body.edits = vec![mark.over(Span::new(0, body.text.len()))];
        }
        flow.aside(body, note.kind, note.mark);
    }
}

/// The body with the name of its author before the words.
fn signed(body: Flow, author: Option<String>) -> Flow {
    let Some(author) = author.filter(|author| !author.trim().is_empty() && !body.text.is_empty()) else { return body };
    let mut line = Line::default();
    line.push(&format!("{author}: "), None);
    let mut signed = Flow { text: line.text, ..Flow::default() };
    signed.append(body);
    signed
}
