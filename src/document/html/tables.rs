//! Rows and columns of tables (HTML, section 4.9): which cells stand where, and what a row is.

use scraper::ElementRef;

use super::super::flow::Flow;
use super::lists::is_enumerator;

/// Most lines in a cell of a data table: a cell with more is a column of a page.
const MAX_CELL_LINES: usize = 12;
/// Columns up to which spans are followed; no schedule has so many.
const MAX_COLUMNS: usize = 256;

/// A cell that is read.
#[derive(Debug)]
pub(super) struct Cell {
    pub flow: Flow,
    /// How many columns and rows it takes.
    columns: usize,
    rows: usize,
}

impl Cell {
    /// A cell by its element.
    pub fn of(element: ElementRef<'_>) -> Self {
        let span = |name: &str| element.attr(name).and_then(|span| span.trim().parse::<usize>().ok());
        // A span of no rows goes to the end of the table.
        let rows = span("rowspan").map_or(1, |rows| if rows == 0 { usize::MAX } else { rows });
        Self { flow: Flow::default(), columns: span("colspan").unwrap_or(1).max(1), rows }
    }
}

/// For each column of a table how many of the next rows a cell above still takes.
#[derive(Debug, Default)]
pub(super) struct Columns(Vec<usize>);

impl Columns {
    /// Adds a cell to a row, after empty cells where cells of rows above reach down, and before those that it takes.
    pub fn add(&mut self, cells: &mut Vec<Flow>, cell: Cell) {
        while let Some(rows) = self.0.get_mut(cells.len()).filter(|rows| **rows > 0) {
            *rows -= 1;
            cells.push(Flow::default());
        }
        let start = cells.len();
        cells.push(cell.flow);
        if start >= MAX_COLUMNS {
            return;
        }
        let end = start.saturating_add(cell.columns).min(MAX_COLUMNS);
        cells.resize_with(end.max(start + 1), Flow::default);
        if cell.rows > 1 {
            if self.0.len() < end {
                self.0.resize(end, 0);
            }
            self.0[start..end].fill(cell.rows - 1);
        }
    }

    /// Ends a row of `cells` cells: what reaches down beyond them has one row less to go.
    pub fn end_row(&mut self, cells: usize) {
        for rows in self.0.iter_mut().skip(cells) {
            *rows = rows.saturating_sub(1);
        }
    }
}

/// Adds a row of a table: a numbered paragraph, a column of the page, or data.
pub(super) fn row(flow: &mut Flow, mut cells: Vec<Flow>) {
    let is_filled = |cell: &Flow| !cell.text.trim().is_empty();
    let filled = cells.iter().filter(|cell| is_filled(cell)).count();
    let is_layout = |cell: &Flow| !cell.native.is_empty() || cell.text.matches('\n').count() > MAX_CELL_LINES;
    let first = cells.iter().position(is_filled);
    if filled == 2
        && let Some(first) = first.filter(|first| is_enumerator(cells[*first].text.trim()))
    {
        // The Official Journal sets numbered paragraphs as rows of a number and a text.
        let mut words = cells.drain(first..).filter(is_filled);
        if let (Some(mut number), Some(text)) = (words.next(), words.next()) {
            number.flatten();
            number.text.push(' ');
            flow.append(number);
            flow.append(text);
        }
        return;
    }
    if filled == 1 || cells.iter().any(is_layout) {
        for cell in cells {
            flow.append(cell);
        }
    } else {
        flow.row(cells);
    }
}
