//! Whether a text is a draft, and why.

use std::fmt;
use std::sync::LazyLock;

use regex::Regex;

use super::brackets::{Mark, inside};
use super::{PassageKind, lines, vocabulary};
use crate::structure::{Agreement, Kind};
use crate::text::{floor_boundary, pattern};

/// Something that speaks for a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Evidence {
    /// The words at its head that call it one.
    Head(String),
    /// How many passages name those who propose, oppose or reserve.
    Attributions(usize),
    /// How many passages stand in square brackets.
    Brackets(usize),
    /// How many changes are tracked in the file.
    TrackedChanges(usize),
}

impl fmt::Display for Evidence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let many = |count: usize| if count == 1 { "" } else { "s" };
        match self {
            Self::Head(words) => write!(f, "“{words}” at its head"),
            Self::Attributions(count) => write!(f, "{count} attributed proposal{} or position{}", many(*count), many(*count)),
            Self::Brackets(count) => write!(f, "{count} passage{} in square brackets", many(*count)),
            Self::TrackedChanges(count) => write!(f, "{count} tracked change{}", many(*count)),
        }
    }
}

/// Bytes at the beginning of a text in which it says what it is.
const HEAD: usize = 1500;
/// Attributed passages that make a draft by themselves.
const ATTRIBUTED: usize = 2;
/// Marks that make a draft together with one attribution or an uncertain word at its head.
const SUPPORTED: usize = 2;
/// Brackets that make a draft by themselves, where they hold a good part of the text or stand all over it.
const BRACKETS: usize = 4;
/// The part of the text that such brackets hold at least: one byte in so many.
const SHARE: usize = 100;
/// In how many provisions the brackets stand at least, and in how many where they hold little of the text.
const PROVISIONS: (usize, usize) = (2, 6);

/// Words at the head of a draft. "Without prejudice to …" is a clause.
static SURE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:\b(?i:draft)\b(?: (?i:agreement|text|chapter|treaty|protocol|convention|articles?|provisions|consolidated text|negotiating text))?|\b(?i:consolidated negotiating text|negotiating text|bracketed text|chair(?:man|person)?['’]s text|text proposal|textual proposal|non-paper|working text)\b|(?m:(?:^|[.\n] ?)[ \t]*(?i:without prejudice)[ \t]*(?:[.,;–—|/)]|$))|\b(?i:avant-projet|projet (?:d['’]accord|de (?:texte|traité|chapitre|protocole|convention|décision)|consolidé)|texte (?:de négociation|consolidé de négociation)|document de travail)\b|\b(?i:borrador|proyecto de (?:acuerdo|tratado|texto|capítulo|protocolo|convenio)|anteproyecto|texto (?:de negociación|entre corchetes|consolidado de negociación))\b|\b(?i:entre (?:crochets|corchetes))\b|\b(?i:square brackets)\b)",
    )
});
/// Words that a text in force may carry too.
static UNSURE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:consolidated (?:text|version)|ad referendum|limited distribution|restricted|texte? consolidé|texto consolidado|proposals?|proposition|propuesta|round)\b",
    )
});

/// What speaks for a draft; nothing for other texts.
pub(super) fn weigh(agreement: &Agreement, marks: &[Mark]) -> Vec<Evidence> {
    let text = agreement.document.text.as_str();
    let mut evidence = Vec::new();
    let head = head(agreement);
    let sure = SURE.find(head).map(|found| found.as_str().trim_matches(|c: char| !c.is_alphanumeric()).to_owned());
    let marked = marks.iter().filter(|mark| counts(text, mark)).count();
    let attributed = marks.iter().filter(|mark| mark.attributed).count() + lines::attributions(text);
    let unsure = UNSURE.find(head).map(|found| found.as_str().to_owned());
    let supported = marked + attributed >= SUPPORTED && (unsure.is_some() || attributed > 0) && attributed + says_missing(text, marks) > 0;
    let edits = agreement.document.edits.len();
    let by_brackets = brackets_everywhere(agreement, marks);
    if sure.is_none() && attributed < ATTRIBUTED && !supported && edits == 0 && !by_brackets {
        return evidence;
    }
    if let Some(words) = sure.or(if supported { unsure } else { None }) {
        evidence.push(Evidence::Head(words));
    }
    if attributed > 0 {
        evidence.push(Evidence::Attributions(attributed));
    }
    if marked > 0 {
        evidence.push(Evidence::Brackets(marked));
    }
    if edits > 0 {
        evidence.push(Evidence::TrackedChanges(edits));
    }
    evidence
}

/// What stands before the preamble, the contents or the first article, and not more than a page of it.
fn head(agreement: &Agreement) -> &str {
    let opens = |kind: Kind| matches!(kind, Kind::Agreement | Kind::Front | Kind::Part | Kind::Title | Kind::Chapter | Kind::Section);
    let end = agreement.provisions.iter().find(|provision| !opens(provision.kind)).map_or(HEAD, |provision| provision.span.start);
    let text = agreement.document.text.as_str();
    &text[..floor_boundary(text, end.min(HEAD))]
}

/// Whether a bracket speaks for a draft. Headings in capitals that an editor supplied and bare digits stand in treaties in force too.
fn counts(text: &str, mark: &Mark) -> bool {
    let words = inside(text, mark.span);
    let supplied = mark.kind == PassageKind::Bracketed && words.chars().any(char::is_alphabetic) && !words.chars().any(char::is_lowercase);
    mark.digits.is_none() && !supplied
}

fn says_missing(text: &str, marks: &[Mark]) -> usize {
    marks.iter().filter(|mark| mark.kind == PassageKind::Placeholder && vocabulary::says_missing(inside(text, mark.span))).count()
}

/// Whether the brackets alone make a draft: enough of them, in several provisions, with a good part of the text in them.
fn brackets_everywhere(agreement: &Agreement, marks: &[Mark]) -> bool {
    let text = agreement.document.text.as_str();
    let mut provisions = std::collections::HashSet::new();
    let (mut count, mut bytes, mut end) = (0, 0, 0);
    for mark in marks.iter().filter(|mark| counts(text, mark)) {
        let at = agreement.at(mark.span.start);
        if matches!(agreement.provisions[at].kind, Kind::Signature | Kind::Front | Kind::Contents) {
            continue;
        }
        count += 1;
        provisions.insert(at);
        bytes += mark.span.end.saturating_sub(mark.span.start.max(end));
        end = end.max(mark.span.end);
    }
    let dense = bytes * SHARE >= text.len();
    // A text that could not be cut is one provision.
    let few = if agreement.provisions.len() <= PROVISIONS.0 { 1 } else { PROVISIONS.0 };
    count >= BRACKETS && (dense && provisions.len() >= few || provisions.len() >= PROVISIONS.1)
}
