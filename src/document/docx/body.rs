//! The walk through the body of a document, of a note or of a comment: paragraphs, tables, fields, changes.
//!
//! The walk keeps its own stacks instead of calling itself, so that the nesting of a file cannot
//! exhaust the stack of the program.

use super::super::flow::{Flow, Line, Mark, NoteRef};
use super::super::{AsideKind, EditKind, ReadError};
use super::notes::{Counters, Notes};
use super::numbering::Numbering;
use super::styles::Styles;
use super::xml::{Node, Start, Xml};

/// Elements that hold old properties, instructions of fields, or the copy of a text box for old programs.
const SKIPPED: [&str; 14] = [
    "Fallback",
    "instrText",
    "delInstrText",
    "pPrChange",
    "rPrChange",
    "tblPrChange",
    "tblPrExChange",
    "trPrChange",
    "tcPrChange",
    "tblGridChange",
    "sectPrChange",
    "numberingChange",
    "sdtPr",
    "rt",
];

/// What the whole document knows and a walk needs.
pub(super) struct Context<'a> {
    pub styles: &'a Styles,
    pub numbering: &'a mut Numbering,
    pub counters: &'a mut Counters,
    pub notes: &'a mut Notes,
}

/// A place that takes lines or cells.
enum Frame {
    /// A text box or a cell.
    Lines(Flow),
    /// The cells of a row.
    Row(Vec<Flow>),
}

/// A paragraph that is open.
#[derive(Default)]
struct Paragraph {
    depth: usize,
    line: Line,
    style: Option<String>,
    num_id: Option<u32>,
    level: Option<usize>,
    outline: Option<u8>,
    /// What was done to the paragraph mark.
    mark: Option<EditKind>,
    notes: Vec<NoteRef>,
    /// Text boxes anchored in it.
    after: Vec<Flow>,
}

/// The state of a walk.
#[derive(Default)]
struct Walk {
    /// The lines of the body.
    root: Flow,
    path: Vec<String>,
    /// The words of the text element that is open, and whether the space around them counts.
    run: Option<(String, bool)>,
    frames: Vec<(usize, Frame)>,
    paragraphs: Vec<Paragraph>,
    marks: Vec<(usize, Mark)>,
    /// Fields that are open: whether their result has begun.
    fields: Vec<bool>,
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
    Ok(walk.root)
}

impl Walk {
    fn parent(&self, steps: usize) -> &str {
        self.path.len().checked_sub(steps).and_then(|index| self.path.get(index)).map_or("", String::as_str)
    }

    fn mark(&self) -> Option<&Mark> {
        let all = || self.marks.iter().rev().map(|(_, mark)| mark);
        // What one author inserted and another struck out is struck out.
        all().find(|mark| mark.kind == EditKind::Deleted).or_else(|| all().next())
    }

    fn open(&mut self, start: &Start<'_>, context: &mut Context<'_>) {
        let depth = self.path.len() + 1;
        let name = start.name();
        match name {
            "p" => self.paragraphs.push(Paragraph { depth, ..Paragraph::default() }),
            "tr" => self.frames.push((depth, Frame::Row(Vec::new()))),
            "tc" | "txbxContent" => self.frames.push((depth, Frame::Lines(Flow::default()))),
            "ins" | "moveTo" => self.change(depth, EditKind::Inserted, start),
            "del" | "moveFrom" => self.change(depth, EditKind::Deleted, start),
            "cellIns" => self.change(depth, EditKind::Inserted, start),
            "cellDel" => self.change(depth, EditKind::Deleted, start),
            "footnoteReference" | "endnoteReference" | "commentReference" => self.note(start, context),
            "fldChar" => match start.attribute("fldCharType").as_deref() {
                Some("begin") => self.fields.push(false),
                Some("separate") => {
                    if let Some(field) = self.fields.last_mut() {
                        *field = true;
                    }
                }
                Some("end") => {
                    self.fields.pop();
                }
                _ => {}
            },
            "tab" | "cr" | "ptab" if self.parent(1) == "r" => self.push(" "),
            // A page or column break is an accident of the page, not a space between words.
            "br" if start.attribute("type").is_none_or(|kind| kind == "textWrapping") => self.push(" "),
            "noBreakHyphen" => self.push("-"),
            "sym" => {
                let symbol = symbol(&start.attribute("font").unwrap_or_default(), &start.attribute("char").unwrap_or_default());
                self.push(symbol.encode_utf8(&mut [0; 4]));
            }
            "vanish" if self.parent(1) == "rPr" && self.parent(2) == "r" && start.is_on() => self.hidden = depth.checked_sub(2),
            _ => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    let parent = self.path.last().map(String::as_str);
                    match (name, parent) {
                        ("pStyle", Some("pPr")) => paragraph.style = start.val(),
                        ("outlineLvl", Some("pPr")) => paragraph.outline = start.number().and_then(|level| u8::try_from(level).ok()),
                        ("numId", Some("numPr")) => paragraph.num_id = start.number(),
                        ("ilvl", Some("numPr")) => paragraph.level = start.number().map(|level| level as usize),
                        _ => {}
                    }
                }
            }
        }
        if matches!(name, "t" | "delText") {
            self.run = Some((String::new(), start.attribute("space").as_deref() == Some("preserve")));
        }
        self.path.push(name.to_owned());
    }

    /// A tracked change begins: of words, of a paragraph mark, of a row or cell.
    fn change(&mut self, depth: usize, kind: EditKind, start: &Start<'_>) {
        let reach = match (self.parent(1), self.parent(2)) {
            ("rPr", "pPr") => {
                if let Some(paragraph) = self.paragraphs.last_mut() {
                    paragraph.mark = Some(kind);
                }
                return;
            }
            ("trPr" | "tcPr", _) => depth.saturating_sub(2),
            ("rPr" | "numPr", _) => return,
            _ => depth,
        };
        let known = |name| start.attribute(name).filter(|value: &String| !value.trim().is_empty());
        self.marks.push((reach, Mark { kind, author: known("author"), date: known("date") }));
    }

    fn note(&mut self, start: &Start<'_>, context: &mut Context<'_>) {
        let Some(id) = start.attribute("id") else { return };
        let edit = self.mark().cloned();
        let own = start.attribute("customMarkFollows").is_some_and(|value| !matches!(value.as_str(), "0" | "false" | "off"));
        let (kind, endnote) = match start.name() {
            "commentReference" => (AsideKind::Comment, false),
            name => (AsideKind::Footnote, name == "endnoteReference"),
        };
        let deleted = edit.as_ref().is_some_and(|edit| edit.kind == EditKind::Deleted);
        let mark = (kind == AsideKind::Footnote && !own && !deleted).then(|| context.counters.next(endnote));
        if own {
            self.custom = Some(self.path.len());
        }
        if let Some(paragraph) = self.paragraphs.last_mut() {
            paragraph.notes.push(NoteRef { kind, endnote, id, mark, edit });
        }
    }

    /// Only words within `t` and `delText` count; an entity among them makes several pieces.
    fn words(&mut self, words: &str) {
        if let Some((run, _)) = self.run.as_mut() {
            run.push_str(words);
        }
    }

    fn push(&mut self, words: &str) {
        if self.hidden.is_some() || self.fields.contains(&false) {
            return;
        }
        let mark = self.mark().cloned();
        let Some(paragraph) = self.paragraphs.last_mut() else { return };
        if self.custom.is_some() {
            if let Some(note) = paragraph.notes.last_mut() {
                note.mark.get_or_insert_default().push_str(words.trim());
            }
            return;
        }
        paragraph.line.push(words, mark.as_ref());
    }

    fn close(&mut self, context: &mut Context<'_>) {
        let depth = self.path.len();
        self.path.pop();
        if let Some((words, preserve)) = self.run.take() {
            // Word trims what is not said to be preserved.
            self.push(if preserve { &words } else { words.trim_matches([' ', '\n', '\t', '\r']) });
        }
        if self.hidden.is_some_and(|hidden| depth <= hidden) {
            self.hidden = None;
        }
        if self.custom.is_some_and(|custom| depth <= custom) {
            self.custom = None;
        }
        if self.paragraphs.last().is_some_and(|paragraph| paragraph.depth == depth) {
            self.close_paragraph(context);
        } else if self.frames.last().is_some_and(|(of, _)| *of == depth) {
            self.close_frame(context);
        }
        while self.marks.last().is_some_and(|(reach, _)| *reach >= depth) {
            self.marks.pop();
        }
    }

    fn close_paragraph(&mut self, context: &mut Context<'_>) {
        let Some(mut paragraph) = self.paragraphs.pop() else { return };
        if self.paragraphs.is_empty() {
            // An instruction does not go on in the next paragraph: a lost end must not swallow the rest.
            self.fields.retain(|result| *result);
        }
        paragraph.line.trim_end();
        let label = number(&paragraph, context);
        if let Some(label) = &label {
            paragraph.line.number(label);
        }
        let outline = paragraph.outline.map(|level| (level < 9).then_some(level + 1));
        let heading = outline.unwrap_or_else(|| context.styles.heading(paragraph.style.as_deref()));
        let flow = self.flow();
        if !paragraph.line.text.is_empty() {
            let span = flow.line(paragraph.line);
            if let Some(level) = heading {
                flow.heading(span, level, label);
            }
        }
        flow.pending.extend(paragraph.notes);
        for after in paragraph.after {
            flow.append(after);
        }
        self.settle(context);
    }

    fn close_frame(&mut self, context: &mut Context<'_>) {
        let Some((_, frame)) = self.frames.pop() else { return };
        match frame {
            Frame::Row(cells) => self.flow().row(cells),
            Frame::Lines(flow) => match (self.frames.last_mut(), self.paragraphs.last_mut()) {
                (Some((_, Frame::Row(cells))), _) => cells.push(flow),
                (_, Some(paragraph)) => paragraph.after.push(flow),
                _ => self.flow().append(flow),
            },
        }
        self.settle(context);
    }

    /// The innermost place for lines.
    fn flow(&mut self) -> &mut Flow {
        let lines = self.frames.iter_mut().rev().find_map(|(_, frame)| match frame {
            Frame::Lines(flow) => Some(flow),
            Frame::Row(_) => None,
        });
        lines.unwrap_or(&mut self.root)
    }

    /// Puts the notes that wait behind the paragraph or row, once nothing encloses it.
    fn settle(&mut self, context: &mut Context<'_>) {
        if self.frames.is_empty() && self.paragraphs.is_empty() {
            let waiting = std::mem::take(&mut self.root.pending);
            for note in waiting {
                context.notes.place(note, &mut self.root);
            }
        }
    }
}

/// The automatic number of a paragraph, by its own list or that of its style.
fn number(paragraph: &Paragraph, context: &mut Context<'_>) -> Option<String> {
    let style = paragraph.style.as_deref();
    let (num_id, level) = match paragraph.num_id {
        Some(num_id) => (num_id, paragraph.level.unwrap_or_default()),
        None => {
            let (num_id, level, names) = context.styles.list(style)?;
            let tied = context.numbering.level_of_style(num_id, &names);
            (num_id, paragraph.level.or(tied).or(level).unwrap_or_default())
        }
    };
    if num_id == 0 {
        return None;
    }
    // A paragraph that is struck out with its mark does not count in the text as proposed.
    if paragraph.mark == Some(EditKind::Deleted) {
        return context.numbering.peek(num_id, level);
    }
    context.numbering.next(num_id, level)
}

/// The character of a symbol font, where treaties use one; a dot stands for the others.
fn symbol(font: &str, code: &str) -> char {
    let code = u32::from_str_radix(code, 16).unwrap_or_default();
    let private = (0xf000..=0xf0ff).contains(&code);
    let low = if private { code - 0xf000 } else { code };
    match (font.to_ascii_lowercase().as_str(), low) {
        ("symbol", 0xb0) => '°',
        ("symbol", 0xb1) => '±',
        ("symbol", 0xa3) => '≤',
        ("symbol", 0xb3) => '≥',
        ("symbol", 0xb4) => '×',
        ("symbol", 0xb8) => '÷',
        ("symbol", 0xb9) => '≠',
        ("symbol", 0x2d) => '–',
        ("symbol", 0x2a) => '*',
        ("wingdings", 0x6f | 0xa8) => '☐',
        ("wingdings", 0xfe | 0xfd) => '☒',
        ("wingdings", 0xe0) => '→',
        _ if private => '•',
        _ => char::from_u32(low).filter(|character| !character.is_control()).unwrap_or('•'),
    }
}
