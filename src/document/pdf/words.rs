//! From the glyphs of a page to words, each with its place and its rectangle.
//!
//! Glyphs are taken in the order of the content stream; what belongs on one line is decided later.
//! Text of other directions than most of the page (watermarks, sideways notes) is kept apart.

use super::content::{Glyph, RawPage, text_of};
use super::geometry::{Frame, Rect};
use super::overprint::Seen;

/// A gap wider than this part of the font size divides words.
pub(super) const WORD_GAP: f64 = 0.14;
/// A step back wider than this part of the font size begins another word.
pub(super) const BACK_STEP: f64 = 0.5;
/// A baseline that differs by more than this part of the font size begins another word.
const BASELINE: f64 = 0.12;
/// The height of a word above and below its baseline, as parts of its size.
const ASCENT: f64 = 0.75;
const DESCENT: f64 = 0.22;
/// Bytes for which a word gets room at once; an allocation takes as much in any case.
const USUAL_LENGTH: usize = 24;
/// Invisible text counts only where the visible text is at most this part of it.
const HARDLY_VISIBLE: f64 = 0.15;

/// A word in the coordinates of its frame.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    /// Height of the baseline.
    pub(super) base: f64,
    pub(super) size: f64,
    pub(super) bold: bool,
    /// The font of its first letter.
    pub(super) face: u64,
    pub(super) artifact: bool,
    /// Whether the content has a space after it.
    pub(super) spaced: bool,
    /// Its rectangle on the page: left, bottom, right, top.
    pub(super) rect: [f32; 4],
}

impl Word {
    pub(super) fn top(&self) -> f64 {
        self.base + ASCENT * self.size
    }

    pub(super) fn bottom(&self) -> f64 {
        self.base - DESCENT * self.size
    }
}

/// The words of a page.
#[derive(Debug, Default)]
pub(super) struct PageWords {
    /// Words of the direction of most of the page, in the order of the content.
    pub(super) main: Vec<Word>,
    /// Words of each other right-angled direction.
    pub(super) turned: Vec<Vec<Word>>,
    /// Words that run at a slant: watermarks.
    pub(super) slanted: Vec<Word>,
    /// Ruled lines in the frame of the main words.
    pub(super) rules: Vec<Rect>,
    /// The page in the frame of the main words.
    pub(super) bounds: Option<Rect>,
}

/// The directions that text is sorted into: four right angles, or aslant.
fn quarter(along: (f64, f64)) -> Option<usize> {
    const NEARLY: f64 = 0.998;
    let (x, y) = along;
    [x, y, -x, -y].iter().position(|&cosine| cosine > NEARLY)
}

fn frame(quarter: usize) -> Frame {
    match quarter {
        0 => Frame::UPRIGHT,
        1 => Frame { cos: 0.0, sin: 1.0 },
        2 => Frame { cos: -1.0, sin: 0.0 },
        _ => Frame { cos: 0.0, sin: -1.0 },
    }
}

/// Puts the glyphs of a page together to words.
pub(super) fn build(page: &RawPage) -> PageWords {
    let glyphs = readable_glyphs(page);
    let mut groups: [Vec<Glyph>; 4] = Default::default();
    let mut slanted = Vec::new();
    let first = glyphs.first().and_then(|glyph| quarter(glyph.along));
    let group = first.filter(|_| glyphs.iter().all(|glyph| quarter(glyph.along) == first)).and_then(|index| groups.get_mut(index));
    if let Some(group) = group {
        *group = glyphs;
    } else {
        for glyph in glyphs {
            match quarter(glyph.along).and_then(|index| groups.get_mut(index)) {
                Some(group) => group.push(glyph),
                None => slanted.push(glyph),
            }
        }
    }
    let main = (0..4).rev().max_by_key(|&index| groups.get(index).map_or(0, Vec::len)).unwrap_or_default();
    let mut out = PageWords::default();
    for (index, group) in groups.iter().enumerate() {
        let words = collect(&page.text, group, frame(index));
        if index == main {
            out.main = words;
        } else if !words.is_empty() {
            out.turned.push(words);
        }
    }
    let main_frame = frame(main);
    out.rules = page.rules.iter().map(|&rule| main_frame.rect(rule)).collect();
    out.bounds = page.bounds.map(|bounds| main_frame.rect(bounds));
    let mut rest = slanted.as_slice();
    while let Some(first) = rest.first() {
        let same = |glyph: &Glyph| (glyph.along.0 - first.along.0).hypot(glyph.along.1 - first.along.1) < 0.01;
        let length = rest.iter().take_while(|glyph| same(glyph)).count();
        let (run, after) = rest.split_at(length.max(1));
        out.slanted.extend(collect(&page.text, run, Frame { cos: first.along.0, sin: first.along.1 }));
        rest = after;
    }
    out
}

/// The glyphs to read: without double printing, and without the invisible text of a page that has
/// visible text, so that words do not come twice.
fn readable_glyphs(page: &RawPage) -> Vec<Glyph> {
    let count = |invisible: bool| {
        let shown = page.glyphs.iter().filter(|glyph| glyph.invisible == invisible);
        shown.filter(|glyph| !text_of(&page.text, glyph).trim().is_empty()).count()
    };
    let hidden = page.glyphs.iter().any(|glyph| glyph.invisible);
    let use_hidden = hidden && (count(false) as f64) <= HARDLY_VISIBLE * (count(true) as f64);
    let mut seen = Seen::new(&page.text, page.glyphs.len());
    page.glyphs.iter().filter(|glyph| use_hidden || !glyph.invisible).for_each(|glyph| seen.add(*glyph));
    seen.into_glyphs()
}

fn collect(text: &str, glyphs: &[Glyph], frame: Frame) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open: Option<Word> = None;
    for glyph in glyphs {
        let piece = text_of(text, glyph);
        let trimmed = piece.trim();
        if trimmed.is_empty() {
            words.extend(open.take().map(|word| Word { spaced: true, ..word }));
            continue;
        }
        let (left, base) = frame.of(glyph.x, glyph.y);
        let (width, _) = frame.of(glyph.advance.0, glyph.advance.1);
        // A font without widths must not make words of no extent.
        let right = left + width.max(0.05 * glyph.size);
        if let Some(word) = &mut open {
            let size = word.size.max(glyph.size);
            let gap = left - word.right;
            let same_line = (base - word.base).abs() < BASELINE * size && (word.size - glyph.size).abs() < 0.2 * size;
            if same_line && gap < WORD_GAP * size && gap > -BACK_STEP * size {
                word.text.push_str(trimmed);
                word.right = word.right.max(right);
                word.bold &= glyph.bold;
                word.artifact &= glyph.artifact;
            } else {
                words.extend(open.take());
            }
        }
        if open.is_none() {
            let (size, bold, artifact) = (glyph.size, glyph.bold, glyph.artifact);
            let mut text = String::with_capacity(USUAL_LENGTH);
            text.push_str(trimmed);
            open = Some(Word { text, left, right, base, size, bold, face: glyph.face, artifact, spaced: false, rect: [0.0; 4] });
        }
        if piece.ends_with(' ') {
            words.extend(open.take().map(|word| Word { spaced: true, ..word }));
        }
    }
    words.extend(open);
    for word in &mut words {
        let Rect { left, bottom, right, top } =
            frame.rect_back(Rect { left: word.left, bottom: word.bottom(), right: word.right, top: word.top() });
        word.rect = [left, bottom, right, top].map(|side| side as f32);
    }
    words.shrink_to_fit();
    words
}

impl PageWords {
    /// Whether the page holds no text.
    pub(super) fn is_empty(&self) -> bool {
        self.main.is_empty() && self.turned.is_empty() && self.slanted.is_empty()
    }
}
