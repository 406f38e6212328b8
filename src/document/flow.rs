//! Text that is being put together: flows of lines that can be joined.
//!
//! Used by the readers of Word documents and of web pages. Spans are relative to the flow that holds
//! them and move when one flow is appended to another; the outermost flow becomes the document.

pub(super) use super::changes::{Changes, Line, Mark};
use super::changes::{Piece, Reading, edits};
use super::{Aside, AsideKind, Document, Native, NativeKind, Span};

/// A note that waits for the end of its paragraph or row.
#[derive(Clone, Debug)]
pub(super) struct NoteRef {
    pub kind: AsideKind,
    /// Which of the parts with notes holds it.
    pub endnote: bool,
    pub id: String,
    pub mark: Option<String>,
    /// What was done to its mark in the text.
    pub changes: Changes,
}

/// A cell of a row.
#[derive(Debug)]
pub(super) struct Cell {
    pub flow: Flow,
    /// How many columns it spans.
    pub columns: usize,
    /// What was done to the cell as a whole.
    pub changes: Changes,
}

/// Lines of text with what is known of them.
#[derive(Debug, Default)]
pub(super) struct Flow {
    pub text: String,
    /// Stretches with changes, in order, disjoint.
    pieces: Vec<Piece>,
    pub native: Vec<Native>,
    pub asides: Vec<Aside>,
    pub pending: Vec<NoteRef>,
}

impl Flow {
    /// Adds a line with its line break and returns its span without the break.
    pub fn line(&mut self, mut line: Line) -> Span {
        if !Reading::BOTH.into_iter().all(|reading| line.is_at_start(reading)) {
            line.end(&Changes::default());
        }
        let start = self.text.len();
        self.lines(&mut line);
        Span::new(start, self.text.trim_end_matches('\n').len().max(start))
    }

    /// Takes over the lines that are done; the line goes on with what follows.
    pub fn lines(&mut self, line: &mut Line) {
        let (text, pieces) = line.take();
        self.take_over(&text, pieces);
    }

    fn take_over(&mut self, text: &str, pieces: Vec<Piece>) {
        let by = self.text.len();
        self.text.push_str(text);
        self.pieces.extend(pieces.into_iter().map(|piece| Piece { span: shift(piece.span, by), ..piece }));
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
        self.take_over(&other.text, other.pieces);
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
    pub fn row(&mut self, cells: Vec<Self>) {
        let cells = cells.into_iter().map(|flow| Cell { flow, columns: 1, changes: Changes::default() });
        self.changed_row(cells.collect(), &Changes::default());
    }

    /// [`Self::row`] where the row or some of its cells were inserted or deleted.
    pub fn changed_row(&mut self, mut cells: Vec<Cell>, changes: &Changes) {
        if cells.len() == 1 {
            if let Some(only) = cells.pop() {
                self.append(only.flow);
            }
            return;
        }
        let start = self.text.len();
        // Tabs that wait in each reading. Empty cells at the end of a row leave none; those between keep the column of the next.
        let mut gaps = [0; 2];
        let mut filled = [false; 2];
        for mut cell in cells {
            let changes = cell.changes.within(changes);
            cell.flow.flatten();
            if !cell.flow.text.is_empty() {
                let shown = Reading::BOTH.map(|reading| cell.flow.has_words(reading));
                let inside = cell.flow.pieces.first().map(|piece| piece.changes.clone()).unwrap_or_default();
                let most = Reading::BOTH.map(|reading| if shown[reading as usize] { gaps[reading as usize] } else { 0 });
                let tabs = most[0].max(most[1]).max(usize::from(shown == [false, false] && self.text.len() > start));
                for tab in 0..tabs {
                    self.separator('\t', most.map(|most| tab < most), &[&changes, &inside]);
                }
                for (index, _) in shown.iter().enumerate().filter(|(_, shown)| **shown) {
                    gaps[index] = 0;
                    filled[index] = true;
                }
            }
            for reading in Reading::BOTH.into_iter().filter(|reading| changes.shown(*reading)) {
                gaps[reading as usize] += cell.columns;
            }
            self.append(cell.flow);
        }
        if self.text.len() > start {
            self.separator('\n', filled, &[changes]);
        }
    }

    /// Adds what parts cells or rows, in some of the readings.
    fn separator(&mut self, separator: char, wanted: [bool; 2], causes: &[&Changes]) {
        let start = self.text.len();
        self.text.push(separator);
        let last = self.pieces.last().map(|piece| piece.changes.clone()).unwrap_or_default();
        let causes: Vec<&Changes> = causes.iter().copied().chain([&last]).collect();
        let changes = Changes::default().limited(wanted, &causes);
        if !changes.is_none() {
            self.pieces.push(Piece { span: Span::new(start, self.text.len()), changes });
        }
    }

    /// Whether a reading shows anything of the flow.
    pub fn has_words(&self, reading: Reading) -> bool {
        self.stretches().iter().any(|stretch| stretch.changes.shown(reading) && !stretch.span.of(&self.text).trim().is_empty())
    }

    /// The whole text as stretches in order, those without changes too.
    fn stretches(&self) -> Vec<Piece> {
        let mut all = Vec::with_capacity(2 * self.pieces.len() + 1);
        let mut at = 0;
        for piece in &self.pieces {
            all.push(Piece { span: Span::new(at, piece.span.start), changes: Changes::default() });
            all.push(piece.clone());
            at = piece.span.end;
        }
        all.push(Piece { span: Span::new(at, self.text.len()), changes: Changes::default() });
        all.retain(|stretch| !stretch.span.is_empty());
        all
    }

    /// Says of the whole flow what was done to it, beside what was done inside.
    pub fn change(&mut self, changes: &Changes) {
        if changes.is_none() {
            return;
        }
        let stretches = self.stretches().into_iter();
        self.pieces = stretches.map(|stretch| Piece { changes: changes.within(&stretch.changes), ..stretch }).collect();
    }

    /// Makes one line without a break of all lines.
    pub fn flatten(&mut self) {
        self.native.clear();
        if self.pieces.is_empty() {
            // Every byte keeps its place.
            let end = self.text.trim_end().len();
            self.text.truncate(end);
            self.text = self.text.replace(['\n', '\t'], " ");
            for aside in &mut self.asides {
                aside.span.end = aside.span.end.min(end);
            }
        } else {
            self.flatten_changed();
        }
        self.asides.retain(|aside| !aside.span.is_empty());
    }

    fn flatten_changed(&mut self) {
        let mut ends: Vec<usize> = self.asides.iter().flat_map(|aside| [aside.span.start, aside.span.end]).collect();
        ends.sort_unstable();
        let mut ends = ends.into_iter().peekable();
        let mut moved = std::collections::HashMap::new();
        let mut line = Line::default();
        for stretch in self.stretches() {
            let mut at = stretch.span.start;
            while let Some(end) = ends.next_if(|end| *end <= stretch.span.end) {
                line.push_changed(Span::new(at, end.max(at)).of(&self.text), &stretch.changes);
                moved.insert(end, line.text.len());
                at = at.max(end);
            }
            line.push_changed(Span::new(at, stretch.span.end).of(&self.text), &stretch.changes);
        }
        line.trim_end();
        (self.text, self.pieces) = line.take();
        let end = self.text.len();
        let place = |at: usize| moved.get(&at).copied().unwrap_or(end).min(end);
        for aside in &mut self.asides {
            aside.span = Span::new(place(aside.span.start), place(aside.span.end));
        }
    }

    /// Cuts bytes off the start, a character boundary; what stood only there is forgotten.
    pub fn cut_start(&mut self, length: usize) {
        if !self.text.is_char_boundary(length) {
            return;
        }
        self.text.replace_range(..length, "");
        let cut = |span: Span| Span::new(span.start.saturating_sub(length), span.end.saturating_sub(length));
        for piece in &mut self.pieces {
            piece.span = cut(piece.span);
        }
        for aside in &mut self.asides {
            aside.span = cut(aside.span);
        }
        for unit in &mut self.native {
            (unit.span, unit.head) = (cut(unit.span), cut(unit.head));
        }
        self.pieces.retain(|piece| !piece.span.is_empty());
        self.asides.retain(|aside| !aside.span.is_empty());
        self.native.retain(|unit| !unit.span.is_empty());
    }

    /// The document that the outermost flow is.
    pub fn finish(mut self) -> Document {
        // Headings within a heading that is never closed end before it.
        self.native.sort_by_key(|unit| (unit.span.start, std::cmp::Reverse(unit.span.end)));
        Document { text: self.text, edits: edits(&self.pieces), native: self.native, asides: self.asides, ..Document::default() }
    }
}

fn shift(span: Span, by: usize) -> Span {
    Span::new(span.start + by, span.end + by)
}

#[cfg(test)]
mod tests {
    use super::super::EditKind;
    use super::{Cell, Changes, Flow, Line, Mark};

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
    fn rows_keep_their_columns() {
        let mut flow = Flow::default();
        flow.row(vec![cell("a"), cell(""), cell("c d"), cell("")]);
        flow.row(vec![cell("only")]);
        assert_eq!(flow.text, "a\t\tc d\nonly\n");
    }

    #[test]
    fn an_inserted_cell_brings_its_tab() {
        let mark = Mark::unsigned(EditKind::Inserted);
        let mut new = Line::default();
        new.push("new", Some(&mark));
        let mut flow = Flow::default();
        flow.line(new);
        let plain = |words: &str| Cell { flow: cell(words), columns: 1, changes: Changes::default() };
        let mut table = Flow::default();
        table.changed_row(vec![plain("a"), Cell { flow, columns: 1, changes: Changes::of(Some(&mark)) }, plain("c")], &Changes::default());
        let document = table.finish();
        assert_eq!(document.text, "a\tnew\tc\n");
        assert_eq!(document.edits.iter().map(|edit| edit.span.of(&document.text)).collect::<Vec<_>>(), ["\tnew"]);
    }
}
