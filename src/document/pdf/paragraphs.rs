//! Paragraphs: joins the lines of a column where the words run on, and the rows of tables.
//!
//! Where a paragraph ends is decided in `breaks`, what is a footnote in `notes`.

use super::breaks::{Column, OTHER_SIZE, Open, breaks};
use super::columns::{Block, Part};
use super::geometry::Rect;
use super::lines::{self, Gap, Line};
use super::marks;
use super::notes::{self, Note};
use super::tables::{Cell, LONG_CELL, Table};
use super::words::Word;

/// Lines around a line by which the right edge of its column is judged.
const AROUND: usize = 12;

/// What stands between a word and the one before it in a paragraph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Joint {
    /// Nothing.
    None,
    /// A space.
    Space,
    /// The borders of so many cells.
    Tab(usize),
    /// The end of a line: a space, or the place where a word was broken.
    LineEnd,
}

/// A paragraph of one page.
#[derive(Debug)]
pub(super) struct Paragraph {
    pub(super) words: Vec<(Joint, Word)>,
    /// Whether its last line was full, so that it may go on in the next column or on the next page.
    pub(super) full: bool,
    pub(super) bold: bool,
    pub(super) size: f64,
    /// Whether it is a row of cells.
    pub(super) row: bool,
}

/// The text of one page in reading order.
#[derive(Debug, Default)]
pub(super) struct PageText {
    pub(super) body: Vec<Paragraph>,
    pub(super) notes: Vec<Note>,
}

impl Paragraph {
    /// A paragraph of one line.
    pub(super) fn of_line(line: Line) -> Self {
        let (bold, size, row) = (line.bold, line.size, line.is_row());
        Self { words: joints(line, Joint::None).collect(), full: false, bold, size, row }
    }

    /// Adds the next line.
    pub(super) fn push(&mut self, line: Line) {
        self.bold &= line.bold;
        self.words.extend(joints(line, Joint::LineEnd));
    }

    fn last_text(&self) -> &str {
        self.words.last().map_or("", |(_, word)| word.text.as_str())
    }

    pub(super) fn first_text(&self) -> String {
        let mut text = String::new();
        for (joint, word) in self.words.iter().take(4) {
            if *joint != Joint::None {
                text.push(' ');
            }
            text.push_str(&word.text);
        }
        text
    }

    /// Whether `next`, the first paragraph of the next column or page, goes on with this one.
    pub(super) fn continues_in(&self, next: &Self) -> bool {
        let other_type = (self.size - next.size).abs() > OTHER_SIZE * self.size || self.bold != next.bold;
        if self.row || next.row || other_type {
            return false;
        }
        let (last, first) = (self.last_text(), next.first_text());
        if marks::is_label(&first) || marks::is_heading(&first) {
            return false;
        }
        let lower = first.starts_with(char::is_lowercase);
        if lower && (marks::ends_with_hyphen(last) || !marks::ends_sentence(last)) {
            return true;
        }
        let plain = first.starts_with(|found: char| found.is_alphanumeric() || matches!(found, '(' | '"' | '“' | '«'));
        let face = |words: Option<&(Joint, Word)>| words.map(|(_, word)| word.face);
        let same_face = face(self.words.last()) == face(next.words.first());
        self.full && plain && same_face && !self.bold && !marks::ends_sentence(last)
    }
}

fn joints(line: Line, first: Joint) -> impl Iterator<Item = (Joint, Word)> {
    line.words.into_iter().enumerate().map(move |(index, (gap, word))| match (index, gap) {
        (0, _) => (first, word),
        (_, Gap::None) => (Joint::None, word),
        (_, Gap::Space) => (Joint::Space, word),
        (_, Gap::Cell) => (Joint::Tab(1), word),
    })
}

/// Puts the blocks of a page into paragraphs and footnotes, with the ruled lines of the page and
/// the size of most words of the document.
pub(super) fn build(blocks: Vec<Block>, rules: &[Rect], overall: f64) -> PageText {
    let mut page = PageText::default();
    let usual = notes::usual_size(&blocks);
    for mut block in blocks {
        let notes = notes::take(&mut block, rules, usual, overall);
        let mut paragraphs = block_paragraphs(block).into_iter();
        if let Some(first) = paragraphs.next() {
            match page.body.last_mut() {
                Some(last) if last.continues_in(&first) => {
                    last.full = first.full;
                    last.words.extend(
                        first
                            .words
                            .into_iter()
                            .enumerate()
                            .map(|(index, (joint, word))| (if index == 0 { Joint::LineEnd } else { joint }, word)),
                    );
                }
                _ => page.body.push(first),
            }
        }
        page.body.extend(paragraphs);
        page.notes.extend(notes);
    }
    // The words are most of the memory, and are kept until the last page is done.
    for paragraph in &mut page.body {
        paragraph.words.shrink_to_fit();
    }
    page
}

/// The rows of a table, one paragraph each. A row with long cells has no lines between what it
/// lists: two such cells are two texts side by side, more are read line by line.
fn table_rows(table: Table) -> Vec<Paragraph> {
    let mut out = Vec::new();
    for row in table.rows {
        match row.iter().any(|cell| cell.words.len() > LONG_CELL) {
            true if row.len() < 3 => out.extend(row.into_iter().flat_map(cell_paragraphs)),
            true => out.extend(row_lines(row)),
            false => out.extend(row_paragraph(row)),
        }
    }
    out
}

fn cell_paragraphs(cell: Cell) -> Vec<Paragraph> {
    let left = cell.words.iter().map(|word| word.left).fold(f64::INFINITY, f64::min);
    let right = cell.words.iter().map(|word| word.right).fold(f64::NEG_INFINITY, f64::max);
    let parts = lines::build(cell.words).into_iter().map(Part::Line).collect();
    block_paragraphs(Block { parts, left, right })
}

/// The lines that run across the cells of a row, one paragraph each.
fn row_lines(row: Vec<Cell>) -> Vec<Paragraph> {
    let edge = |cell: &Cell| cell.words.iter().map(|word| word.left).fold(f64::INFINITY, f64::min);
    let edges: Vec<f64> = row.iter().map(edge).collect();
    let column = |word: &Word| edges.iter().rposition(|&edge| edge <= word.left).unwrap_or_default();
    let across = lines::build(row.into_iter().flat_map(|cell| cell.words).collect());
    across
        .into_iter()
        .map(|line| {
            let mut paragraph = Paragraph::of_line(line);
            paragraph.row = true;
            let mut before = None;
            for (joint, word) in &mut paragraph.words {
                let number = column(word);
                match before {
                    Some(last) if number > last => *joint = Joint::Tab(number - last),
                    _ => {}
                }
                before = Some(number);
            }
            paragraph
        })
        .collect()
}

fn row_paragraph(row: Vec<Cell>) -> Option<Paragraph> {
    let size = row.iter().flat_map(|cell| &cell.words).next()?.size;
    let mut words = Vec::new();
    let mut column = 0;
    for cell in row {
        for (index, line) in lines::build(cell.words).into_iter().enumerate() {
            let first = match index {
                0 if words.is_empty() => Joint::None,
                0 => Joint::Tab(cell.column.saturating_sub(column).max(1)),
                _ => Joint::LineEnd,
            };
            words.extend(joints(line, first));
        }
        column = cell.column;
    }
    Some(Paragraph { words, full: false, bold: false, size, row: true })
}

fn block_paragraphs(block: Block) -> Vec<Paragraph> {
    let edges: Vec<Option<(f64, f64, f64)>> = block
        .parts
        .iter()
        .map(|part| match part {
            Part::Line(line) => Some((line.left, line.right, line.base)),
            Part::Table(_) => None,
        })
        .collect();
    let leading = usual_leading(&block);
    let mut out: Vec<Paragraph> = Vec::new();
    let mut open: Option<Open> = None;
    let close = |open: &mut Option<Open>, out: &mut Vec<Paragraph>| out.extend(open.take().map(|open| open.paragraph));
    for (index, part) in block.parts.into_iter().enumerate() {
        let line = match part {
            Part::Line(line) => line,
            Part::Table(table) => {
                close(&mut open, &mut out);
                out.extend(table_rows(table));
                continue;
            }
        };
        let around = edges.get(index.saturating_sub(AROUND)..edges.len().min(index + AROUND)).unwrap_or_default();
        let right = around.iter().flatten().map(|edge| edge.1).fold(f64::NEG_INFINITY, f64::max).min(block.right);
        let column = Column { left: block.left, right, leading };
        // Lines that end at the same place as a neighbour are set full, whatever the column does elsewhere.
        let aligned = [index.checked_sub(1), Some(index + 1)].into_iter().flatten().filter_map(|other| edges.get(other).copied().flatten());
        let justified =
            aligned.into_iter().any(|(left, end, _)| (end - line.right).abs() < 1.0 && (left - line.left).abs() < 3.0 * line.size);
        // A block of few lines does not show how wide its column is.
        let wide = edges.len() > 2 || line.words.len() > 5;
        let full = justified || wide && line.right > column.right - 1.5 * line.size;
        let below = edges.get(index + 1).copied().flatten().map(|(_, _, base)| (line.base - base) / line.size);
        if open.as_ref().is_some_and(|open| breaks(&column, open, &line, below)) {
            close(&mut open, &mut out);
        }
        match &mut open {
            Some(open) => open.push(line, full),
            None => open = Some(Open::new(line, full)),
        }
    }
    close(&mut open, &mut out);
    out
}

/// The usual distance of the lines of a block: that of lines of one size that follow closely.
fn usual_leading(block: &Block) -> f64 {
    let lines: Vec<&Line> = block.parts.iter().filter_map(|part| if let Part::Line(line) = part { Some(line) } else { None }).collect();
    let mut steps: Vec<f64> = lines
        .windows(2)
        .filter_map(|pair| {
            let [above, below] = pair else { return None };
            let step = (above.base - below.base) / above.size.max(0.1);
            ((above.size - below.size).abs() < 0.1 * above.size && (0.8..2.6).contains(&step)).then_some(step)
        })
        .collect();
    // Paragraphs may be so short that most steps are those between them.
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() / 4).copied().unwrap_or(1.2)
}
