//! Footnotes: finds them at the foot of a column and tells them apart.

use super::columns::{Block, Part, median};
use super::geometry::Rect;
use super::lines::Line;
use super::marks;
use super::paragraphs::Paragraph;

/// Type smaller than that of the text by this factor can be a footnote's.
const SMALLER: f64 = 0.94;
/// Lines that the footnotes of a column take at most.
const MAX_NOTE_LINES: usize = 150;
/// The longest rule above footnotes, as a part of the width of the column.
const NOTE_RULE: f64 = 0.7;

/// A footnote with its mark.
#[derive(Debug)]
pub(super) struct Note {
    pub(super) mark: Option<String>,
    pub(super) paragraph: Paragraph,
}

/// The size of most words of a page.
pub(super) fn usual_size(blocks: &[Block]) -> f64 {
    let sizes = blocks.iter().flat_map(|block| &block.parts).flat_map(|part| match part {
        Part::Line(line) => vec![line.size; line.words.len()],
        Part::Table(table) => table.rows.iter().flatten().flat_map(|cell| &cell.words).map(|word| word.size).collect(),
    });
    median(sizes.collect())
}

/// Takes the footnotes from the foot of a block.
pub(super) fn take(block: &mut Block, rules: &[Rect], usual: f64, overall: f64) -> Vec<Note> {
    let Some(start) = notes_start(block, rules, usual, overall) else { return Vec::new() };
    let tail = block.parts.split_off(start);
    let mut notes: Vec<Note> = Vec::new();
    let mut last: Option<u32> = None;
    for part in tail {
        let Part::Line(line) = part else { continue };
        let mark = line.words.first().and_then(|(_, word)| marks::note_mark(&word.text));
        // A plain number begins a note only where it counts on from the one before.
        let mark = mark.filter(|(text, raised)| {
            let number = text.parse::<u32>().ok();
            *raised || last.is_none_or(|last| number == last.checked_add(1))
        });
        match (mark, notes.last_mut()) {
            (None, Some(note)) => note.paragraph.push(line),
            (mark, _) => {
                let mark = mark.map(|(text, _)| text);
                last = mark.as_ref().and_then(|text| text.parse().ok()).or(last);
                notes.push(Note { mark, paragraph: Paragraph::of_line(line) });
            }
        }
    }
    notes
}

/// The number of the part with which the footnotes of a block begin.
///
/// They are the last lines. What speaks for them is a raised mark, type smaller than that
/// of the page, and a short rule above; a numbered paragraph under a heading has none of these.
fn notes_start(block: &Block, rules: &[Rect], usual: f64, overall: f64) -> Option<usize> {
    let line_at = |index: usize| block.parts.get(index).and_then(|part| if let Part::Line(line) = part { Some(line) } else { None });
    let end = block.parts.len();
    let foot = line_at(end.checked_sub(1)?)?.size;
    let small = foot < SMALLER * usual;
    let is_note_size = |line: &Line| (line.size - foot).abs() < 0.05 * foot || small && line.size < SMALLER * usual;
    let mark = |line: &Line| line.words.first().and_then(|(_, word)| marks::note_mark(&word.text));
    // A raised mark right under a rule is enough, whatever the size of the type below it.
    let below_rule = (0..end)
        .rev()
        .take(MAX_NOTE_LINES)
        .map_while(|index| line_at(index).filter(|line| line.size < 1.03 * usual).map(|line| (index, line)));
    let marked = below_rule.filter(|(_, line)| mark(line).is_some_and(|(_, raised)| raised));
    let ruled = |index: usize, line: &Line| is_ruled_off(block, line, index.checked_sub(1).and_then(line_at), rules, false);
    if let Some((index, _)) = marked.into_iter().find(|(index, line)| ruled(*index, line)) {
        return Some(index);
    }
    let mut start = end;
    while let Some(index) = start.checked_sub(1).filter(|index| end - index <= MAX_NOTE_LINES) {
        let Some(line) = line_at(index).filter(|line| !line.is_row() && is_note_size(line)) else { break };
        let above = index.checked_sub(1).and_then(line_at);
        let raised = mark(line).is_some_and(|(_, raised)| raised);
        // A page may be mostly notes: under a rule, the size of the whole document counts too.
        if is_ruled_off(block, line, above, rules, small) && (small || raised || foot < SMALLER * overall) {
            return Some(index);
        }
        start = index;
    }
    let above = start.checked_sub(1).and_then(line_at);
    let (_, raised) = mark(line_at(start)?)?;
    let smaller = above.is_some_and(|above| foot < SMALLER * above.size);
    (small || raised && smaller).then_some(start).filter(|start| *start > 0)
}

/// Whether a rule at the left stands close above a line, and not as an underline of the line before.
/// It is short, or as wide as the column above notes that go on from the page before (`small`).
fn is_ruled_off(block: &Block, line: &Line, above: Option<&Line>, rules: &[Rect], small: bool) -> bool {
    let ceiling = above.map_or(f64::INFINITY, |above| above.base - 0.4 * above.size).min(line.base + 4.0 * line.size);
    let widest = if small { 1.1 } else { NOTE_RULE } * (block.right - block.left);
    rules.iter().any(|rule| {
        let fits = rule.height() < 3.0 && rule.width() > 2.0 * line.size && rule.width() < widest;
        let at_left = (rule.left - block.left).abs() < 2.0 * line.size;
        fits && at_left && line.base + 0.5 * line.size < rule.bottom && rule.bottom < ceiling
    })
}
