//! Columns: finds the gutters of a page and puts its parts into reading order.
//!
//! A gutter is an upright strip that stays empty over several lines with running text on both sides;
//! narrow cells of a table are no running text, and ruled lines that cross the strip speak against it.

use std::collections::HashSet;

use super::geometry::Rect;
use super::lines::{self, Line};
use super::tables::Table;
use super::words::Word;

/// Splits within splits.
const MAX_DEPTH: usize = 6;
/// Strips tried across a region.
const STRIPS: usize = 160;
/// Width of a gutter in sizes of the text.
const GUTTER: f64 = 0.8;
/// Words that a column holds at least.
const MIN_WORDS: usize = 12;
/// Words beyond which a page is read without a search for columns: real ones have at most 3 000.
const MAX_WORDS: usize = 20_000;
/// Lines that the shorter and the longer column hold at least.
const MIN_LINES: (usize, usize) = (3, 5);
/// Words on a line of running text, on average.
const MIN_WORDS_PER_LINE: f64 = 2.5;
/// Ruled lines across a strip that make it a part of a table.
const CROSSING_RULES: usize = 3;

/// A part of a page that is read from the top down.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) parts: Vec<Part>,
    pub(super) left: f64,
    pub(super) right: f64,
}

/// A line or a table of a block.
#[derive(Debug)]
pub(super) enum Part {
    Line(Line),
    Table(Table),
}

struct Region {
    words: Vec<Word>,
    tables: Vec<Table>,
}

struct Gutter {
    at: f64,
    bottom: f64,
    top: f64,
}

/// A gutter with the words beside it, as numbers in the list of words sorted by height.
struct Candidate {
    gutter: Gutter,
    first: usize,
    length: usize,
    west: usize,
}

/// The blocks of a page in reading order.
pub(super) fn blocks(words: Vec<Word>, tables: Vec<Table>, rules: &[Rect], is_marker: &dyn Fn(&str) -> bool) -> Vec<Block> {
    let mut out = Vec::new();
    divide(Region { words, tables }, rules, is_marker, 0, &mut out);
    out
}

fn divide(region: Region, rules: &[Rect], is_marker: &dyn Fn(&str) -> bool, depth: usize, out: &mut Vec<Block>) {
    if region.words.is_empty() && region.tables.is_empty() {
        return;
    }
    let gutter = if depth < MAX_DEPTH { find_gutter(&region, rules) } else { None };
    let Some(gutter) = gutter else {
        out.extend(with_tables_apart(region).into_iter().map(|part| leaf(part, is_marker)));
        return;
    };
    let mut parts: [Region; 4] = std::array::from_fn(|_| Region { words: Vec::new(), tables: Vec::new() });
    let place = |middle: f64, center: f64| match () {
        () if middle > gutter.top => 0,
        () if middle < gutter.bottom => 3,
        () if center < gutter.at => 1,
        () => 2,
    };
    for word in region.words {
        let index = place(f64::midpoint(word.top(), word.bottom()), f64::midpoint(word.left, word.right));
        if let Some(part) = parts.get_mut(index) {
            part.words.push(word);
        }
    }
    for table in region.tables {
        let bounds = table.bounds;
        let index = place(f64::midpoint(bounds.top, bounds.bottom), f64::midpoint(bounds.left, bounds.right));
        if let Some(part) = parts.get_mut(index) {
            part.tables.push(table);
        }
    }
    for part in parts {
        divide(part, rules, is_marker, depth + 1, out);
    }
}

/// The parts of a region that stand side by side with a table in each, from the left: a table that goes
/// on in the next column leaves too few words around it to show the gutter.
fn with_tables_apart(region: Region) -> Vec<Region> {
    if region.tables.len() < 2 {
        return vec![region];
    }
    let size = median(region.words.iter().map(|word| word.size).collect());
    let words = region.words.iter().map(|word| (word.left, word.right));
    let mut edges: Vec<(f64, f64)> = words.chain(region.tables.iter().map(|table| (table.bounds.left, table.bounds.right))).collect();
    edges.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut starts = Vec::new();
    let mut right = f64::NEG_INFINITY;
    for (left, end) in edges {
        if left - right > GUTTER * size {
            starts.push(left);
        }
        right = right.max(end);
    }
    let mut parts: Vec<Region> = starts.iter().map(|_| Region { words: Vec::new(), tables: Vec::new() }).collect();
    let column = |left: f64| starts.partition_point(|&start| start <= left).saturating_sub(1);
    let tables: std::collections::BTreeSet<usize> = region.tables.iter().map(|table| column(table.bounds.left)).collect();
    if tables.len() < parts.len() {
        return vec![region];
    }
    for word in region.words {
        if let Some(part) = parts.get_mut(column(word.left)) {
            part.words.push(word);
        }
    }
    for table in region.tables {
        if let Some(part) = parts.get_mut(column(table.bounds.left)) {
            part.tables.push(table);
        }
    }
    parts
}

fn leaf(region: Region, is_marker: &dyn Fn(&str) -> bool) -> Block {
    let left =
        region.words.iter().map(|word| word.left).chain(region.tables.iter().map(|table| table.bounds.left)).fold(f64::INFINITY, f64::min);
    let right = region.words.iter().map(|word| word.right).fold(f64::NEG_INFINITY, f64::max);
    let mut lines = lines::build(region.words);
    lines::mark_cells(&mut lines, is_marker);
    let mut tables = region.tables;
    tables.sort_by(|a, b| b.bounds.top.total_cmp(&a.bounds.top));
    let mut tables = tables.into_iter().peekable();
    let mut parts = Vec::new();
    for line in lines {
        while let Some(table) = tables.next_if(|table| table.bounds.top > line.base) {
            parts.push(Part::Table(table));
        }
        parts.push(Part::Line(line));
    }
    parts.extend(tables.map(Part::Table));
    Block { parts, left, right: right.max(left) }
}

fn find_gutter(region: &Region, rules: &[Rect]) -> Option<Gutter> {
    if !(2 * MIN_WORDS..MAX_WORDS).contains(&region.words.len()) {
        return None;
    }
    let size = median(region.words.iter().map(|word| word.size).collect());
    let left = region.words.iter().map(|word| word.left).fold(f64::INFINITY, f64::min);
    let right = region.words.iter().map(|word| word.right).fold(f64::NEG_INFINITY, f64::max);
    let half = GUTTER * size / 2.0;
    // Regions come from the top down, so that turning them round leaves little to sort.
    let mut words: Vec<(f64, &Word)> = region.words.iter().rev().map(|word| (f64::midpoint(word.top(), word.bottom()), word)).collect();
    words.sort_by(|a, b| a.0.total_cmp(&b.0));
    // The words of each side are counted first, and only the best counts looked at closely.
    let middles: Vec<f64> = words.iter().map(|(middle, _)| *middle).collect();
    let mut found: Vec<(usize, Candidate)> = Vec::new();
    let strips: Vec<f64> = (0..=STRIPS).map(|step| left + (right - left) * (0.15 + 0.7 * step as f64 / STRIPS as f64)).collect();
    free_intervals(region, &strips, half, least_height(&words), |at, bottom, top| {
        let first = middles.partition_point(|middle| *middle < bottom);
        let last = middles.partition_point(|middle| *middle <= top);
        let inside = words.get(first..last).unwrap_or_default();
        let west = inside.iter().filter(|(_, word)| word.right <= at).count();
        let score = west.min(inside.len() - west);
        if score >= MIN_WORDS {
            found.push((score, Candidate { gutter: Gutter { at, bottom, top }, first, length: inside.len(), west }));
        }
    });
    found.sort_by(|(score, a), (other, b)| {
        let place = a.gutter.at.total_cmp(&b.gutter.at).then(a.gutter.bottom.total_cmp(&b.gutter.bottom));
        other.cmp(score).then(place)
    });
    // Strips beside one another divide the words alike, and need not be asked twice.
    let mut refused = HashSet::new();
    let best = found.into_iter().find(|(_, candidate)| {
        let Candidate { gutter: Gutter { at, .. }, first, length, west } = *candidate;
        if refused.contains(&(first, length, west)) {
            return false;
        }
        let inside = words.iter().skip(first).take(length);
        let (west_words, east_words): (Vec<&Word>, Vec<&Word>) = inside.map(|(_, word)| *word).partition(|word| word.right <= at);
        let shared = shared_height(&west_words, &east_words);
        if crossing_rules(rules, (at - half, at + half), shared) >= CROSSING_RULES {
            return false;
        }
        let fits = is_running_text(&west_words, &east_words, right - left);
        if !fits {
            refused.insert((first, length, west));
        }
        fits
    });
    best.map(|(_, candidate)| candidate.gutter)
}

/// The heights between which both sides have words.
fn shared_height(west: &[&Word], east: &[&Word]) -> (f64, f64) {
    let lowest = |side: &[&Word]| side.iter().map(|word| word.bottom()).fold(f64::INFINITY, f64::min);
    let highest = |side: &[&Word]| side.iter().map(|word| word.top()).fold(f64::NEG_INFINITY, f64::max);
    (lowest(west).max(lowest(east)), highest(west).min(highest(east)))
}

/// How many ruled lines cross a strip between two heights, double lines counted once.
fn crossing_rules(rules: &[Rect], (from, to): (f64, f64), (bottom, top): (f64, f64)) -> usize {
    let crossing = rules.iter().filter(|rule| rule.left < from && rule.right > to && rule.height() < 3.0);
    let mut heights: Vec<f64> = crossing.map(|rule| rule.bottom).filter(|height| bottom < *height && *height < top).collect();
    heights.sort_by(f64::total_cmp);
    heights.dedup_by(|a, b| *a - *b < 5.0);
    heights.len()
}

/// The smallest height that holds the middles of as many words and baselines as two columns must have.
///
/// In: the words with their middles, from the bottom up.
fn least_height(words: &[(f64, &Word)]) -> f64 {
    // Words of one baseline stand on one line, so that there are no more lines than changes of it.
    let changes = words.windows(2).zip(1..).filter(|(pair, _)| matches!(pair, [(_, a), (_, b)] if a.base != b.base));
    let starts: Vec<usize> = std::iter::once(0).chain(changes.map(|(_, index)| index)).collect();
    let mut least = f64::INFINITY;
    let mut level = 0;
    for (index, (first, _)) in words.iter().enumerate() {
        while starts.get(level + 1).is_some_and(|&next| next <= index) {
            level += 1;
        }
        let line = starts.get(level + MIN_LINES.1 - 1);
        let Some((last, _)) = line.and_then(|&line| words.get(line.max(index + 2 * MIN_WORDS - 1))) else { break };
        least = least.min(last - first);
    }
    least
}

/// The stretches of at least `least` height over which a strip is empty: its middle, its lower and its upper end.
///
/// Each word is met once, from the bottom up, and asks only the strips that it covers.
fn free_intervals(region: &Region, strips: &[f64], half: f64, least: f64, mut each: impl FnMut(f64, f64, f64)) {
    let words = region.words.iter().rev().map(|word| Rect { left: word.left, bottom: word.bottom(), right: word.right, top: word.top() });
    let mut taken: Vec<Rect> = words.chain(region.tables.iter().map(|table| table.bounds)).collect();
    taken.sort_by(|a, b| a.bottom.total_cmp(&b.bottom));
    let mut free: Vec<(f64, f64)> = strips.iter().map(|&at| (at, f64::NEG_INFINITY)).collect();
    for rect in taken {
        // The strips stand at equal distances, so that the search begins next to where it ends.
        let from = search(strips, rect.left - half, |at| at + half <= rect.left);
        let to = search(strips, rect.right + half, |at| at - half < rect.right);
        for (at, bottom) in free.get_mut(from..to).unwrap_or_default() {
            if rect.bottom > *bottom && rect.bottom - *bottom >= least {
                each(*at, *bottom, rect.bottom);
            }
            *bottom = bottom.max(rect.top);
        }
    }
    for (at, bottom) in free {
        each(at, bottom, f64::INFINITY);
    }
}

/// The number of strips before the first for which `before` does not hold, near a place.
fn search(strips: &[f64], place: f64, before: impl Fn(f64) -> bool) -> usize {
    let (Some(first), Some(last)) = (strips.first(), strips.last()) else { return 0 };
    let share = (place - first) / (last - first).max(f64::MIN_POSITIVE);
    let mut index = (share * strips.len() as f64).clamp(0.0, strips.len() as f64) as usize;
    while strips.get(index).is_some_and(|&at| before(at)) {
        index += 1;
    }
    while index.checked_sub(1).and_then(|earlier| strips.get(earlier)).is_some_and(|&at| !before(at)) {
        index -= 1;
    }
    index
}

fn is_running_text(west: &[&Word], east: &[&Word], whole: f64) -> bool {
    let (mut fewest, mut most) = (usize::MAX, 0);
    for side in [west, east] {
        // Lines of columns side by side need not share their baselines, so each is judged by itself.
        let counts = match column_lines(side, whole) {
            Some(lines) => vec![lines],
            None => match side_by_side(side).iter().map(|column| column_lines(column, whole)).collect() {
                Some(counts) => counts,
                None => return false,
            },
        };
        fewest = counts.iter().copied().fold(fewest, usize::min);
        most = counts.iter().copied().fold(most, usize::max);
    }
    fewest >= MIN_LINES.0 && most >= MIN_LINES.1
}

/// How many lines a column of running text has; `None` where the words are none.
fn column_lines(column: &[&Word], whole: f64) -> Option<usize> {
    // Line by line, its left and its right end.
    let extent = |line: &Vec<&Word>| {
        let left = line.iter().map(|word| word.left).fold(f64::INFINITY, f64::min);
        (left, line.iter().map(|word| word.right).fold(left, f64::max))
    };
    let lines: Vec<(f64, f64)> = lines::groups(column.to_vec()).iter().map(extent).collect();
    let left = lines.iter().map(|line| line.0).fold(f64::INFINITY, f64::min);
    let right = lines.iter().map(|line| line.1).fold(f64::NEG_INFINITY, f64::max);
    let width = right - left;
    let filled = lines.iter().filter(|(left, right)| right - left > 0.6 * width).count();
    let per_line = column.len() as f64 / lines.len().max(1) as f64;
    (width >= 0.2 * whole && per_line >= MIN_WORDS_PER_LINE && filled * 5 >= lines.len() * 2).then_some(lines.len())
}

/// The words between upright strips that none of them crosses.
fn side_by_side<'a>(side: &[&'a Word]) -> Vec<Vec<&'a Word>> {
    let mut words = side.to_vec();
    words.sort_by(|a, b| a.left.total_cmp(&b.left));
    let mut columns: Vec<Vec<&Word>> = Vec::new();
    let mut right = f64::NEG_INFINITY;
    for word in words {
        match columns.last_mut() {
            Some(column) if word.left - right < GUTTER * word.size => column.push(word),
            _ => columns.push(vec![word]),
        }
        right = right.max(word.right);
    }
    columns
}

/// The middle value; 0 for none.
pub(super) fn median(mut values: Vec<f64>) -> f64 {
    let middle = values.len() / 2;
    if values.is_empty() { 0.0 } else { *values.select_nth_unstable_by(middle, f64::total_cmp).1 }
}
