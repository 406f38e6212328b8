//! The conditions under which a clause holds, by its own words ("provided that …", "in accordance with its laws").

use std::ops::Range;

use serde::Serialize;

use super::fold::{Folded, STOP};
use super::verify::Reading;
use super::{Found, Scanner};
use crate::document::Span;
use crate::structure::Kind;

/// A condition in the words of a clause. It is shown beside the clause and changes no verdict (codebook, "conditions aside").
///
/// # Example
/// ```
/// use clausula::{document, rules::Rulebook, scan, structure::Agreement};
/// let text = b"Article 1\nFilms\nA Party may restrict the export of national treasures of artistic value, provided that it notifies the other Party.\n";
/// let agreement = Agreement::new(document::read(text)?);
/// let scan = scan::scan(&agreement, &Rulebook::embedded().expect("checked rules"));
/// let ids: Vec<&str> = scan.findings[0].conditions.iter().map(|condition| condition.id.as_str()).collect();
/// assert_eq!(ids, ["provided-that", "notification"]);
/// # Ok::<(), clausula::document::ReadError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Condition {
    /// Its name in `rules/conditions.toml`.
    pub id: String,
    /// The words that state it: `text[span]`.
    pub quote: String,
    /// Their place in the normalised text, in bytes.
    pub span: Span,
}

/// Words behind the matched ones that are shown with them, inside the sentence: "provided that" alone says nothing.
const SHOWN_BEHIND: usize = 18;
/// Words of a long provision around a clause that are searched.
const NEAR: usize = 300;

impl Scanner<'_> {
    /// The conditions in the sentence of a match, in the sentence behind it, in the chapeaux before it and in the words that go on
    /// after its list; each once, in the order of `rules/conditions.toml`.
    pub(super) fn conditions(&self, found: &Found, limits: &Range<usize>) -> Vec<Condition> {
        // Of a clause on a committee or a dialogue, consultations are the subject and no condition.
        if self.rulebook.rules[self.rulebook.matchers[found.matcher].rule].code.starts_with("gov.") {
            return Vec::new();
        }
        let named = self.rulebook.conditions.iter().zip(&self.rulebook.compiled.conditions);
        let mut tokens: Vec<u32> = Vec::new();
        for at in self.chapeaux(found.index) {
            tokens.extend(Folded::indexes(self.lead_of(at)));
        }
        tokens.extend(Folded::indexes(self.sentence_and_next(&found.own, limits)));
        if let Some(tail) = self.tail_of(found.index) {
            tokens.extend(Folded::indexes(tail));
        }
        let reading = Reading::new(self.folded, tokens);
        named
            .filter(|(_, phrases)| !phrases.unless.iter().any(|phrase| reading.holds(phrase)))
            .filter_map(|(condition, phrases)| {
                let (start, end) = phrases.say.iter().filter_map(|phrase| reading.matches(phrase).next()).min()?;
                let span = self.source(&self.shown(&reading, start, end)?);
                let quote = span.of(&self.agreement.document.text).to_owned();
                Some(Condition { id: condition.id.clone(), quote, span })
            })
            .collect()
    }

    /// From the beginning of the sentence of a match to the end of the next sentence.
    fn sentence_and_next(&self, own: &Range<usize>, limits: &Range<usize>) -> Range<usize> {
        let is_stop = |at: &usize| self.folded.word(*at) == STOP;
        let first = limits.start.max(own.start.saturating_sub(NEAR));
        let last = limits.end.min(own.end + NEAR);
        let start = (first..own.start).rev().find(is_stop).map_or(first, |stop| stop + 1);
        let end = (own.end..last).filter(is_stop).nth(1).unwrap_or(last);
        start..end.max(start)
    }

    /// What follows the list in which an item stands, and goes on with its sentence.
    fn tail_of(&self, index: usize) -> Option<Range<usize>> {
        let provisions = &self.agreement.provisions;
        let own = &provisions[index];
        if own.kind != Kind::Item {
            return None;
        }
        let beside =
            (index + 1..provisions.len()).take_while(|&at| provisions[at].span.start < provisions[own.parent.unwrap_or(0)].span.end);
        let tail = beside.filter(|&at| provisions[at].parent == own.parent).find(|&at| {
            let unnumbered = provisions[at].number.is_none() && matches!(provisions[at].kind, Kind::Paragraph | Kind::Continuation);
            provisions[at].kind == Kind::Continuation || unnumbered
        })?;
        let words = self.bodies[tail].words.clone();
        Some(words.start..words.end.min(words.start + NEAR))
    }

    /// The tokens that are shown for a match: up to where the text is interrupted, with what follows in the sentence.
    fn shown(&self, reading: &Reading<'_>, start: usize, end: usize) -> Option<Range<usize>> {
        let tokens = reading.tokens();
        let first = *tokens.get(start)? as usize;
        let mut last = first;
        for &token in tokens.get(start + 1..(end + SHOWN_BEHIND).min(tokens.len()))? {
            let token = token as usize;
            if token != last + 1 || self.folded.word(token) == STOP {
                break;
            }
            last = token;
        }
        Some(first..last + 1)
    }
}
