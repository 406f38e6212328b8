//! Lines: words on one baseline, from left to right, with what stands between them.

use std::borrow::Borrow;

use super::words::{BACK_STEP, WORD_GAP, Word};

/// Two words share a line when they overlap in height by this part of the lower one.
const OVERLAP: f64 = 0.5;
/// Words for which a line gets room at once.
const USUAL_WORDS: usize = 16;
/// A gap of this many sizes is a gap between cells where a neighbouring line has one at the same place.
const ALIGNED_GAP: f64 = 1.6;
/// A gap of this many sizes is a gap between cells in any case.
const CLEAR_GAP: f64 = 3.0;
/// Letters raised by this part of the size of the line, and smaller than that part of it, are superscripts.
const RAISED: f64 = 0.18;
const SMALL: f64 = 0.8;

/// What stands before a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing: the word goes on.
    None,
    /// A space.
    Space,
    /// The border of a cell.
    Cell,
}

/// A line of text.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Its words with what stands before each.
    pub(super) words: Vec<(Gap, Word)>,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) base: f64,
    /// The size of most of its letters.
    pub(super) size: f64,
    /// Whether all of its letters are bold.
    pub(super) bold: bool,
}

impl Line {
    fn new(mut words: Vec<Word>) -> Self {
        words.sort_by(|a, b| a.left.total_cmp(&b.left));
        let left = words.first().map_or(0.0, |word| word.left);
        let right = words.iter().map(|word| word.right).fold(left, f64::max);
        let (base, size) = main_baseline(&words);
        let bold = words.iter().filter(|word| word.text.chars().any(char::is_alphanumeric)).all(|word| word.bold);
        let mut line = Self { words: Vec::with_capacity(words.len()), left, right, base, size, bold };
        let mut end = f64::NEG_INFINITY;
        let mut spaced = false;
        let mut last_size = 0f64;
        let letter_gap = letter_gap(&words, size);
        for mut word in words {
            line.raise(&mut word);
            let near = match letter_gap {
                Some(usual) => word.left - end < (1.5 * usual).max(usual + 0.25 * size),
                // What lies far back over the word before is another word, of a line that is near in height.
                None => !spaced && (-BACK_STEP..WORD_GAP).contains(&((word.left - end) / last_size.max(word.size))),
            };
            let gap = if line.words.is_empty() || near { Gap::None } else { Gap::Space };
            end = end.max(word.right);
            spaced = word.spaced;
            last_size = word.size;
            line.words.push((gap, word));
        }
        line
    }

    /// Writes raised small figures as superscript figures, so that `Article 5` with a footnote mark 1
    /// is not read as `Article 51`.
    fn raise(&self, word: &mut Word) {
        let raised = word.base - self.base > RAISED * self.size && word.size < SMALL * self.size;
        if raised && word.text.chars().all(|found| found.is_ascii_digit()) {
            word.text = word.text.chars().map(superscript).collect();
        }
    }

    pub(super) fn width(&self) -> f64 {
        self.right - self.left
    }

    /// The text of the line.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        for (gap, word) in &self.words {
            match gap {
                Gap::None => {}
                Gap::Space => out.push(' '),
                Gap::Cell => out.push('\t'),
            }
            out.push_str(&word.text);
        }
        out
    }

    /// Whether the line is a row of cells.
    pub(super) fn is_row(&self) -> bool {
        self.words.iter().any(|(gap, _)| *gap == Gap::Cell)
    }

    /// The gaps at least `least` sizes wide: number of the word after it, its left and right end.
    fn wide_gaps(&self, least: f64) -> Vec<(usize, f64, f64)> {
        let mut end = f64::NEG_INFINITY;
        let mut gaps = Vec::new();
        for (index, (_, word)) in self.words.iter().enumerate() {
            if index > 0 && word.left - end > least * self.size {
                gaps.push((index, end, word.left));
            }
            end = end.max(word.right);
        }
        gaps
    }
}

/// The gap between the letters of a line that is s p a c e d  o u t; `None` for other lines.
fn letter_gap(words: &[Word], size: f64) -> Option<f64> {
    let single = |word: &&Word| {
        let mut letters = word.text.chars();
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    };
    if words.len() < 5 || words.iter().filter(single).count() * 5 < words.len() * 4 {
        return None;
    }
    let gaps = words.windows(2).filter_map(|pair| if let [a, b] = pair { Some(b.left - a.right) } else { None });
    let usual = super::columns::median(gaps.collect());
    (usual < size).then_some(usual)
}

/// Baseline and size of most letters of a line.
fn main_baseline(words: &[Word]) -> (f64, f64) {
    let weight = |word: &Word| word.right - word.left;
    let near = |a: &Word, b: &Word| (a.base - b.base).abs() < 0.1 * a.size && (a.size - b.size).abs() < 0.1 * a.size;
    let place = |word: &Word| (word.base, word.size);
    let first = words.first().map_or((0.0, 0.0), place);
    if words.iter().all(|word| place(word) == first) {
        return first;
    }
    // Lines have few different sizes; looking at the first words bounds the work for hostile pages.
    let total = |word: &Word| words.iter().take(200).filter(|other| near(word, other)).map(weight).sum::<f64>();
    let totals = words.iter().take(40).map(|word| (total(word), word));
    totals.max_by(|a, b| a.0.total_cmp(&b.0)).map_or(first, |(_, word)| place(word))
}

const fn superscript(digit: char) -> char {
    match digit {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        other => other,
    }
}

/// The figure that a superscript figure stands for; other characters unchanged.
pub(super) fn plain_digit(raised: char) -> char {
    match raised {
        '¹' => '1',
        '²' => '2',
        '³' => '3',
        '⁰' => '0',
        '⁴'..='⁹' => char::from_u32(u32::from(raised) - 0x2070 + 0x30).unwrap_or(raised),
        other => other,
    }
}

/// Puts words together to lines, from the top down.
pub(super) fn build(words: Vec<Word>) -> Vec<Line> {
    let mut lines: Vec<Line> = groups(words).into_iter().map(Line::new).collect();
    lines.sort_by(|a, b| b.base.total_cmp(&a.base));
    lines
}

/// The words of each line, from the top down.
pub(super) fn groups<T: Borrow<Word>>(mut words: Vec<T>) -> Vec<Vec<T>> {
    words.sort_by(|a, b| {
        let (a, b) = (a.borrow(), b.borrow());
        b.base.total_cmp(&a.base).then(a.left.total_cmp(&b.left))
    });
    // A group is judged by the top, the bottom and the size of its largest word.
    let mut groups: Vec<((f64, f64, f64), Vec<T>)> = Vec::new();
    for word in words {
        let (top, bottom, size) = (word.borrow().top(), word.borrow().bottom(), word.borrow().size);
        // Only the last few lines can still be near.
        let near = groups.iter_mut().rev().take(4).find(|((main_top, main_bottom, main_size), _)| {
            let shared = top.min(*main_top) - bottom.max(*main_bottom);
            shared > OVERLAP * size.min(*main_size)
        });
        match near {
            Some((main, group)) => {
                if size > 1.05 * main.2 {
                    *main = (top, bottom, size);
                }
                group.push(word);
            }
            None => {
                let mut group = Vec::with_capacity(USUAL_WORDS);
                group.push(word);
                groups.push(((top, bottom, size), group));
            }
        }
    }
    groups.into_iter().map(|(_, group)| group).collect()
}

/// Marks the gaps between cells: clear ones, and those that stand above one another.
pub(super) fn mark_cells(lines: &mut [Line], is_marker: impl Fn(&str) -> bool) {
    let gaps: Vec<Vec<(usize, f64, f64)>> = lines.iter().map(|line| line.wide_gaps(ALIGNED_GAP)).collect();
    for (number, line) in lines.iter_mut().enumerate() {
        let from = number.saturating_sub(1);
        let around: Vec<(f64, f64)> = (from..=number + 1)
            .filter(|&other| other != number)
            .filter_map(|other| gaps.get(other))
            .flatten()
            .map(|&(_, left, right)| (left, right))
            .collect();
        for &(index, left, right) in gaps.get(number).into_iter().flatten() {
            let shared = |&(a, b): &(f64, f64)| right.min(b) - left.max(a) > line.size;
            let wide = right - left > CLEAR_GAP * line.size;
            // The gap after a list mark or an article number belongs to the paragraph.
            let head: Vec<&str> = line.words.iter().take(index).map(|(_, word)| word.text.as_str()).collect();
            let marked = head.len() <= 3 && is_marker(&head.join(" "));
            if (wide || around.iter().any(shared))
                && !marked
                && let Some((gap, _)) = line.words.get_mut(index)
            {
                *gap = Gap::Cell;
            }
        }
    }
}
