//! Text that is put together from a source which marks its own units: chapters, articles, paragraphs, notes.
//!
//! The readers of such sources say where elements begin and end; this file keeps the lines, the units with
//! their numbers and headings, the footnotes (which follow the line that carries their mark) and the rows of tables.

use super::changes::{Line, Mark, Reading};
use super::flow::Flow;
use super::{AsideKind, Document, EditKind, Native, NativeKind, Span};

/// What a place for lines belongs to.
enum Holder {
    /// The document, or a cell of a table.
    Lines,
    /// The cells of a row that have ended.
    Row(Vec<Flow>),
    /// A note with its kind and mark; a text box, which is read behind its line, has no kind.
    Note(Option<AsideKind>, Option<String>),
}

/// A place that takes lines.
struct Frame {
    flow: Flow,
    line: Line,
    /// The line is a number so far: the words after it stay on it.
    labelled: bool,
    holder: Holder,
}

impl Frame {
    fn new(holder: Holder) -> Self {
        Self { flow: Flow::default(), line: Line::default(), labelled: false, holder }
    }
}

/// A note that waits for the end of its line.
struct Waiting {
    kind: Option<AsideKind>,
    mark: Option<String>,
    body: Flow,
}

/// A document while it is read.
pub(super) struct Builder {
    /// The document itself, then whatever is open in it: rows, cells, notes.
    frames: Vec<Frame>,
    units: Vec<Native>,
    /// The units that are open, innermost last; `None` for those that are no units of this document (quoted ones).
    open: Vec<Option<usize>>,
    marks: Vec<Mark>,
    /// Notes that wait for the end of their line.
    notes: Vec<Waiting>,
    /// How many quotations are open.
    quoted: usize,
}

impl Builder {
    pub fn new() -> Self {
        Self {
            frames: vec![Frame::new(Holder::Lines)],
            units: Vec::new(),
            open: Vec::new(),
            marks: Vec::new(),
            notes: Vec::new(),
            quoted: 0,
        }
    }

    /// The innermost place for lines. The first frame is never taken away.
    fn top(&mut self) -> &mut Frame {
        if self.frames.is_empty() {
            self.frames.push(Frame::new(Holder::Lines));
        }
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    /// Adds words to the open line.
    pub fn words(&mut self, words: &str) {
        if !words.trim().is_empty() {
            self.top().labelled = false;
        }
        let mark = self.marks.iter().rev().find(|mark| mark.kind == EditKind::Deleted).or(self.marks.last()).cloned();
        self.top().line.push(words, mark.as_ref());
    }

    /// A block begins or ends: its words stand on a line of their own, save that a number keeps the words after it.
    pub fn block(&mut self) {
        if !self.top().labelled {
            self.end_line();
            self.place_notes();
        }
    }

    /// A block ends, even if it has nothing but its number.
    pub fn end_block(&mut self) {
        self.top().labelled = false;
        self.block();
    }

    /// The line so far is the heading of the innermost unit, its number aside.
    pub fn end_heading(&mut self) {
        let words = self.top().line.words(Reading::Proposed).trim().to_owned();
        if let Some(unit) = self.unit() {
            let words = unit.number.as_deref().and_then(|number| words.strip_prefix(number)).unwrap_or(&words).trim();
            unit.heading = (!words.is_empty()).then(|| words.to_owned());
        }
        self.end_line();
        let end = self.frames[0].flow.text.trim_end().len();
        if let Some(unit) = self.unit() {
            unit.head.end = end.max(unit.head.start);
        }
    }

    /// The mark of the note that is open.
    pub fn mark_note(&mut self, words: &str) {
        if let Holder::Note(_, mark) = &mut self.top().holder {
            *mark = (!words.is_empty()).then(|| words.to_owned());
        }
    }

    /// Ends the open line, if it has words.
    fn end_line(&mut self) {
        let Frame { flow, line, labelled, .. } = self.top();
        *labelled = false;
        let mut line = std::mem::take(line);
        line.trim_end();
        if !line.text.is_empty() {
            flow.line(line);
        }
    }

    /// Puts the notes that wait behind the last line, once no row and no other note is open.
    fn place_notes(&mut self) {
        if let [frame] = self.frames.as_mut_slice() {
            for note in self.notes.drain(..) {
                match note.kind {
                    Some(kind) => frame.flow.aside(note.body, kind, note.mark),
                    None => frame.flow.append(note.body),
                }
            }
        }
    }

    /// A unit begins. Inside quotations, notes and tables its words are kept and the unit is not.
    pub fn open(&mut self, kind: NativeKind, source_id: Option<String>) {
        // A quotation mark keeps what it opens on its line, a number keeps only words.
        let Frame { line, labelled, .. } = self.top();
        *labelled &= !line.text.contains(char::is_alphanumeric);
        self.block();
        if self.quoted > 0 || self.frames.len() > 1 {
            self.open.push(None);
        } else {
            let start = self.frames[0].flow.text.len();
            self.open.push(Some(self.units.len()));
            let span = Span::new(start, start);
            self.units.push(Native { span, kind, number: None, heading: None, source_id, head: span });
        }
        if kind == NativeKind::Quotation {
            self.quoted += 1;
        }
    }

    /// The innermost unit ends.
    pub fn close(&mut self) {
        self.top().labelled = false;
        self.block();
        let Some(unit) = self.open.pop() else { return };
        let end = self.frames[0].flow.text.len();
        if let Some(unit) = unit.and_then(|index| self.units.get_mut(index)) {
            unit.span.end = end;
        }
    }

    /// Words that open a quotation: what follows stays on their line.
    pub fn opening_mark(&mut self, mark: &str) {
        let fresh = self.top().line.text.is_empty();
        self.words(mark);
        self.top().labelled |= fresh;
    }

    /// Words that close a quotation: they belong to the last line of it, even if that has ended.
    pub fn closing_mark(&mut self, mark: &str) {
        let quoted = self.quoted > 0;
        let Frame { flow, line, .. } = self.top();
        let ended = line.text.is_empty() && flow.text.ends_with('\n');
        let end = flow.text.len();
        if quoted && ended && flow.asides.last().is_none_or(|aside| aside.span.end < end) {
            flow.text.insert_str(end - 1, mark);
        } else {
            self.words(mark);
        }
    }

    /// A quotation ends, which [`Self::open`] began.
    pub fn close_quotation(&mut self) {
        self.close();
        self.quoted = self.quoted.saturating_sub(1);
    }

    /// The innermost unit, where it is one of this document and its words go straight into the text.
    pub fn unit(&mut self) -> Option<&mut Native> {
        if self.frames.len() > 1 {
            return None;
        }
        self.open.last().copied().flatten().and_then(|index| self.units.get_mut(index))
    }

    /// Whether a unit of a kind is open.
    pub fn is_in(&self, kind: NativeKind) -> bool {
        self.open.iter().flatten().any(|&index| self.units[index].kind == kind)
    }

    /// The line so far is the number of the innermost unit; the words that follow stay on the line.
    pub fn label(&mut self) {
        let label = self.top().line.words(Reading::Proposed).trim().to_owned();
        let (length, end) = (self.top().line.text.trim_end().len(), self.top().flow.text.len());
        if let Some(unit) = self.unit().filter(|unit| unit.number.is_none() && unit.span.start == end && !label.is_empty()) {
            unit.number = Some(label);
            unit.head = Span::new(end, end + length);
        }
        let Frame { line, labelled, .. } = self.top();
        if !line.text.is_empty() {
            line.push(" ", None);
            *labelled = true;
        }
    }

    /// The line so far is the number of the innermost unit, on a line of its own.
    pub fn number(&mut self) {
        let number = self.head_line();
        if let Some(unit) = self.unit().filter(|unit| unit.number.is_none()) {
            unit.number = number;
        }
    }

    /// The line so far is the heading of the innermost unit, or goes on with it.
    pub fn heading(&mut self) {
        let words = self.head_line();
        if let (Some(unit), Some(words)) = (self.unit(), words) {
            unit.heading = Some(unit.heading.take().map_or(words.clone(), |before| format!("{before} {words}")));
        }
    }

    /// Ends a line of the head of a unit; notes wait until the head is over.
    fn head_line(&mut self) -> Option<String> {
        let words = self.top().line.words(Reading::Proposed).trim().to_owned();
        self.end_line();
        let end = self.frames[0].flow.text.trim_end().len();
        if let Some(unit) = self.unit() {
            unit.head.end = end.max(unit.head.start);
        }
        (!words.is_empty()).then_some(words)
    }

    /// A tracked change begins.
    pub fn change(&mut self, mark: Mark) {
        self.marks.push(mark);
    }

    /// The last tracked change ends.
    pub fn end_change(&mut self) {
        self.marks.pop();
    }

    /// A footnote begins; it has its mark from the source.
    pub fn note(&mut self, mark: Option<String>) {
        self.frames.push(Frame::new(Holder::Note(Some(AsideKind::Footnote), mark)));
    }

    /// A comment in the margin begins.
    pub fn comment(&mut self) {
        self.frames.push(Frame::new(Holder::Note(Some(AsideKind::Comment), None)));
    }

    /// A text box begins: its lines follow the line in which it is anchored.
    pub fn text_box(&mut self) {
        self.frames.push(Frame::new(Holder::Note(None, None)));
    }

    /// The footnote, comment or text box ends.
    pub fn end_note(&mut self) {
        self.end_line();
        if let Some(Frame { flow: body, holder: Holder::Note(kind, mark), .. }) = self.frames.pop() {
            self.notes.push(Waiting { kind, mark, body });
        }
    }

    /// Adds a footnote whose body was read elsewhere.
    pub fn add_note(&mut self, mark: Option<String>, body: Flow) {
        self.notes.push(Waiting { kind: Some(AsideKind::Footnote), mark, body });
    }

    /// Takes the note that was read last with its mark, for a source that keeps notes apart from their marks.
    pub fn take_note(&mut self) -> Option<(Option<String>, Flow)> {
        self.notes.pop().map(|note| (note.mark, note.body))
    }

    /// A row of a table begins.
    pub fn row(&mut self) {
        self.top().labelled = false;
        self.block();
        self.frames.push(Frame::new(Holder::Row(Vec::new())));
    }

    /// A cell begins.
    pub fn cell(&mut self) {
        self.frames.push(Frame::new(Holder::Lines));
    }

    /// The cell ends.
    pub fn end_cell(&mut self) {
        self.end_line();
        let Some(Frame { flow, .. }) = self.frames.pop() else { return };
        match &mut self.top().holder {
            Holder::Row(cells) => cells.push(flow),
            // A cell outside a row is a block.
            _ => self.top().flow.append(flow),
        }
    }

    /// The row ends.
    pub fn end_row(&mut self) {
        if let Some(Frame { holder: Holder::Row(cells), .. }) = self.frames.pop() {
            self.top().flow.row(cells);
        }
        self.place_notes();
    }

    /// The document, with the units that have words.
    pub fn finish(mut self) -> Document {
        self.top().labelled = false;
        self.block();
        let mut document = std::mem::take(&mut self.top().flow).finish();
        document.native = self.units;
        document.native.retain(|unit| !unit.span.is_empty());
        document
    }
}

#[cfg(test)]
mod tests {
    use super::super::NativeKind;
    use super::Builder;

    #[test]
    fn numbers_keep_their_words_and_notes_follow_their_line() {
        let mut builder = Builder::new();
        builder.open(NativeKind::Item, None);
        builder.words("1.");
        builder.label();
        builder.block();
        builder.words("The Parties");
        builder.note(Some("2".to_owned()));
        builder.words("A note.");
        builder.end_note();
        builder.words(" agree.");
        builder.close();
        let document = builder.finish();
        assert_eq!(document.text, "1. The Parties agree.\nA note.\n");
        assert_eq!(document.native[0].head.of(&document.text), "1.");
        assert_eq!(document.asides[0].span.of(&document.text), "A note.\n");
    }

    #[test]
    fn what_is_quoted_has_words_and_no_units() {
        let mut builder = Builder::new();
        builder.open(NativeKind::Quotation, None);
        builder.open(NativeKind::Article, None);
        builder.words("Article 9");
        builder.number();
        builder.close();
        builder.close_quotation();
        let document = builder.finish();
        assert_eq!(document.native.len(), 1);
        assert_eq!((document.native[0].kind, document.native[0].span.of(&document.text)), (NativeKind::Quotation, "Article 9\n"));
    }
}
