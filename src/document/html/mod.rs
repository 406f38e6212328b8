//! Web pages: the words of the agreement without the furniture of the site.
//!
//! The tree is walked with an own stack, so that deep nesting cannot exhaust the stack of the program.
//! Not read: scripts, frames, pictures, style sheets (a number that only CSS shows is not seen).

mod lists;
mod notes;
mod page;
#[cfg(test)]
mod tests;

use scraper::{ElementRef, Html, Node};

use super::flow::{Flow, Line, Mark};
use super::limits::Limits;
use super::{AsideKind, Document, EditKind, ReadError, Span};
use lists::{List, is_enumerator};
use notes::Notes;

/// Elements that begin and end a line.
const BLOCKS: [&str; 46] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "legend",
    "li",
    "listing",
    "main",
    "menu",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
    "html",
];
/// Most lines in a cell of a data table: a cell with more is a column of a page.
const MAX_CELL_LINES: usize = 12;

/// Reads a web page.
pub(super) fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    read_within(bytes, Limits::default())
}

/// Reads a web page within limits.
fn read_within(bytes: &[u8], limits: Limits) -> Result<Document, ReadError> {
    let mut clock = limits.clock();
    let source = page::decode(bytes);
    if let Some(depth) = page::too_deep(&source) {
        return Err(ReadError::Damaged {
            format: "HTML",
            cause: format!("elements nest deeper than {depth}"),
            advice: "open it in a browser and save its text",
        });
    }
    let html = Html::parse_document(&source);
    let root = page::root(&html);
    let notes = Notes::of(root);
    let mut walk = Walk {
        notes: &notes,
        root: Flow::default(),
        line: Line::default(),
        stack: Vec::new(),
        lists: Vec::new(),
        marks: Vec::new(),
        label: None,
        note: None,
    };
    let mut node = *root;
    loop {
        clock.step()?;
        // Down into the children unless the element is passed over, then on to the next, then up.
        let entered = match node.value() {
            Node::Text(words) => {
                walk.words(words);
                false
            }
            Node::Element(_) => ElementRef::wrap(node).is_some_and(|element| walk.open(element)),
            _ => false,
        };
        if let Some(child) = node.first_child().filter(|_| entered) {
            node = child;
            continue;
        }
        if entered {
            walk.close();
        }
        loop {
            if node.id() == root.id() {
                return walk.finish(&html);
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else { return walk.finish(&html) };
            node = parent;
            walk.close();
        }
    }
}

/// What an open element is waiting for.
enum Open {
    /// Nothing.
    Inline,
    /// The end of its line.
    Block,
    /// The end of a heading: its level and where it began.
    Heading(u8, usize),
    /// The end of a list.
    List,
    /// The end of preformatted text.
    Pre,
    /// Cells of a row.
    Row(Vec<Flow>),
    /// Lines of a cell.
    Cell(Flow),
    /// Lines of a footnote, with the mark that its identifier gives.
    Note(Flow, Option<String>),
    /// The end of a change.
    Change,
}

struct Walk<'a> {
    notes: &'a Notes,
    root: Flow,
    line: Line,
    stack: Vec<Open>,
    lists: Vec<List>,
    marks: Vec<Mark>,
    /// The number of a list item whose words have not begun.
    label: Option<String>,
    /// The mark read at the beginning of the footnote that is open.
    note: Option<String>,
}

impl Walk<'_> {
    /// Opens an element; false if it is passed over with all that it holds.
    fn open(&mut self, element: ElementRef<'_>) -> bool {
        let name = element.value().name();
        if page::is_skipped(element) {
            return false;
        }
        match name {
            "br" => {
                self.end_line();
                return false;
            }
            "wbr" => return false,
            _ => {}
        }
        let in_note = self.stack.iter().any(|open| matches!(open, Open::Note(..)));
        if matches!(name, "a" | "sup" | "span") && self.notes.is_mark(element) {
            // In the body of a note the mark at its beginning is its number; elsewhere it only points to the body.
            if in_note && self.note.is_none() && self.line.text.is_empty() {
                self.note = notes::mark_of(&notes::words_of(element));
            }
            return false;
        }
        let block = BLOCKS.contains(&name);
        if block || matches!(name, "td" | "th") {
            self.end_line();
        }
        let open = if !in_note && self.notes.is_body(element) {
            self.end_line();
            self.note = None;
            if name == "li" {
                self.next_number(element);
            }
            let number = self.label.take().map(|label| label.trim_matches(['.', '(', ')']).to_owned());
            Open::Note(Flow::default(), number.or_else(|| notes::mark_of_id(element)))
        } else {
            match name {
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                    let level = name.bytes().last().map_or(1, |digit| digit.saturating_sub(b'0'));
                    let start = self.flow().text.len();
                    Open::Heading(level, start)
                }
                "ol" | "ul" | "menu" => {
                    self.lists.push(List::of(element));
                    Open::List
                }
                "li" => {
                    self.label = self.next_number(element);
                    Open::Block
                }
                "tr" => Open::Row(Vec::new()),
                "td" | "th" => {
                    self.label = None;
                    Open::Cell(Flow::default())
                }
                "pre" | "listing" => Open::Pre,
                "ins" => self.change(EditKind::Inserted, element),
                "del" => self.change(EditKind::Deleted, element),
                _ if block => Open::Block,
                _ => Open::Inline,
            }
        };
        self.stack.push(open);
        true
    }

    fn change(&mut self, kind: EditKind, element: ElementRef<'_>) -> Open {
        self.marks.push(Mark { kind, author: None, date: element.attr("datetime").map(str::to_owned) });
        Open::Change
    }

    /// Counts an item of the innermost list; its number, unless its words begin with one.
    fn next_number(&mut self, element: ElementRef<'_>) -> Option<String> {
        self.lists.last_mut()?.next(element)
    }

    fn words(&mut self, words: &str) {
        if self.stack.iter().any(|open| matches!(open, Open::Pre)) {
            for (index, words) in words.split('\n').enumerate() {
                if index > 0 {
                    self.end_line();
                }
                self.push(words);
            }
        } else {
            self.push(words);
        }
    }

    fn push(&mut self, words: &str) {
        if !words.trim().is_empty()
            && let Some(label) = self.label.take()
        {
            self.line.push(&label, None);
            self.line.push(" ", None);
        }
        let mark = self.marks.iter().rev().find(|mark| mark.kind == EditKind::Deleted).or(self.marks.last());
        self.line.push(words, mark);
    }

    fn end_line(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        line.trim_end();
        if !line.text.is_empty() {
            self.flow().line(line);
        }
    }

    /// The innermost place for lines.
    fn flow(&mut self) -> &mut Flow {
        let lines = self.stack.iter_mut().rev().find_map(|open| match open {
            Open::Cell(flow) | Open::Note(flow, _) => Some(flow),
            _ => None,
        });
        lines.unwrap_or(&mut self.root)
    }

    fn close(&mut self) {
        let Some(open) = self.stack.pop() else { return };
        match open {
            Open::Inline => {}
            Open::Block | Open::Pre => self.end_line(),
            Open::List => {
                self.end_line();
                self.lists.pop();
                self.label = None;
            }
            Open::Change => {
                self.marks.pop();
            }
            Open::Heading(level, start) => {
                self.end_line();
                let flow = self.flow();
                let span = Span::new(start.min(flow.text.len()), flow.text.trim_end().len());
                if !span.is_empty() {
                    flow.heading(span, level, None);
                }
            }
            Open::Row(cells) => {
                self.end_line();
                self.row(cells);
            }
            Open::Cell(mut flow) => {
                // The line under way belongs to the cell, which has left the stack.
                let mut line = std::mem::take(&mut self.line);
                line.trim_end();
                if !line.text.is_empty() {
                    flow.line(line);
                }
                match self.stack.iter_mut().rev().find(|open| !matches!(open, Open::Inline | Open::Change)) {
                    Some(Open::Row(cells)) => cells.push(flow),
                    _ => self.flow().append(flow),
                }
            }
            Open::Note(mut flow, known) => {
                let mut line = std::mem::take(&mut self.line);
                line.trim_end();
                if !line.text.is_empty() {
                    flow.line(line);
                }
                let mut mark = self.note.take();
                if mark.is_none()
                    && let Some((typed, length)) = notes::typed_mark(&flow.text, known.as_deref())
                {
                    mark = Some(typed);
                    flow.cut_start(length);
                }
                self.flow().aside(flow, AsideKind::Footnote, mark.or(known));
            }
        }
    }

    /// A row of a table: a numbered paragraph, a column of the page, or data.
    fn row(&mut self, mut cells: Vec<Flow>) {
        let filled = cells.iter().filter(|cell| !cell.text.trim().is_empty()).count();
        let is_layout = |cell: &Flow| !cell.native.is_empty() || cell.text.matches('\n').count() > MAX_CELL_LINES;
        let first = cells.iter().position(|cell| !cell.text.trim().is_empty());
        if filled == 2
            && let Some(first) = first.filter(|first| is_enumerator(cells[*first].text.trim()))
        {
            // The Official Journal sets numbered paragraphs as rows of a number and a text.
            let mut words = cells.drain(first..).filter(|cell| !cell.text.trim().is_empty());
            if let (Some(mut number), Some(text)) = (words.next(), words.next()) {
                number.flatten();
                number.text.push(' ');
                drop(words);
                let flow = self.flow();
                flow.append(number);
                flow.append(text);
            }
            return;
        }
        let flow = self.flow();
        if filled == 1 || cells.iter().any(is_layout) {
            for cell in cells {
                flow.append(cell);
            }
        } else {
            flow.row(cells);
        }
    }

    fn finish(mut self, html: &Html) -> Result<Document, ReadError> {
        while !self.stack.is_empty() {
            self.close();
        }
        self.end_line();
        let mut document = self.root.finish();
        if document.text.trim().is_empty() {
            return Err(ReadError::NoText {
                format: "HTML",
                advice: "the page may be filled by a script: open it in a browser and save the page as PDF or text",
            });
        }
        document.metadata.title = page::title(html);
        Ok(document)
    }
}
