//! OpenDocument texts (.odt, and flat .fodt): the text as LibreOffice shows it.
//!
//! Paragraphs are lines, automatic numbers are written out, notes and comments follow the paragraph that carries their mark,
//! and tracked changes stay in the text with an [`Edit`](super::Edit) over them: what was struck out stands in a list of its own in the file
//! and is put back where it stood. Not read: running heads and feet, pictures, formulas, embedded files.

mod lists;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use super::flow::Mark;
use super::limits::{Clock, Limits};
use super::package::Package;
use super::units::Builder;
use super::xml::{ADVICE, Start, Xml};
use super::{Document, EditKind, Message, NativeKind, ReadError, encoding};
use lists::{Counting, Lists};

/// Elements whose words are not shown in the text, or shown elsewhere.
const SKIPPED: [&str; 11] = [
    "sequence-decls",
    "forms",
    "ruby-text",
    "desc",
    "hidden-text",
    "event-listeners",
    "scripts",
    "object",
    "object-ole",
    "covered-table-cell",
    "settings",
];

/// Reads an OpenDocument text, packed or flat.
pub(super) fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    read_within(bytes, Limits::default())
}

/// Reads an OpenDocument text within limits.
pub(super) fn read_within(bytes: &[u8], limits: Limits) -> Result<Document, ReadError> {
    let clock = limits.clock();
    let mut reader = Reader::default();
    if !bytes.starts_with(b"PK") {
        reader.part(bytes, clock)?;
        return reader.finish();
    }
    let mut package = Package::open(bytes, damaged, limits)?;
    // The styles first: numbers need them.
    for (path, needed) in [("meta.xml", false), ("styles.xml", false), ("content.xml", true)] {
        match package.part(path)? {
            Some(part) => reader.part(&part, clock)?,
            None if needed => return Err(damaged(format!("the part {path} is missing, or locked by a password"))),
            None => {}
        }
    }
    reader.finish()
}

/// The error of a package that breaks the rules of the format.
fn damaged(cause: String) -> ReadError {
    ReadError::Damaged { format: "OpenDocument", cause, advice: "open it in LibreOffice and save it again without a password" }
}

/// What is done when an element ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Close {
    Nothing,
    Paragraph,
    Heading,
    List,
    Item,
    Note,
    Citation,
    Row,
    Cell,
    /// A region of the list of changes.
    Region,
    /// A paragraph among deleted words.
    Deleted,
    /// A field that is kept: the author or the date of a change or comment, the title.
    Field,
    Body,
}

/// A change in the list of changes.
#[derive(Default)]
struct Change {
    mark: Option<Mark>,
    /// The paragraphs that were struck out.
    deleted: Vec<String>,
}

#[derive(Default)]
struct Reader {
    builder: Option<Builder>,
    path: Vec<(String, Close)>,
    lists: Lists,
    /// The list that is open, and for each level of it the style of its own and whether its item still waits for its number.
    counting: Option<Counting>,
    levels: Vec<(Option<String>, Option<Option<u32>>)>,
    changes: HashMap<String, Change>,
    region: Option<(String, Change)>,
    /// The words of a field, and of the mark of a note.
    field: Option<String>,
    creator: Option<String>,
    title: Option<String>,
    messages: Vec<Message>,
}

impl Reader {
    /// Reads one part of the package, or the whole flat file.
    fn part(&mut self, bytes: &[u8], clock: Clock) -> Result<(), ReadError> {
        let (source, _) = encoding::decode_xml(bytes);
        let mut xml = Xml::new(&source, |cause| ReadError::Damaged { format: "OpenDocument", cause, advice: ADVICE }, clock);
        xml.walk(&SKIPPED, self, Self::enter, Self::words, Self::close)?;
        self.messages.extend(xml.message());
        Ok(())
    }

    fn parent(&self) -> &str {
        self.path.last().map_or("", |(name, _)| name.as_str())
    }

    fn is_in(&self, close: Close) -> bool {
        self.path.iter().any(|(_, open)| *open == close)
    }

    fn enter(&mut self, start: &Start<'_>) {
        let close = self.open(start);
        self.path.push((start.name().to_owned(), close));
    }

    fn open(&mut self, start: &Start<'_>) -> Close {
        let name = start.name();
        match name {
            "text" if self.parent() == "body" => {
                self.builder = Some(Builder::new());
                return Close::Body;
            }
            "creator" | "date" | "title"
                if self.parent() == if name == "title" { "meta" } else { "change-info" } || self.parent() == "annotation" =>
            {
                self.field = Some(String::new());
                return Close::Field;
            }
            _ => {}
        }
        if !self.is_in(Close::Body) {
            self.lists.read_style(start);
            return Close::Nothing;
        }
        if self.region.is_some() || name == "changed-region" {
            return self.open_change(start);
        }
        let Some(builder) = &mut self.builder else { return Close::Nothing };
        match name {
            "p" | "h" => return self.open_paragraph(start),
            "list" => {
                if self.levels.is_empty() {
                    self.counting = Some(self.lists.begin(start));
                }
                self.levels.push((start.attribute("style-name"), None));
                return Close::List;
            }
            "list-item" => {
                if let Some((_, waiting)) = self.levels.last_mut() {
                    *waiting = Some(start.attribute("start-value").and_then(|value| value.parse().ok()));
                }
                return Close::Item;
            }
            "note" => {
                builder.note(None);
                return Close::Note;
            }
            "note-citation" => {
                self.field = Some(String::new());
                return Close::Citation;
            }
            "annotation" => {
                self.creator = None;
                builder.comment();
                return Close::Note;
            }
            "text-box" => {
                builder.text_box();
                return Close::Note;
            }
            "table-row" => {
                builder.row();
                return Close::Row;
            }
            "table-cell" => {
                builder.cell();
                return Close::Cell;
            }
            "change-start" => {
                let change = start.attribute("change-id").and_then(|id| self.changes.get(&id)?.mark.clone());
                builder.change(change.unwrap_or(Mark::unsigned(EditKind::Inserted)));
            }
            "change-end" => builder.end_change(),
            "change" => {
                if let Some((mark, deleted)) = start
                    .attribute("change-id")
                    .and_then(|id| self.changes.remove(&id))
                    .and_then(|change| Some((change.mark?, change.deleted)))
                {
                    builder.change(mark);
                    for (index, words) in deleted.iter().enumerate() {
                        if index > 0 {
                            builder.block();
                        }
                        builder.words(words);
                    }
                    builder.end_change();
                }
            }
            "s" | "tab" | "line-break" => builder.words(" "),
            _ => {}
        }
        Close::Nothing
    }

    /// A paragraph or heading begins: the first of a list item takes its number.
    fn open_paragraph(&mut self, start: &Start<'_>) -> Close {
        let heading = start.name() == "h";
        let outline = start.attribute("outline-level").and_then(|level| level.parse::<u8>().ok()).unwrap_or(1);
        let depth = self.levels.len();
        let style = self.levels.iter().rev().find_map(|(style, _)| style.clone());
        let label = match (self.levels.last_mut(), &mut self.counting) {
            (Some((_, waiting)), Some(counting)) => waiting.take().and_then(|set| self.lists.item(counting, style.as_deref(), depth, set)),
            _ if heading && start.attribute("is-list-header").as_deref() != Some("true") => {
                self.lists.heading(usize::from(outline), start.attribute("start-value").and_then(|value| value.parse().ok()))
            }
            _ => None,
        };
        let Some(builder) = &mut self.builder else { return Close::Nothing };
        if heading {
            builder.open(NativeKind::Heading(outline), None);
        } else {
            builder.block();
        }
        if let Some(label) = label {
            builder.words(&label);
            builder.label();
        }
        if let Some(creator) = self.creator.take().filter(|creator| !creator.trim().is_empty()) {
            builder.words(&format!("{creator}: "));
        }
        if heading { Close::Heading } else { Close::Paragraph }
    }

    fn open_change(&mut self, start: &Start<'_>) -> Close {
        match start.name() {
            "changed-region" => {
                self.region = start.attribute("id").map(|id| (id, Change::default()));
                return Close::Region;
            }
            "insertion" | "deletion" => {
                let kind = if start.name() == "insertion" { EditKind::Inserted } else { EditKind::Deleted };
                if let Some((_, change)) = &mut self.region {
                    change.mark = Some(Mark::unsigned(kind));
                }
            }
            "p" | "h" if self.path.iter().any(|(name, _)| name == "deletion") => {
                if let Some((_, change)) = &mut self.region {
                    change.deleted.push(String::new());
                }
                return Close::Deleted;
            }
            "s" | "tab" | "line-break" => self.words(" "),
            _ => {}
        }
        Close::Nothing
    }

    fn words(&mut self, words: &str) {
        if let Some(field) = &mut self.field {
            field.push_str(words);
        } else if let Some((_, change)) = &mut self.region {
            if self.path.iter().any(|(_, close)| *close == Close::Deleted)
                && let Some(last) = change.deleted.last_mut()
            {
                last.push_str(words);
            }
        } else if self.path.iter().any(|(_, close)| matches!(close, Close::Paragraph | Close::Heading))
            && let Some(builder) = &mut self.builder
        {
            builder.words(words);
        }
    }

    fn close(&mut self) {
        let Some((name, close)) = self.path.pop() else { return };
        match close {
            Close::Field => return self.close_field(&name),
            Close::Region => {
                if let Some((id, change)) = self.region.take() {
                    self.changes.insert(id, change);
                }
            }
            Close::List => {
                self.levels.pop();
                if self.levels.is_empty()
                    && let Some(counting) = self.counting.take()
                {
                    self.lists.end(counting);
                }
            }
            Close::Item => {
                if let Some((_, waiting)) = self.levels.last_mut() {
                    *waiting = None;
                }
            }
            _ => {}
        }
        let Some(builder) = &mut self.builder else { return };
        match close {
            Close::Paragraph => builder.end_block(),
            Close::Heading => {
                builder.end_heading();
                builder.close();
            }
            Close::Citation => builder.mark_note(self.field.take().unwrap_or_default().trim()),
            Close::Note => {
                self.creator = None;
                builder.end_note();
            }
            Close::Row => builder.end_row(),
            Close::Cell => builder.end_cell(),
            _ => {}
        }
    }

    fn close_field(&mut self, name: &str) {
        let words = self.field.take().unwrap_or_default().trim().to_owned();
        let words = (!words.is_empty()).then_some(words);
        match (name, &mut self.region) {
            ("title", _) => self.title = words,
            ("creator", Some((_, change))) => {
                if let Some(mark) = &mut change.mark {
                    mark.author = words;
                }
            }
            ("date", Some((_, change))) => {
                if let Some(mark) = &mut change.mark {
                    mark.date = words;
                }
            }
            ("creator", None) => self.creator = words,
            _ => {}
        }
    }

    fn finish(self) -> Result<Document, ReadError> {
        let mut document = self.builder.map(Builder::finish).unwrap_or_default();
        document.metadata.title = self.title;
        document.messages = self.messages;
        if document.text.trim().is_empty() {
            return Err(ReadError::NoText {
                format: "OpenDocument",
                advice: "if its pages are pictures, save it as PDF, run an OCR such as OCRmyPDF and read that",
            });
        }
        Ok(document)
    }
}
