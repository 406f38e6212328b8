//! Web pages: the words of the agreement without the furniture of the site.
//!
//! The tree is walked with an own stack, so that deep nesting cannot exhaust the stack of the program.
//! Not read: scripts, frames, pictures, and of style sheets all but the numbers of lists.

mod elements;
mod furniture;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod layout_tests;
mod lists;
mod notes;
mod page;
mod styles;
mod tables;
#[cfg(test)]
mod tests;

use scraper::{ElementRef, Html, Node};

use super::flow::{Flow, Line, Mark};
use super::limits::Limits;
use super::{AsideKind, Document, EditKind, Level, Message, ReadError, Span};
use furniture::{Furniture, Use};
use lists::{Counters, List, is_enumerator};
use notes::Notes;
use styles::Styles;
use tables::{Cell, Columns};

/// Reads a web page.
pub(super) fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    read_within(bytes, Limits::default())
}

/// Reads a web page within limits.
fn read_within(bytes: &[u8], limits: Limits) -> Result<Document, ReadError> {
    let (source, messages) = page::decode(bytes);
    let mut document = read_source(&page::close_empty(source), limits)?;
    document.messages.splice(0..0, messages);
    Ok(document)
}

/// Reads a web page that is decoded.
pub(super) fn read_source(source: &str, limits: Limits) -> Result<Document, ReadError> {
    let mut clock = limits.clock();
    if let Some(depth) = page::too_deep(source) {
        return Err(ReadError::Damaged {
            format: "HTML",
            cause: format!("elements nest deeper than {depth}"),
            advice: "open it in a browser and save its text",
        });
    }
    if page::too_many_attributes(source) {
        return Err(ReadError::Damaged {
            format: "HTML",
            cause: format!("a tag has more than {} attributes", page::MAX_ATTRIBUTES),
            advice: "open it in a browser and save its text",
        });
    }
    let html = Html::parse_document(source);
    let furniture = Furniture::of(&html);
    let root = furniture.root(&html);
    let styles = Styles::of(&html);
    let notes = Notes::of(root);
    let mut walk = Walk {
        source,
        notes: &notes,
        furniture: &furniture,
        styles: &styles,
        counters: Counters::new(),
        root: Flow::default(),
        line: Line::default(),
        stack: Vec::new(),
        lists: Vec::new(),
        marks: Vec::new(),
        label: None,
        note: None,
        bracket: false,
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
    /// The columns of a table.
    Table(Columns),
    /// Cells of a row.
    Row(Vec<Flow>),
    /// Lines of a cell.
    Cell(Cell),
    /// Lines of what the page adds.
    Aside(Flow),
    /// Lines of a footnote, with the mark that its identifier gives.
    Note(Flow, Option<String>),
    /// The end of a change.
    Change,
    /// The end of a number that its words follow without a space.
    Number,
}

struct Walk<'a> {
    source: &'a str,
    notes: &'a Notes,
    furniture: &'a Furniture,
    styles: &'a Styles,
    counters: Counters,
    root: Flow,
    line: Line,
    stack: Vec<Open>,
    lists: Vec<List>,
    marks: Vec<Mark>,
    /// The number of a list item whose words have not begun.
    label: Option<String>,
    /// The mark read at the beginning of the footnote that is open.
    note: Option<String>,
    /// Whether a mark was just passed over behind an opening bracket.
    bracket: bool,
}

impl Walk<'_> {
    /// Opens an element; false if it is passed over with all that it holds.
    fn open(&mut self, element: ElementRef<'_>) -> bool {
        let name = element.value().name();
        let usage = self.furniture.usage(element);
        if usage == Use::Skip || self.notes.is_label(element) {
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
        if matches!(name, "a" | "sup" | "span")
            && (self.notes.is_mark(element) || (in_note && self.line.text.is_empty() && notes::leads_back(element)))
        {
            // In the body of a note the mark at its beginning is its number; elsewhere it only points to the body.
            if in_note && self.note.is_none() && matches!(self.line.text.trim(), "" | "(" | "[") {
                self.note = notes::mark_of(&notes::words_of(element));
            }
            self.bracket = self.line.text.ends_with(['(', '[']);
            return false;
        }
        if let Some(raised) = elements::raised_digits(element).filter(|_| name == "sup" && !self.line.text.is_empty()) {
            self.push(&raised);
            return false;
        }
        if let Some(bullet) = elements::word_bullet(element) {
            self.push(bullet);
            self.push(" ");
            return false;
        }
        let block = elements::BLOCKS.contains(&name);
        // A number that stands before its paragraph, in an element of its own, stays with it.
        if block && is_enumerator(self.line.text.trim()) {
            self.line.push(" ", None);
        } else if block || matches!(name, "td" | "th") {
            self.end_line();
        }
        let open = if !in_note && self.notes.is_body(element) {
            self.end_line();
            self.note = None;
            if name == "li" {
                self.label = self.lists.last_mut().and_then(|list| list.next(element, &mut self.counters));
            }
            let number = self.label.take().map(|label| label.trim_matches(['.', '(', ')']).to_owned());
            Open::Note(Flow::default(), number.or_else(|| notes::mark_of_id(element)))
        } else if usage == Use::Aside {
            self.end_line();
            Open::Aside(Flow::default())
        } else {
            match name {
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                    let level = name.bytes().last().map_or(1, |digit| digit.saturating_sub(b'0'));
                    let start = self.flow().text.len();
                    Open::Heading(level, start)
                }
                "ol" | "ul" | "menu" => {
                    self.lists.push(List::of(element, self.styles));
                    Open::List
                }
                "li" => {
                    self.label = self.lists.last_mut().and_then(|list| list.next(element, &mut self.counters));
                    Open::Block
                }
                "tr" => Open::Row(Vec::new()),
                "td" | "th" => {
                    self.label = None;
                    Open::Cell(Cell::of(element))
                }
                "table" => Open::Table(Columns::default()),
                "pre" | "listing" => Open::Pre,
                "ins" => self.change(EditKind::Inserted, element),
                "del" | "s" | "strike" => self.change(EditKind::Deleted, element),
                "span" | "font" if elements::is_struck(element) => self.change(EditKind::Deleted, element),
                "span" if elements::is_number(element) => Open::Number,
                "div" | "dt" if elements::is_number_before(element) => Open::Inline,
                _ if block => Open::Block,
                _ => Open::Inline,
            }
        };
        self.stack.push(open);
        true
    }

    fn change(&mut self, kind: EditKind, element: ElementRef<'_>) -> Open {
        // Word writes the author where HTML has the address of an explanation.
        let author = element.attr("cite").and_then(|cite| cite.strip_prefix("mailto:")).map(|name| name.replace("%20", " "));
        self.marks.push(Mark { kind, author, date: element.attr("datetime").map(str::to_owned), moved: None });
        Open::Change
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
        // The brackets around a mark go with it.
        let bracket = !words.trim().is_empty() && std::mem::take(&mut self.bracket);
        let words = match words.trim_start().strip_prefix([')', ']']).filter(|_| bracket) {
            Some(rest) => {
                self.line.pop_bracket();
                rest
            }
            None => words,
        };
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
        let Some(line) = self.take_line() else { return };
        if elements::is_editorial(&line.text) {
            let mut marks = Flow::default();
            marks.line(line);
            self.flow().aside(marks, AsideKind::Running, None);
        } else {
            self.flow().line(line);
        }
    }

    /// Ends the line in a flow that has left the stack: the line under way belongs to it.
    fn end_line_in(&mut self, flow: &mut Flow) {
        if let Some(line) = self.take_line() {
            flow.line(line);
        }
    }

    /// The line under way, unless it is empty.
    fn take_line(&mut self) -> Option<Line> {
        let mut line = std::mem::take(&mut self.line);
        line.trim_end();
        (!line.text.is_empty()).then_some(line)
    }

    /// The columns of the innermost table.
    fn columns(&mut self) -> Option<&mut Columns> {
        self.stack.iter_mut().rev().find_map(|open| match open {
            Open::Table(columns) => Some(columns),
            _ => None,
        })
    }

    /// The innermost place for lines.
    fn flow(&mut self) -> &mut Flow {
        let lines = self.stack.iter_mut().rev().find_map(|open| match open {
            Open::Cell(cell) => Some(&mut cell.flow),
            Open::Note(flow, _) | Open::Aside(flow) => Some(flow),
            _ => None,
        });
        lines.unwrap_or(&mut self.root)
    }

    fn close(&mut self) {
        let Some(open) = self.stack.pop() else { return };
        match open {
            Open::Inline => {}
            Open::Number => self.line.push(" ", None),
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
                if let Some(columns) = self.columns() {
                    columns.end_row(cells.len());
                }
                tables::row(self.flow(), cells);
            }
            Open::Table(_) => self.end_line(),
            Open::Cell(mut cell) => {
                self.end_line_in(&mut cell.flow);
                let mut columns = self.columns().map(std::mem::take).unwrap_or_default();
                match self.stack.iter_mut().rev().find(|open| !matches!(open, Open::Inline | Open::Number | Open::Change)) {
                    Some(Open::Row(cells)) => columns.add(cells, cell),
                    _ => self.flow().append(cell.flow),
                }
                if let Some(place) = self.columns() {
                    *place = columns;
                }
            }
            Open::Aside(mut flow) => {
                self.end_line_in(&mut flow);
                self.flow().aside(flow, AsideKind::Running, None);
            }
            Open::Note(mut flow, known) => {
                self.end_line_in(&mut flow);
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

    fn finish(mut self, html: &Html) -> Result<Document, ReadError> {
        while !self.stack.is_empty() {
            self.close();
        }
        self.end_line();
        let mut document = self.root.finish();
        let words = document.text.trim();
        if words.is_empty() || page::is_shell(self.source, words) {
            return Err(ReadError::NoText {
                format: "HTML",
                advice: "the page asks for a login, is made of frames or is filled by a script: open it in a browser until the agreement shows, and save the page as PDF or text",
            });
        }
        if page::is_cut_off(self.source) {
            document.messages.push(Message::new(
                Level::Warning,
                "cut-off",
                "the page seems to be cut off: its end is missing; what is there was read; compare its last lines with the source or save the page again",
            ));
        }
        document.metadata.title = page::title(html);
        Ok(document)
    }
}
