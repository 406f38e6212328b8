//! Finds glyphs printed twice at nearly the same place, which is how some producers make type bold.

use super::content::{Glyph, text_of};

/// Two equal glyphs closer than this part of their size are one glyph printed twice.
const OVERPRINT: f64 = 0.15;
/// Side of the squares (points) by which glyphs near one another are found.
const CELL: f64 = 6.0;
/// Glyphs looked at in one place, so that a page of a million glyphs on one point takes no hours.
const MAX_CHAIN: usize = 64;
/// The end of a chain.
const NONE: u32 = u32::MAX;

/// The glyphs kept of a page, found again by their place.
///
/// Squares of the page share the slots of a table; glyphs of one slot are chained. A glyph from
/// another square in the same slot does no harm, since the distance is looked at in any case.
pub(super) struct Seen<'a> {
    text: &'a str,
    kept: Vec<Glyph>,
    /// The last glyph of each slot, and for each kept glyph the one before it in its slot.
    slots: Vec<u32>,
    before: Vec<u32>,
}

impl<'a> Seen<'a> {
    /// Room for `count` glyphs with their words in `text`.
    pub(super) fn new(text: &'a str, count: usize) -> Self {
        let slots = vec![NONE; (2 * count).next_power_of_two()];
        Self { text, kept: Vec::with_capacity(count), slots, before: Vec::with_capacity(count) }
    }

    /// Keeps a glyph, or makes the one bold that it is printed over.
    pub(super) fn add(&mut self, glyph: Glyph) {
        let mut before = NONE;
        let letter = text_of(self.text, &glyph);
        if !letter.trim().is_empty() {
            if let Some(twin) = self.twin(&glyph, letter) {
                twin.bold = true;
                return;
            }
            let slot = self.slot(cell(glyph.x), cell(glyph.y));
            if self.chain(slot).count() < MAX_CHAIN
                && let (Some(last), Ok(own)) = (self.slots.get_mut(slot), u32::try_from(self.kept.len()))
            {
                before = std::mem::replace(last, own);
            }
        }
        self.kept.push(glyph);
        self.before.push(before);
    }

    /// The glyphs kept.
    pub(super) fn into_glyphs(self) -> Vec<Glyph> {
        self.kept
    }

    fn twin(&mut self, glyph: &Glyph, letter: &str) -> Option<&mut Glyph> {
        let span = (OVERPRINT * glyph.size).min(CELL);
        let (top, bottom) = (cell(glyph.y + span), cell(glyph.y - span));
        let mut found = None;
        for column in cell(glyph.x - span)..=cell(glyph.x + span) {
            for row in bottom..=top {
                found = found.or_else(|| self.find_in(self.slot(column, row), glyph, span, letter));
            }
        }
        self.kept.get_mut(found?)
    }

    /// The kept glyph of a slot that is the same letter at nearly the same place.
    fn find_in(&self, slot: usize, glyph: &Glyph, span: f64, letter: &str) -> Option<usize> {
        self.chain(slot).find(|&index| {
            self.kept.get(index).is_some_and(|other| {
                let reach = span.min(OVERPRINT * other.size);
                (glyph.x - other.x).abs() < reach && (glyph.y - other.y).abs() < reach && text_of(self.text, other) == letter
            })
        })
    }

    /// The slot of a square.
    fn slot(&self, column: i32, row: i32) -> usize {
        // Two odd factors scatter neighbours; the high bits of the product are the mixed ones.
        let mixed = (i64::from(column).wrapping_mul(0x9e37_79b9) ^ i64::from(row).wrapping_mul(0x85eb_ca6b)).cast_unsigned();
        let hash = mixed.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32;
        usize::try_from(hash).unwrap_or_default() & (self.slots.len() - 1)
    }

    /// The kept glyphs of a slot, the last first.
    fn chain(&self, slot: usize) -> impl Iterator<Item = usize> {
        let step = |index: u32| usize::try_from(index).ok().filter(|_| index != NONE);
        let first = self.slots.get(slot).copied().and_then(step);
        std::iter::successors(first, move |&index| self.before.get(index).copied().and_then(step))
    }
}

/// The number of the row or column of squares; places are far below the largest number (`MAX_COORDINATE`).
fn cell(place: f64) -> i32 {
    (place / CELL) as i32
}

#[cfg(test)]
mod tests {
    use super::Seen;
    use crate::document::pdf::content::Glyph;

    fn glyph(start: usize, x: f64, y: f64) -> Glyph {
        Glyph {
            text: (start, 1),
            x,
            y,
            advance: (5.0, 0.0),
            along: (1.0, 0.0),
            size: 10.0,
            bold: false,
            face: 0,
            invisible: false,
            artifact: false,
        }
    }

    #[test]
    fn equal_glyphs_at_one_place_are_one_bold_glyph() {
        // The third stands on the other side of the border of a square, the next two are another letter and farther away.
        let mut seen = Seen::new("aaaba  ", 7);
        for (start, x) in [(0, 5.9), (1, 6.1), (2, -0.5), (3, 6.0), (4, 9.0), (5, 50.0), (6, 50.0)] {
            seen.add(glyph(start, x, 8.0));
        }
        let kept: Vec<_> = seen.into_glyphs().iter().map(|glyph| (glyph.text.0, glyph.bold)).collect();
        assert_eq!(kept, [(0, true), (2, false), (3, false), (4, false), (5, false), (6, false)]);
    }

    #[test]
    fn a_crowd_on_one_point_costs_little() {
        let letters: String = ('a'..='z').cycle().take(20_000).collect();
        let mut seen = Seen::new(&letters, letters.len());
        (0..letters.len()).for_each(|start| seen.add(glyph(start, 100.0, 100.0)));
        assert_eq!(seen.into_glyphs().len(), 26);
    }
}
