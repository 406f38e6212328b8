//! Tables drawn with ruled lines: the words of each cell, row by row.
//!
//! Lines that touch one another make a grid; cells between which no line runs are one cell. Tables
//! without upright lines are left to the gaps between words.

use std::collections::BTreeMap;

use super::geometry::Rect;
use super::words::Word;

/// Lines closer than this (points) are one line, and lines this far apart still touch.
const REACH: f64 = 3.0;
/// Lines of one direction on a page beyond which it is a drawing and no table.
const MAX_LINES: usize = 1500;
/// Columns and rows of one table.
const MAX_COLUMNS: usize = 60;
const MAX_ROWS: usize = 400;
/// Words beyond which a cell is a text of its own.
pub(super) const LONG_CELL: usize = 160;
/// Rows up to which a grid with such a cell is no table.
const FEW_ROWS: usize = 3;

/// A table with its rows of cells.
#[derive(Debug)]
pub(super) struct Table {
    pub(super) bounds: Rect,
    /// The cells of each row by column; a cell over several rows is in the first of them.
    pub(super) rows: Vec<Vec<Cell>>,
}

/// The words of a cell that is not empty.
#[derive(Debug)]
pub(super) struct Cell {
    /// Its first column.
    pub(super) column: usize,
    pub(super) words: Vec<Word>,
}

/// A line of one direction: where it runs, and from where to where.
#[derive(Clone, Copy, Debug)]
struct Stroke {
    at: f64,
    from: f64,
    to: f64,
}

impl Stroke {
    fn covers(&self, at: f64, point: f64) -> bool {
        (self.at - at).abs() <= REACH && self.from - REACH <= point && point <= self.to + REACH
    }
}

/// Lines that touch one another.
#[derive(Debug, Default)]
struct Grid {
    level: Vec<Stroke>,
    upright: Vec<Stroke>,
    columns: Vec<f64>,
    rows: Vec<f64>,
}

/// Takes the tables out of the words of a page.
pub(super) fn take(mut words: Vec<Word>, rules: &[Rect]) -> (Vec<Word>, Vec<Table>) {
    let mut tables = Vec::new();
    for grid in grids(rules) {
        let Some(bounds) = grid.bounds() else { continue };
        let (inside, outside): (Vec<Word>, Vec<Word>) = words.into_iter().partition(|word| {
            let (x, y) = center(word);
            bounds.contains(x, y)
        });
        words = outside;
        match fill(&grid, inside) {
            Ok(rows) => tables.push(Table { bounds, rows }),
            Err(inside) => words.extend(inside),
        }
    }
    (words, tables)
}

fn center(word: &Word) -> (f64, f64) {
    (f64::midpoint(word.left, word.right), f64::midpoint(word.bottom(), word.top()))
}

fn grids(rules: &[Rect]) -> Vec<Grid> {
    let level = joined(rules.iter().filter(|rule| rule.width() > rule.height()).map(|rule| Stroke {
        at: f64::midpoint(rule.bottom, rule.top),
        from: rule.left,
        to: rule.right,
    }));
    let upright = joined(rules.iter().filter(|rule| rule.width() <= rule.height()).map(|rule| Stroke {
        at: f64::midpoint(rule.left, rule.right),
        from: rule.bottom,
        to: rule.top,
    }));
    if level.len() > MAX_LINES || upright.len() > MAX_LINES {
        return Vec::new();
    }
    // Each upright line joins the groups of all level lines that it touches.
    let mut group: Vec<usize> = (0..level.len()).collect();
    let mut of_upright: Vec<Option<usize>> = Vec::with_capacity(upright.len());
    for line in &upright {
        let mut touched: Vec<usize> = level
            .iter()
            .zip(&group)
            .filter(|(other, _)| line.covers(line.at, other.at) && other.covers(other.at, line.at))
            .map(|(_, &group)| group)
            .collect();
        let first = touched.first().copied();
        // Most of the lines that it touches are of one group already.
        touched.sort_unstable();
        touched.dedup();
        if let Some(first) = first {
            group.iter_mut().filter(|group| touched.contains(group)).for_each(|group| *group = first);
        }
        of_upright.push(first);
    }
    let mut grids: BTreeMap<usize, Grid> = BTreeMap::new();
    for (line, &number) in level.iter().zip(&group) {
        grids.entry(number).or_default().level.push(*line);
    }
    for (line, first) in upright.iter().zip(of_upright) {
        // The group that it joined may have been joined to another since.
        let number = first.and_then(|first| level.iter().zip(&group).nth(first).map(|(_, &group)| group));
        if let Some(grid) = number.and_then(|number| grids.get_mut(&number)) {
            grid.upright.push(*line);
        }
    }
    grids.into_values().filter_map(Grid::finish).collect()
}

/// Joins lines that lie on one another or end where the next begins: producers draw the border of
/// each cell by itself.
fn joined(strokes: impl Iterator<Item = Stroke>) -> Vec<Stroke> {
    let mut strokes: Vec<Stroke> = strokes.filter(|stroke| stroke.to - stroke.from > REACH).collect();
    strokes.sort_by(|a, b| a.at.total_cmp(&b.at));
    // Lines at nearly the same place take the place of the first of them.
    let mut place = f64::NEG_INFINITY;
    for stroke in &mut strokes {
        if stroke.at - place > REACH / 2.0 {
            place = stroke.at;
        }
        stroke.at = place;
    }
    strokes.sort_by(|a, b| a.at.total_cmp(&b.at).then(a.from.total_cmp(&b.from)));
    let mut out: Vec<Stroke> = Vec::new();
    for stroke in strokes {
        match out.last_mut() {
            Some(last) if last.at == stroke.at && stroke.from <= last.to + REACH => last.to = last.to.max(stroke.to),
            _ => out.push(stroke),
        }
    }
    out
}

/// Values with those closer than the reach taken together.
fn distinct(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_by(f64::total_cmp);
    values.dedup_by(|a, b| *a - *b <= REACH);
    values
}

impl Grid {
    /// Finds the borders of columns and rows; `None` where there are not two columns.
    fn finish(mut self) -> Option<Self> {
        let ends = |lines: &[Stroke]| {
            let from = lines.iter().map(|line| line.from).fold(f64::INFINITY, f64::min);
            let to = lines.iter().map(|line| line.to).fold(f64::NEG_INFINITY, f64::max);
            [from, to]
        };
        if self.upright.is_empty() || self.level.len() < 2 {
            return None;
        }
        // A table may lack its outer borders: the lines of the other direction end where it does.
        let columns = self.upright.iter().map(|line| line.at).chain(ends(&self.level));
        let rows = self.level.iter().map(|line| line.at).chain(ends(&self.upright));
        self.columns = distinct(columns.collect());
        self.rows = distinct(rows.collect());
        self.rows.reverse();
        ((3..=MAX_COLUMNS).contains(&self.columns.len()) && (2..=MAX_ROWS).contains(&self.rows.len())).then_some(self)
    }

    fn bounds(&self) -> Option<Rect> {
        Some(Rect { left: *self.columns.first()?, right: *self.columns.last()?, top: *self.rows.first()?, bottom: *self.rows.last()? })
    }

    /// For each row and column, the row and column of the cell that holds the place.
    fn owners(&self) -> BTreeMap<(usize, usize), (usize, usize)> {
        let middle = |pair: &[f64]| pair.iter().sum::<f64>() / 2.0;
        let mut owners: BTreeMap<(usize, usize), (usize, usize)> = BTreeMap::new();
        for (row, heights) in self.rows.windows(2).enumerate() {
            for (column, sides) in self.columns.windows(2).enumerate() {
                let (left, top) = (sides.first().copied().unwrap_or_default(), heights.first().copied().unwrap_or_default());
                let open_left = column > 0 && !self.upright.iter().any(|line| line.covers(left, middle(heights)));
                let open_above = row > 0 && !self.level.iter().any(|line| line.covers(top, middle(sides)));
                let owner = if open_left {
                    owners.get(&(row, column - 1)).copied()
                } else if open_above {
                    owners.get(&(row - 1, column)).copied()
                } else {
                    None
                };
                owners.insert((row, column), owner.unwrap_or((row, column)));
            }
        }
        owners
    }
}

/// Puts words into the cells of a grid; the words back where they make no table.
fn fill(grid: &Grid, words: Vec<Word>) -> Result<Vec<Vec<Cell>>, Vec<Word>> {
    let owners = grid.owners();
    let mut cells: BTreeMap<(usize, usize), Vec<Word>> = BTreeMap::new();
    for word in words {
        let (x, y) = center(&word);
        let column = grid.columns.partition_point(|&left| left <= x).saturating_sub(1).min(grid.columns.len().saturating_sub(2));
        let row = grid.rows.partition_point(|&top| top >= y).saturating_sub(1).min(grid.rows.len().saturating_sub(2));
        let owner = owners.get(&(row, column)).copied().unwrap_or((row, column));
        cells.entry(owner).or_default().push(word);
    }
    let mut rows: BTreeMap<usize, Vec<Cell>> = BTreeMap::new();
    for ((row, column), words) in cells {
        rows.entry(row).or_default().push(Cell { column, words });
    }
    // A frame around text is no table: some row must have two cells. Nor are the rules between the
    // columns of a page, which leave few cells that are texts of their own.
    let long = rows.values().flatten().any(|cell| cell.words.len() > LONG_CELL);
    if rows.values().any(|row| row.len() > 1) && !(long && rows.len() <= FEW_ROWS) {
        Ok(rows.into_values().collect())
    } else {
        Err(rows.into_values().flatten().flat_map(|cell| cell.words).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::take;
    use crate::document::pdf::geometry::Rect;
    use crate::document::pdf::words::Word;

    fn word(text: &str, left: f64, base: f64) -> Word {
        Word {
            text: text.to_owned(),
            left,
            right: left + 20.0,
            base,
            size: 10.0,
            bold: false,
            face: 0,
            artifact: false,
            spaced: false,
            rect: [0.0; 4],
        }
    }

    fn rule(left: f64, bottom: f64, right: f64, top: f64) -> Rect {
        Rect { left, bottom, right, top }
    }

    fn texts(words: Vec<Word>, rules: &[Rect]) -> (usize, Vec<Vec<String>>) {
        let (rest, tables) = take(words, rules);
        let text = |words: &[Word]| words.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ");
        (rest.len(), tables.iter().flat_map(|table| &table.rows).map(|row| row.iter().map(|cell| text(&cell.words)).collect()).collect())
    }

    #[test]
    fn cells_by_row_with_one_that_spans() {
        let rules = [
            rule(0.0, 100.0, 200.0, 100.0),
            rule(0.0, 70.0, 200.0, 70.0),
            rule(0.0, 40.0, 200.0, 40.0),
            rule(0.0, 40.0, 0.0, 100.0),
            rule(100.0, 40.0, 100.0, 70.0),
            rule(200.0, 40.0, 200.0, 100.0),
        ];
        let words = vec![
            word("over", 60.0, 80.0),
            word("both", 105.0, 80.0),
            word("a", 10.0, 55.0),
            word("b", 110.0, 55.0),
            word("below", 10.0, 10.0),
        ];
        let (rest, rows) = texts(words, &rules);
        assert_eq!(rest, 1);
        assert_eq!(rows, [vec!["over both"], vec!["a", "b"]]);
    }

    #[test]
    fn a_frame_is_no_table() {
        let rules =
            [rule(0.0, 0.0, 200.0, 0.0), rule(0.0, 100.0, 200.0, 100.0), rule(0.0, 0.0, 0.0, 100.0), rule(200.0, 0.0, 200.0, 100.0)];
        assert_eq!(texts(vec![word("a", 10.0, 50.0), word("b", 110.0, 50.0)], &rules), (2, vec![]));
    }
}
