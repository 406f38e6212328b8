//! Text that is being put together: lines with their tracked changes, and flows of lines that can be joined.
//!
//! Used by the readers of Word documents and of web pages. Spans are relative to the flow that holds
//! them and move when one flow is appended to another; the outermost flow becomes the document.

use super::{Aside, AsideKind, Document, Edit, EditKind, Native, NativeKind, Span};

/// A tracked change that is open while words are read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mark {
    pub kind: EditKind,
    pub author: Option<String>,
    pub date: Option<String>,
}

impl Mark {
    pub fn over(&self, span: Span) -> Edit {
        Edit { span, kind: self.kind, author: self.author.clone(), date: self.date.clone() }
    }
}

/// One line: white space is collapsed while words arrive.
#[derive(Debug, Default)]
pub(super) struct Line {
    pub text: String,
    pub edits: Vec<Edit>,
    /// The change to which the last character belongs.
    tail: Option<EditKind>,
}

impl Line {
    /// Adds words; every run of white space becomes one space, and characters without a width go.
    pub fn push(&mut self, words: &str, mark: Option<&Mark>) {
        let kind = mark.map(|mark| mark.kind);
        let start = self.text.len();
        for character in words.chars() {
            match character {
                '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => continue,
                _ if character.is_whitespace() || character.is_control() => {
                    // A space of another change stays: whoever skips a deletion still needs the space beside it.
                    if self.text.is_empty() || (self.text.ends_with(' ') && (self.tail.is_none() || self.tail == kind)) {
                        continue;
                    }
                    self.text.push(' ');
                }
                _ => self.text.push(character),
            }
            self.tail = kind;
        }
        let span = Span::new(start, self.text.len());
        let Some(mark) = mark.filter(|_| !span.is_empty()) else { return };
        match self.edits.last_mut() {
            Some(last) if last.span.end == start && last.kind == mark.kind && last.author == mark.author && last.date == mark.date => {
                last.span.end = span.end;
            }
            _ => self.edits.push(mark.over(span)),
        }
    }

    /// Removes white space at the end.
    pub fn trim_end(&mut self) {
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        for edit in &mut self.edits {
            edit.span.end = edit.span.end.min(end);
        }
        self.edits.retain(|edit| !edit.span.is_empty());
    }

    /// Removes an opening bracket at the end, with the space before it.
    pub fn pop_bracket(&mut self) {
        if self.text.ends_with(['(', '[']) {
            self.text.pop();
            self.trim_end();
        }
    }

    /// Puts a number and a space before the words; a line that is one single change takes its number along.
    pub fn number(&mut self, label: &str) {
        let whole = match self.edits.as_slice() {
            [only] => only.span == Span::new(0, self.text.len()),
            _ => false,
        };
        let gap = if self.text.is_empty() { "" } else { " " };
        self.text.insert_str(0, gap);
        self.text.insert_str(0, label);
        let by = label.len() + gap.len();
        for edit in &mut self.edits {
            edit.span = shift(edit.span, by);
            if whole {
                edit.span.start = 0;
            }
        }
    }
}

/// A note that waits for the end of its paragraph or row.
#[derive(Clone, Debug)]
pub(super) struct NoteRef {
    pub kind: AsideKind,
    /// Which of the parts with notes holds it.
    pub endnote: bool,
    pub id: String,
    pub mark: Option<String>,
    pub edit: Option<Mark>,
}

/// Lines of text with what is known of them.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub text: String,
    pub edits: Vec<Edit>,
    pub native: Vec<Native>,
    pub asides: Vec<Aside>,
    pub pending: Vec<NoteRef>,
}

impl Flow {
    /// Adds a line with its line break and returns its span without the break.
    pub fn line(&mut self, line: Line) -> Span {
        let start = self.text.len();
        self.text.push_str(&line.text);
        self.text.push('\n');
        self.edits.extend(line.edits.into_iter().map(|edit| Edit { span: shift(edit.span, start), ..edit }));
        Span::new(start, start + line.text.len())
    }

    /// Marks a heading of a level from 1.
    pub fn heading(&mut self, span: Span, level: u8, number: Option<String>) {
        let words = span.of(&self.text);
        let words = number.as_deref().and_then(|number| words.strip_prefix(number)).unwrap_or(words).trim();
        let heading = (!words.is_empty()).then(|| words.replace('\n', " "));
        self.native.push(Native { span, kind: NativeKind::Heading(level), number, heading, source_id: None, head: span });
    }

    /// Adds another flow at the end.
    pub fn append(&mut self, other: Self) {
        let by = self.text.len();
        self.text.push_str(&other.text);
        self.edits.extend(other.edits.into_iter().map(|edit| Edit { span: shift(edit.span, by), ..edit }));
        self.asides.extend(other.asides.into_iter().map(|aside| Aside { span: shift(aside.span, by), ..aside }));
        self.native.extend(other.native.into_iter().map(|unit| Native { span: shift(unit.span, by), head: shift(unit.head, by), ..unit }));
        self.pending.extend(other.pending);
    }

    /// Adds a flow that stands outside the provisions.
    pub fn aside(&mut self, body: Self, kind: AsideKind, mark: Option<String>) {
        let start = self.text.len();
        self.append(Self { asides: Vec::new(), native: Vec::new(), ..body });
        if self.text.len() > start {
            self.asides.push(Aside { span: Span::new(start, self.text.len()), kind, mark });
        }
    }

    /// Adds the cells of a row: one line with tabs between cells, or the lines of the only cell.
    ///
    /// A row of one cell is layout (a frame around text), so its paragraphs stay paragraphs.
    pub fn row(&mut self, mut cells: Vec<Self>) {
        if cells.len() == 1 {
            if let Some(only) = cells.pop() {
                self.append(only);
            }
            return;
        }
        let start = self.text.len();
        let mut gaps = 0;
        for mut cell in cells {
            cell.flatten();
            // Empty cells at the end of a row leave no tabs; those between keep the column of the next.
            if !cell.text.is_empty() {
                for _ in 0..gaps {
                    self.text.push('\t');
                }
                gaps = 0;
            }
            gaps += 1;
            self.append(cell);
        }
        if self.text.len() > start {
            self.text.push('\n');
        }
    }

    /// Makes one line without a break of all lines; every byte keeps its place.
    pub fn flatten(&mut self) {
        self.native.clear();
        let end = self.text.trim_end().len();
        self.text.truncate(end);
        self.text = self.text.replace(['\n', '\t'], " ");
        for span in self.edits.iter_mut().map(|edit| &mut edit.span).chain(self.asides.iter_mut().map(|aside| &mut aside.span)) {
            span.end = span.end.min(end);
        }
        self.edits.retain(|edit| !edit.span.is_empty());
        self.asides.retain(|aside| !aside.span.is_empty());
    }

    /// Cuts bytes off the start, a character boundary; what stood only there is forgotten.
    pub fn cut_start(&mut self, length: usize) {
        if !self.text.is_char_boundary(length) {
            return;
        }
        self.text.replace_range(..length, "");
        let cut = |span: Span| Span::new(span.start.saturating_sub(length), span.end.saturating_sub(length));
        for edit in &mut self.edits {
            edit.span = cut(edit.span);
        }
        for aside in &mut self.asides {
            aside.span = cut(aside.span);
        }
        for unit in &mut self.native {
            (unit.span, unit.head) = (cut(unit.span), cut(unit.head));
        }
        self.edits.retain(|edit| !edit.span.is_empty());
        self.asides.retain(|aside| !aside.span.is_empty());
        self.native.retain(|unit| !unit.span.is_empty());
    }

    /// The document that the outermost flow is.
    pub fn finish(mut self) -> Document {
        // Headings within a heading that is never closed end before it.
        self.native.sort_by_key(|unit| (unit.span.start, std::cmp::Reverse(unit.span.end)));
        Document { text: self.text, edits: self.edits, native: self.native, asides: self.asides, ..Document::default() }
    }
}

fn shift(span: Span, by: usize) -> Span {
    Span::new(span.start + by, span.end + by)
}

#[cfg(test)]
mod tests {
    use super::super::{EditKind, Span};
    use super::{Flow, Line, Mark};

    fn line(words: &str) -> Line {
        let mut line = Line::default();
        line.push(words, None);
        line
    }

    fn cell(words: &str) -> Flow {
        let mut cell = Flow::default();
        if !words.is_empty() {
            cell.line(line(words));
        }
        cell
    }

    #[test]
    fn spaces_beside_a_deletion_survive_it() {
        let mark = Mark { kind: EditKind::Deleted, author: None, date: None };
        let mut line = line("cultural");
        line.push(" goods ", Some(&mark));
        line.push(" services", None);
        assert_eq!(line.text, "cultural goods  services");
        assert_eq!(line.edits[0].span.of(&line.text), " goods ");
    }

    #[test]
    fn the_number_of_a_deleted_line_is_deleted() {
        let mark = Mark { kind: EditKind::Deleted, author: None, date: None };
        let mut line = Line::default();
        line.push("old", Some(&mark));
        line.number("3.");
        assert_eq!((line.text.as_str(), line.edits[0].span), ("3. old", Span::new(0, 6)));
    }

    #[test]
    fn rows_keep_their_columns() {
        let mut flow = Flow::default();
        flow.row(vec![cell("a"), cell(""), cell("c d"), cell("")]);
        flow.row(vec![cell("only")]);
        assert_eq!(flow.text, "a\t\tc d\nonly\n");
    }
}
