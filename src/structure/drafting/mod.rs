//! The marks of a negotiating draft: square brackets, alternatives, attributed proposals, positions, placeholders.
//!
//! [`Agreement::drafting`] first weighs whether the text is a draft at all — a treaty in force has brackets too: notes of an
//! editor, marks of footnotes, formulas, blanks of a form — and then gives every marked passage with those who propose or
//! oppose it and the provisions that it covers. `brackets` pairs the brackets and says which are none, `attribution` reads
//! who says what of the words (with nom), `vocabulary` knows placeholders and notes, `lines` finds marks without brackets.

mod attribution;
mod brackets;
mod cover;
mod evidence;
mod lines;
mod vocabulary;

use serde::Serialize;

use super::number::heading_number;
use super::{Agreement, Kind};
use crate::document::Span;

pub use evidence::Evidence;

/// What a marked passage of a draft is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PassageKind {
    /// Words in square brackets that nobody is named for: `[gradual]`.
    Bracketed,
    /// One of several wordings: `[shall] [should]`, `Option A`, `[Alt 1: …]`, `Article 5 alt`.
    Alternative,
    /// Words that a delegation proposes: `[EU: …]`, `Norland's proposal:`, `(Proposed by Norland)`.
    Proposal,
    /// What a delegation or the drafters say of the text, not text of the agreement: `[HL oppose]`, `Negotiator's note: …`.
    Position,
    /// A gap that is still to be filled: `[…]`, `[TBD]`, `[date]`, `____`.
    Placeholder,
}

impl PassageKind {
    /// The name of the kind in the outputs (`proposal`).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Bracketed => "bracketed",
            Self::Alternative => "alternative",
            Self::Proposal => "proposal",
            Self::Position => "position",
            Self::Placeholder => "placeholder",
        }
    }
}

/// How far a passage is from being agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PassageStatus {
    /// Nothing is said of it.
    Open,
    /// A delegation proposes it.
    Proposed,
    /// A delegation has reserved its position on it.
    Reserved,
    /// A delegation still looks at it, or it waits for another question: "to be considered in capital", "can accept if …".
    ToBeConfirmed,
}

impl PassageStatus {
    /// The name of the status in the outputs (`to-be-confirmed`).
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Proposed => "proposed",
            Self::Reserved => "reserved",
            Self::ToBeConfirmed => "to-be-confirmed",
        }
    }
}

/// A marked passage of a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// Its words with their brackets or their mark, in bytes of the text.
    pub span: Span,
    /// What it is.
    pub kind: PassageKind,
    /// How far it is from being agreed.
    pub status: PassageStatus,
    /// Whether its words stand in square brackets; marks such as `EU proposal:` need none.
    pub in_brackets: bool,
    /// Who proposes it, or whose position it is, as the draft names them.
    pub by: Vec<String>,
    /// Who opposes it.
    pub against: Vec<String>,
    /// Index in [`Drafting::passages`] of the passage around it.
    pub around: Option<usize>,
    /// Index in [`Agreement::provisions`] of the innermost provision in which it begins.
    pub provision: usize,
    /// The outermost provisions whose words it covers to the last: an article or item wholly in brackets.
    pub whole: Vec<usize>,
}

/// What is marked in a draft, and why the text is taken for one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drafting {
    /// What speaks for a draft; empty for a text that is none.
    pub evidence: Vec<Evidence>,
    /// The passages in the order of their start, each behind those around it; empty for a text that is no draft.
    pub passages: Vec<Passage>,
}

impl Drafting {
    /// Whether the text is a draft.
    #[must_use]
    pub const fn is_draft(&self) -> bool {
        !self.evidence.is_empty()
    }

    /// The passages that hold all words of `span` (bytes), the tightest first.
    pub fn holding(&self, span: Span) -> impl Iterator<Item = &Passage> {
        let last = self.passages.partition_point(|passage| passage.span.start <= span.start).checked_sub(1);
        std::iter::successors(last, |&at| self.passages[at].around)
            .map(|at| &self.passages[at])
            .filter(move |passage| span.end <= passage.span.end)
    }
}

/// Most bytes of a number with its word.
const OLD_NUMBER: usize = 32;
/// How deep passages are followed into one another.
const MAX_NESTING: usize = 64;

impl Agreement {
    /// The marks of a negotiating draft, and why the text is taken for one.
    ///
    /// # Example
    /// ```
    /// use clausula::{document, structure::{Agreement, PassageKind}};
    /// let text = b"DRAFT AGREEMENT\n\nArticle 5\nCulture\n1. The Parties shall meet.\n2. [EU propose: Films are free.] [MX oppose]\n";
    /// let agreement = Agreement::new(document::read(text)?);
    /// let drafting = agreement.drafting();
    /// let proposal = drafting.passages.iter().find(|passage| passage.kind == PassageKind::Proposal).expect("one");
    /// assert_eq!((proposal.by.join(", ").as_str(), proposal.against.join(", ").as_str()), ("EU", "MX"));
    /// assert_eq!(agreement.provisions[proposal.whole[0]].citation, "Art. 5(2)");
    /// # Ok::<(), document::ReadError>(())
    /// ```
    #[must_use]
    pub fn drafting(&self) -> Drafting {
        let text = self.document.text.as_str();
        let mut marks = brackets::find(text);
        marks.retain(|mark| !self.is_old_number(mark.span));
        let evidence = evidence::weigh(self, &marks);
        if evidence.is_empty() {
            return Drafting::default();
        }
        let mut passages: Vec<Passage> = marks.iter().map(|mark| mark.passage()).collect();
        passages.extend(lines::find(self, &passages));
        let mut passages = nest(passages);
        brackets::relate(text, &mut passages);
        cover::place(self, &mut passages);
        Drafting { evidence, passages }
    }
}

impl Agreement {
    /// Whether a bracket holds the number that a unit had before it was renumbered: `Article 7 [8]`, `[Article 7] Article 8`.
    fn is_old_number(&self, span: Span) -> bool {
        let text = self.document.text.as_str();
        let inside = brackets::inside(text, span).trim();
        if inside.len() > OLD_NUMBER {
            return false;
        }
        let provision = &self.provisions[self.at(span.start)];
        let Some(number) = provision.number.as_deref().filter(|_| provision.kind == Kind::Article) else { return false };
        let before = Span::new(provision.span.start, span.start).of(text);
        let is_number = |words: &str| heading_number(words).is_some_and(|(_, length)| length == words.len());
        let behind = before.len() <= OLD_NUMBER && !before.contains('\n') && before.contains(number);
        let (word, old) = inside.split_once(' ').unwrap_or_default();
        behind && is_number(inside.strip_prefix("ex ").unwrap_or(inside))
            || before.is_empty() && is_number(old) && text[span.end..].trim_start_matches(' ').starts_with(word)
    }
}

/// Sorts the passages, cuts marks without brackets short where a bracket runs over their end, and finds what stands in what.
fn nest(mut passages: Vec<Passage>) -> Vec<Passage> {
    passages.sort_by_key(|passage| (passage.span.start, std::cmp::Reverse(passage.span.end)));
    let mut nested: Vec<Passage> = Vec::with_capacity(passages.len());
    let mut open: Vec<usize> = Vec::new();
    for mut passage in passages {
        while let Some(&outer) = open.last() {
            let around = nested[outer].span;
            if around.end <= passage.span.start {
                open.pop();
            } else if around.end < passage.span.end {
                // Two brackets never cross; a mark without brackets has no end of its own and gives way.
                if passage.in_brackets {
                    nested[outer].span.end = passage.span.start;
                    open.pop();
                } else {
                    passage.span.end = around.end;
                    break;
                }
            } else {
                break;
            }
        }
        if open.len() >= MAX_NESTING || passage.span.is_empty() {
            continue;
        }
        passage.around = open.last().copied();
        open.push(nested.len());
        nested.push(passage);
    }
    nested
}

#[cfg(test)]
mod tests;
