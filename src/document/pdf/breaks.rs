//! Decides where a paragraph ends: what two lines that follow one another say about it.
//!
//! What counts: the space between the lines, indents, centring, weight, size and face of the type,
//! whether the line before was full, and marks that begin an item or an article.

use super::lines::Line;
use super::marks;
use super::paragraphs::Paragraph;

/// Leading that is larger than usual by this factor divides paragraphs.
const LOOSE: f64 = 1.3;
/// Indents that differ by more than this part of the size are different.
const INDENT: f64 = 0.7;
/// The part of the width of a column that a line may leave empty within a sentence.
const BALANCE: f64 = 0.12;
/// Sizes that differ by more than this part are different.
pub(super) const OTHER_SIZE: f64 = 0.12;

/// What the lines of a block have in common.
pub(super) struct Column {
    pub(super) left: f64,
    pub(super) right: f64,
    /// The usual distance of its lines, in sizes.
    pub(super) leading: f64,
}

impl Column {
    fn is_centred(&self, line: &Line) -> bool {
        let (before, after) = (line.left - self.left, self.right - line.right);
        before > 1.2 * line.size && after > 1.2 * line.size && (before - after).abs() < 0.05 * (self.right - self.left) + line.size
    }
}

/// A paragraph under construction.
pub(super) struct Open {
    pub(super) paragraph: Paragraph,
    last: Line,
    lines: usize,
    /// The distance of its last two lines, in sizes.
    step: Option<f64>,
}

impl Open {
    pub(super) fn new(line: Line, full: bool) -> Self {
        let mut paragraph = Paragraph::of_line(line.clone());
        paragraph.full = full;
        Self { paragraph, last: line, lines: 1, step: None }
    }

    pub(super) fn push(&mut self, line: Line, full: bool) {
        self.step = Some((self.last.base - line.base) / self.last.size.max(line.size));
        self.last = line.clone();
        self.lines += 1;
        self.paragraph.push(line);
        self.paragraph.full = full;
    }
}

/// Whether a new paragraph begins with `line`; `below` is the distance to the line after it.
pub(super) fn breaks(column: &Column, open: &Open, line: &Line, below: Option<f64>) -> bool {
    let Open { paragraph, last, lines, step: before_step } = open;
    let lines = *lines;
    let size = last.size.max(line.size);
    if paragraph.row || line.is_row() || (last.size - line.size).abs() > OTHER_SIZE * size {
        return true;
    }
    let step = (last.base - line.base) / size;
    // Lines that go on at the same wide distance are widely set, and no paragraphs of their own.
    let even = |other: f64| (other - step).abs() < 0.06 * step;
    let evenly_set = if lines > 1 { before_step.is_some_and(even) } else { paragraph.full && below.is_some_and(even) };
    if step > LOOSE * column.leading && step > 1.3 && !evenly_set {
        return true;
    }
    let text = line.text();
    let before = last.text();
    if marks::is_contents_entry(&before) {
        return true;
    }
    // The line before ended early if the first word of this one had still fitted on it. Some
    // programs break lines earlier to balance them, which is allowed for within a sentence.
    let first = line.words.first().map_or(0.0, |(_, word)| word.right - word.left);
    let slack = column.right - 0.3 * size - (last.right + 0.25 * size + first);
    let allowed = if marks::ends_with_particle(&before) { 2.0 * BALANCE } else { BALANCE };
    let balanced = slack < allowed * (column.right - column.left);
    let unfinished = !marks::ends_sentence(&before);
    let within = unfinished && !before.ends_with(',');
    let full = paragraph.full || slack < 0.0 || within && balanced;
    if weight_changes(paragraph, last, line, full) {
        return true;
    }
    // A small letter after an unfinished sentence goes on with it, wherever the line stands.
    let lower = text.starts_with(char::is_lowercase) && !marks::is_label(&text);
    if lower && unfinished && (within || full || balanced) {
        return false;
    }
    if other_face(paragraph, line) {
        return true;
    }
    let indented = (line.left - last.left).abs() > INDENT * size;
    let loose = step > 1.12 * column.leading;
    if marks::is_heading(&text) && (loose || !full || !unfinished || column.is_centred(line)) {
        return true;
    }
    let dash = text.starts_with(['-', '–', '—']);
    if marks::is_bullet(&text) && !dash {
        return true;
    }
    if marks::is_label(&text) && (marks::ends_item(&before) || !full || loose || indented && lines > 1) {
        return true;
    }
    // "Sector: …", "Level of government: …": the fields of an entry stand on lines of their own.
    if marks::is_caption(&text) && marks::is_caption(&paragraph.first_text()) {
        return true;
    }
    if marks::ends_with_semicolon(&before) && text.starts_with(char::is_uppercase) {
        return true;
    }
    // Lines of one left edge but of different lengths are set from the left, not centred.
    let from_left = (line.left - last.left).abs() < 0.3 * size && (line.width() - last.width()).abs() > size;
    let first_centred = !from_left && column.is_centred(last) && !marks::is_label(&before);
    let next_centred = !from_left && column.is_centred(line);
    if first_centred && next_centred {
        let wide = last.width() > 0.45 * (column.right - column.left);
        return !(wide && unfinished && !marks::is_bare_heading(&before));
    }
    // A title may fill its first line.
    let title = paragraph.bold && line.bold || marks::is_capitals(&before) && marks::is_capitals(&text);
    if next_centred && !(title && full && unfinished) || !full {
        return true;
    }
    // The second line may stand further in (after a list mark) or further out (after a first-line
    // indent); from then on the left edge holds.
    indented && lines > 1 && !next_centred
}

/// Whether a paragraph set in one face throughout meets a line that is wholly set in others: many
/// files do not say which of their fonts is the bold one.
fn other_face(paragraph: &Paragraph, line: &Line) -> bool {
    let mut faces = paragraph.words.iter().map(|(_, word)| word.face);
    let Some(face) = faces.next() else { return false };
    faces.all(|other| other == face) && line.words.iter().all(|(_, word)| word.face != face)
}

/// A change between bold and light type divides, unless the change falls within a sentence.
fn weight_changes(paragraph: &Paragraph, last: &Line, line: &Line, full: bool) -> bool {
    if last.bold == line.bold {
        return false;
    }
    let ends_bold = last.words.last().is_some_and(|(_, word)| word.bold);
    let starts_bold = line.words.first().is_some_and(|(_, word)| word.bold);
    let runs_on = full && ends_bold == starts_bold;
    let within = !paragraph.bold && line.bold && full && !marks::ends_sentence(&last.text());
    !(runs_on || within)
}
