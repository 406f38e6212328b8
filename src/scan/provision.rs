//! A provision as rules see it: its own words behind those of its chapeaux, and its heading.

use std::cell::OnceCell;
use std::ops::Range;

use super::Scanner;
use super::fold::Folded;
use super::verify::Reading;

/// The words of a provision.
pub(super) struct ReadProvision<'f> {
    folded: &'f Folded,
    /// The words of the chapeaux and of the provision.
    pub reading: Reading<'f>,
    /// How many of them are those of the chapeaux.
    pub lead: usize,
    heading_words: Range<usize>,
    /// Read when a rule asks for it: few do.
    heading: OnceCell<Reading<'f>>,
}

impl<'f> ReadProvision<'f> {
    /// Reads a provision behind these chapeaux, outermost first.
    pub fn new(scanner: &Scanner<'f>, index: usize, chapeaux: &[usize]) -> Self {
        let body = &scanner.bodies[index];
        let mut tokens: Vec<u32> = Vec::new();
        for &at in chapeaux {
            tokens.extend(Folded::indexes(scanner.lead_of(at)));
        }
        let lead = tokens.len();
        tokens.extend(Folded::indexes(body.words.clone()));
        Self {
            folded: scanner.folded,
            reading: Reading::new(scanner.folded, tokens),
            lead,
            heading_words: body.heading.clone(),
            heading: OnceCell::new(),
        }
    }

    /// The words of its heading.
    pub fn heading(&self) -> &Reading<'f> {
        self.heading.get_or_init(|| Reading::new(self.folded, Folded::indexes(self.heading_words.clone()).collect()))
    }

    /// Where a rule looks, and how many of the words there belong to chapeaux.
    pub fn place(&self, in_heading: bool) -> (&Reading<'f>, usize) {
        if in_heading { (self.heading(), 0) } else { (&self.reading, self.lead) }
    }
}
