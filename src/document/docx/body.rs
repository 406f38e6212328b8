//! The walk through the body of a document, of a note or of a comment: paragraphs, tables, fields, changes.
//!
//! The walk keeps its own stacks instead of calling itself, so that the nesting of a file cannot
//! exhaust the stack of the program.

use std::collections::HashMap;
use std::rc::Rc;

use super::super::changes::Reading;
use super::super::flow::{Cell, Changes, Flow, Mark, NoteRef};
use super::super::xml::{Node, Start, Xml};
use super::super::{AsideKind, EditKind, ReadError};
use super::fields::Fields;
use super::notes::{Counters, Notes};
use super::numbering::{Counts, Numbering};
use super::paragraph::{Paragraph, Properties, Run, compose, settle};
use super::styles::Styles;
use super::symbols::symbol;

/// Elements that hold old properties, or the copy of a text box for old programs.
const SKIPPED: [&str; 10] = [
    "Fallback",
    "rPrChange",
    "tblPrChange",
    "tblPrExChange",
    "trPrChange",
    "tcPrChange",
    "tblGridChange",
    "sectPrChange",
    "numberingChange",
    "rt",
];
/// Most columns that a cell may span.
const MAX_COLUMNS: usize = 64;

/// White space of XML.
const BLANKS: [char; 4] = [' ', '\n', '\t', '\r'];

/// What the whole document knows and a walk needs.
pub(super) struct Context<'a> {
    pub styles: &'a Styles,
    pub numbering: &'a Numbering,
    /// The numbers of lists in each reading.
    pub counts: &'a mut [Counts; 2],
    pub counters: &'a mut Counters,
    pub notes: &'a mut Notes,
    /// Relationships of the heads and feet of pages, in the order of the sections.
    pub running: &'a mut Vec<String>,
}

/// Lines that are done, and the paragraphs that may still join what follows.
#[derive(Default)]
struct Lines {
    flow: Flow,
    chain: Vec<Paragraph>,
    /// Readings whose last line has words and has not ended.
    open: [bool; 2],
}

/// A place that takes lines or cells.
enum Frame {
    /// A text box, or a cell with the columns that it spans.
    Lines(Lines, usize),
    /// The cells of a row.
    Row(Vec<Cell>),
}

/// The state of a walk.
#[derive(Default)]
struct Walk {
    /// The lines of the body.
    root: Lines,
    path: Vec<String>,
    /// The words of the text element that is open, and whether the space around them counts.
    run: Option<(String, bool)>,
    frames: Vec<(usize, Frame)>,
    paragraphs: Vec<Paragraph>,
    /// Changes that are open: where they end, and what they amount to with those around them.
    changes: Vec<(usize, Changes)>,
    /// Moves that are open: identifier and name.
    moves: HashMap<String, String>,
    /// The name of the last move that began, of words that came and of words that went.
    moving: [Option<String>; 2],
    fields: Fields,
    /// Depth of a block that holds a table of contents.
    contents: Option<usize>,
    /// Depth of old properties of a paragraph.
    former: Option<usize>,
    /// Depth of a hidden run.
    hidden: Option<usize>,
    /// Depth of a run whose words are the mark of the last note.
    custom: Option<usize>,
}

/// Walks through the element that has just begun, or through a whole part, and returns its lines.
pub(super) fn walk(xml: &mut Xml<'_>, context: &mut Context<'_>, whole: bool) -> Result<Flow, ReadError> {
    let mut walk = Walk::default();
    loop {
        match xml.next()? {
            Node::Start(start) => {
                if SKIPPED.contains(&start.name()) {
                    xml.skip()?;
                } else {
                    walk.open(&start, context);
                }
            }
            Node::End if walk.path.is_empty() && !whole => break,
            Node::End => walk.close(context),
            Node::Text(words) => walk.words(&words),
            Node::Eof => break,
        }
    }
    walk.end_chain(context);
    Ok(walk.root.flow)
}

impl Walk {
    fn parent(&self, steps: usize) -> &str {
        self.path.len().checked_sub(steps).and_then(|index| self.path.get(index)).map_or("", String::as_str)
    }

    /// What is done to the words that come next.
    fn current(&self) -> Changes {
        self.changes.last().map(|(_, changes)| changes.clone()).unwrap_or_default()
    }

    fn open(&mut self, start: &Start<'_>, context: &mut Context<'_>) {
        let depth = self.path.len() + 1;
        let name = start.name();
        match name {
            "p" => self.paragraphs.push(Paragraph { depth, ..Paragraph::default() }),
            "tbl" => self.end_chain(context),
            "tr" => {
                self.end_chain(context);
                self.frames.push((depth, Frame::Row(Vec::new())));
            }
            "tc" | "txbxContent" => self.frames.push((depth, Frame::Lines(Lines::default(), 1))),
            "gridSpan" => {
                if let Some((_, Frame::Lines(_, columns))) = self.frames.last_mut() {
                    *columns = start.number().map_or(1, |number| (number as usize).clamp(1, MAX_COLUMNS));
                }
            }
            "ins" | "cellIns" => self.change(depth, EditKind::Inserted, None, start),
            "del" | "cellDel" => self.change(depth, EditKind::Deleted, None, start),
            "moveTo" => self.change(depth, EditKind::Inserted, Some(self.moving[0].clone().unwrap_or_default()), start),
            "moveFrom" => self.change(depth, EditKind::Deleted, Some(self.moving[1].clone().unwrap_or_default()), start),
            "moveToRangeStart" | "moveFromRangeStart" => {
                let moved = start.spaced("name").unwrap_or_default();
                self.moves.insert(start.spaced("id").unwrap_or_default(), moved.clone());
                self.moving[usize::from(name == "moveFromRangeStart")] = Some(moved);
            }
            "moveToRangeEnd" | "moveFromRangeEnd" => {
                let ended = start.spaced("id").and_then(|id| self.moves.remove(&id));
                let moving = &mut self.moving[usize::from(name == "moveFromRangeEnd")];
                if *moving == ended {
                    *moving = None;
                }
            }
            "footnoteReference" | "endnoteReference" | "commentReference" => self.note(start, context),
            "headerReference" | "footerReference" => context.running.extend(start.spaced("id")),
            "fldChar" => self.fields.character(&start.spaced("fldCharType").unwrap_or_default()),
            "fldSimple" => self.fields.simple(depth, &start.spaced("instr").unwrap_or_default()),
            "docPartGallery" if start.val().is_some_and(|gallery| gallery.eq_ignore_ascii_case("table of contents")) => {
                // The gallery stands in the properties of the block: sdt, sdtPr, docPartObj.
                self.contents = self.contents.or(depth.checked_sub(3));
            }
            "tab" | "ptab" if self.parent(1) == "r" => self.push(" "),
            "br" | "cr" if self.parent(1) == "r" => self.end_line(),
            "noBreakHyphen" => self.push("-"),
            "sym" => {
                let symbol = symbol(&start.spaced("font").unwrap_or_default(), &start.spaced("char").unwrap_or_default());
                self.push(symbol.encode_utf8(&mut [0; 4]));
            }
            // A watermark or other word art.
            "textpath" => self.push(&start.spaced("string").unwrap_or_default()),
            "den" if self.parent(1) == "f" => self.push("/"),
            "r" => {
                let style = self.paragraphs.last().and_then(|paragraph| paragraph.now.style.as_deref());
                if self.hidden.is_none() && style.is_some() && context.styles.hides(style) {
                    self.hidden = Some(depth);
                }
            }
            "rStyle" if self.in_run_properties() => self.hide(context.styles.hides(start.val().as_deref()), depth),
            "vanish" if self.in_run_properties() => {
                self.hidden = self.hidden.filter(|hidden| *hidden < depth.saturating_sub(2));
                self.hide(start.is_on(), depth);
            }
            _ => self.property(start, depth),
        }
        if matches!(name, "t" | "delText" | "instrText" | "delInstrText") {
            self.run = Some((String::new(), start.spaced("space").as_deref() == Some("preserve")));
        }
        self.path.push(name.to_owned());
    }

    fn in_run_properties(&self) -> bool {
        self.parent(1) == "rPr" && self.parent(2) == "r"
    }

    /// The run around a property at `depth` is hidden.
    fn hide(&mut self, hidden: bool, depth: usize) {
        if hidden && self.hidden.is_none() {
            self.hidden = depth.checked_sub(2);
        }
    }

    /// A property of the paragraph that is open.
    fn property(&mut self, start: &Start<'_>, depth: usize) {
        let parent = self.path.last().map(String::as_str);
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        if (start.name(), parent) == ("pPrChange", Some("pPr")) {
            self.former = Some(depth);
            paragraph.before = Some((Properties::default(), Rc::new(mark(EditKind::Deleted, None, start))));
            return;
        }
        let properties = match &mut paragraph.before {
            Some((before, _)) if self.former.is_some() => before,
            _ => &mut paragraph.now,
        };
        match (start.name(), parent) {
            ("pStyle", Some("pPr")) => properties.style = start.val(),
            ("outlineLvl", Some("pPr")) => properties.outline = start.number().and_then(|level| u8::try_from(level).ok()),
            ("numId", Some("numPr")) => properties.num_id = start.number(),
            ("ilvl", Some("numPr")) => properties.level = start.number().map(|level| level as usize),
            _ => {}
        }
    }

    /// A tracked change begins: of words, of a paragraph mark, of a list, of a row or cell.
    fn change(&mut self, depth: usize, kind: EditKind, moved: Option<String>, start: &Start<'_>) {
        let mark = Rc::new(mark(kind, moved, start));
        let reach = match (self.parent(1), self.parent(2)) {
            ("rPr", "pPr") => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.mark.set(mark);
                }
                return;
            }
            ("numPr", "pPr") if kind == EditKind::Inserted && self.former.is_none() => {
                // The list is new: it is all that is known of the paragraph before, unless its old properties follow.
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.listed = Some(mark);
                }
                return;
            }
            ("trPr" | "tcPr", _) => depth.saturating_sub(2),
            ("rPr" | "numPr" | "ctrlPr", _) => return,
            _ => depth,
        };
        let mut changes = self.current();
        changes.set(mark);
        self.changes.push((reach, changes));
    }

    fn note(&mut self, start: &Start<'_>, context: &mut Context<'_>) {
        let Some(id) = start.spaced("id") else { return };
        let changes = self.current();
        let own = start.spaced("customMarkFollows").is_some_and(|value| !matches!(value.as_str(), "0" | "false" | "off"));
        let (kind, endnote) = match start.name() {
            "commentReference" => (AsideKind::Comment, false),
            name => (AsideKind::Footnote, name == "endnoteReference"),
        };
        let mark = if kind == AsideKind::Footnote && !own { context.counters.next(endnote, &changes) } else { None };
        if own {
            self.custom = Some(self.path.len());
        }
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.notes.push(NoteRef { kind, endnote, id, mark, changes });
        }
    }

    /// Only words within text elements count; an entity among them makes several pieces.
    fn words(&mut self, words: &str) {
        if let Some((run, _)) = self.run.as_mut() {
            run.push_str(words);
        }
    }

    fn push(&mut self, words: &str) {
        if self.hidden.is_some() || self.fields.in_instruction() {
            return;
        }
        let changes = self.current();
        let contents = self.contents.is_some() || self.fields.in_contents();
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        if self.custom.is_some() {
            if let Some(note) = paragraph.notes.last_mut() {
                note.mark.get_or_insert_default().push_str(words.trim());
            }
            return;
        }
        paragraph.contents |= contents && !words.trim().is_empty();
        paragraph.runs.push(Run { words: Some(words.to_owned()), changes });
    }

    /// A break within a paragraph: of the line, the column or the page.
    fn end_line(&mut self) {
        if self.hidden.is_some() || self.fields.in_instruction() {
            return;
        }
        let changes = self.current();
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.runs.push(Run { words: None, changes });
        }
    }

    fn close(&mut self, context: &mut Context<'_>) {
        let depth = self.path.len();
        let name = self.path.pop().unwrap_or_default();
        if let Some((words, preserve)) = self.run.take() {
            if name.ends_with("nstrText") {
                self.fields.instruction(&words);
            } else {
                self.push(if preserve { &words } else { unindented(&words) });
            }
        }
        self.fields.close(depth);
        for open in [&mut self.hidden, &mut self.custom, &mut self.contents, &mut self.former] {
            *open = open.filter(|open| depth > *open);
        }
        if self.paragraphs.last().is_some_and(|paragraph| paragraph.depth == depth) {
            self.close_paragraph(context);
        } else if self.frames.last().is_some_and(|(of, _)| *of == depth) {
            self.close_frame(context);
        }
        while self.changes.last().is_some_and(|(reach, _)| *reach >= depth) {
            self.changes.pop();
        }
    }

    fn close_paragraph(&mut self, context: &mut Context<'_>) {
        let Some(mut paragraph) = self.paragraphs.pop() else { return };
        if self.paragraphs.is_empty() {
            self.fields.end_paragraph();
        }
        paragraph.around = self.current();
        if let Some(mark) = paragraph.listed.take().filter(|_| paragraph.before.is_none()) {
            let before = Properties { num_id: None, level: None, ..paragraph.now.clone() };
            paragraph.before = Some((before, mark));
        }
        let lines = self.lines();
        for reading in Reading::BOTH {
            let open = &mut lines.open[reading as usize];
            *open = (*open || paragraph.has_words(reading)) && !paragraph.ends_in(reading);
        }
        lines.chain.push(paragraph);
        if lines.open == [false, false] {
            self.write_chain(false, context);
        }
    }

    /// Nothing can join the paragraphs that wait in the innermost place.
    fn end_chain(&mut self, context: &mut Context<'_>) {
        self.lines().open = [false, false];
        self.write_chain(true, context);
    }

    fn write_chain(&mut self, forced: bool, context: &mut Context<'_>) {
        let settled = self.frames.is_empty() && self.paragraphs.is_empty();
        let lines = self.lines();
        let chain = std::mem::take(&mut lines.chain);
        if !chain.is_empty() {
            compose(chain, forced, settled, &mut lines.flow, context);
        }
    }

    fn close_frame(&mut self, context: &mut Context<'_>) {
        if matches!(self.frames.last(), Some((_, Frame::Lines(..)))) {
            self.end_chain(context);
        }
        let changes = self.current();
        let Some((_, frame)) = self.frames.pop() else { return };
        match frame {
            Frame::Row(cells) => self.lines().flow.changed_row(cells, &changes),
            Frame::Lines(lines, columns) => match (self.frames.last_mut(), self.paragraphs.last_mut()) {
                (Some((_, Frame::Row(cells))), _) => cells.push(Cell { flow: lines.flow, columns, changes }),
                (_, Some(paragraph)) => paragraph.after.push(lines.flow),
                _ => self.lines().flow.append(lines.flow),
            },
        }
        // Notes wait for the end of what encloses them.
        if self.frames.is_empty() && self.paragraphs.is_empty() {
            settle(&mut self.root.flow, context);
        }
    }

    /// The innermost place for lines.
    fn lines(&mut self) -> &mut Lines {
        let lines = self.frames.iter_mut().rev().find_map(|(_, frame)| match frame {
            Frame::Lines(lines, _) => Some(lines),
            Frame::Row(_) => None,
        });
        lines.unwrap_or(&mut self.root)
    }
}

/// The change that an element describes.
fn mark(kind: EditKind, moved: Option<String>, start: &Start<'_>) -> Mark {
    let known = |name| start.spaced(name).filter(|value: &String| !value.trim().is_empty());
    Mark { kind, author: known("author"), date: known("date"), moved }
}

/// Words without the line breaks and indents that an editor of XML puts around them. Word drops plain spaces too
/// where the file does not ask to keep them; LibreOffice keeps them, and so do words that must not run together.
fn unindented(words: &str) -> &str {
    let start = words.len() - words.trim_start_matches(BLANKS).len();
    let words = if words[..start].contains(['\n', '\r']) { &words[start..] } else { words };
    let end = words.trim_end_matches(BLANKS).len();
    if words[end..].contains(['\n', '\r']) { &words[..end] } else { words }
}
