//! Marks of a draft that stand without brackets: `EU proposal:`, `Option A`, `(Proposed by Norland)`, `Negotiator's note: …`,
//! `Article 5 alt`, `____`.

use std::sync::LazyLock;

use regex::Regex;

use super::attribution::{self, Lead, Stance};
use super::{Passage, PassageKind, PassageStatus, vocabulary};
use crate::document::Span;
use crate::structure::{Agreement, Kind};
use crate::text::{floor_boundary, pattern};

/// Bytes of a line that are looked at: a mark stands at its beginning.
const LINE: usize = 300;
/// Longest blank in the words of a provision, in bytes; longer ones, and those of annexes, are the lines of a form.
const BLANK: usize = 12;
/// Most words of a line that is a mark and nothing else.
const ALONE_WORDS: usize = 12;

/// `(Proposed by Norland)`, `(proposition de l'Union)`.
static PARENTHESES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\((?i:(?:text |alternative )?proposed by|proposal (?:by|of|from)|proposition d|proposée? par|propuesta d|propuest[oa] por)[^()\n]{2,120}\)|\([^()\n]{2,80} (?:[Pp]roposal|[Pp]ropose[sd]?)\)",
    )
});
static UNDERSCORES: LazyLock<Regex> = LazyLock::new(|| pattern(r"_{3,}"));
static ALTERNATIVE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\[?(?i:alternat(?:ive|iva)|option|opción|opcion|variante?|alt\.?)[ \u{a0}]*(?:(?i:no\.?|n[º°]) ?)?(?:\d{1,2}|[A-Z]|[IVX]{1,4})?\]?[ \u{a0}]*(?:[:.–—]|$)",
    )
});
static ALTERNATIVE_NUMBER: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?i)[ \d]alt(?:ernat(?:ive|iva))?\b"));

/// A mark at the beginning of a line.
struct LineMark {
    start: usize,
    /// Where the mark itself ends.
    end: usize,
    /// Where its line ends.
    line_end: usize,
    kind: PassageKind,
    status: PassageStatus,
    by: Vec<String>,
    against: Vec<String>,
}

/// How many lines name with a verb and a colon who proposes or opposes; before anyone knows whether the text is a draft.
pub(super) fn attributions(text: &str) -> usize {
    lines(text).filter(|&(_, line)| attributed(line).is_some()).count()
        + PARENTHESES.find_iter(text).filter(|found| in_parentheses(found.as_str()).is_some()).count()
}

/// Every line with its place, without the white space and the label before its first word.
fn lines(text: &str) -> impl Iterator<Item = (Span, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').map(move |line| {
        let start = at;
        at += line.len();
        let words = line.trim_start_matches(|c: char| c.is_whitespace() || "*_#>".contains(c));
        let begin = start + (line.len() - words.len());
        let words = words.trim_end();
        (Span::new(begin, begin + words.len()), &words[..floor_boundary(words, LINE)])
    })
}

/// `EU proposal:`, `Norland proposes:`, alone or before words.
fn attributed(line: &str) -> Option<Lead> {
    let line = unlabelled(line);
    if !line.starts_with(char::is_uppercase) {
        return None;
    }
    let lead = attribution::lead(line, |_| false).filter(|lead| lead.explicit)?;
    let remarks = lead.stances.iter().any(|(stance, _)| *stance == Stance::Remarks);
    // "EU proposal for paragraph 2:"
    let rest = &line[lead.length..];
    let ends = lead.colon || !remarks && rest.trim().is_empty() || rest.ends_with(':') && rest.split_whitespace().count() <= ALONE_WORDS;
    ends.then_some(lead)
}

/// The line behind a label such as `2.` or `(a)`.
pub(super) fn unlabelled(line: &str) -> &str {
    let label = line.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"().".contains(b)).count();
    let (label, rest) = line.split_at(label);
    let is_label = label.len() <= 6 && label.ends_with(['.', ')']) && rest.starts_with([' ', '\t']);
    if is_label { rest.trim_start() } else { line }
}

fn in_parentheses(words: &str) -> Option<Lead> {
    let inside = words.trim_matches(['(', ')']);
    attribution::lead(inside, |_| false).filter(|lead| lead.explicit && inside.len() - lead.length <= LINE / 10)
}

/// The marks of a draft that need no brackets. `brackets` are those that have them, in the order of their start.
pub(super) fn find(agreement: &Agreement, brackets: &[Passage]) -> Vec<Passage> {
    let text = agreement.document.text.as_str();
    let held = |span: Span| {
        let before = brackets.partition_point(|passage| passage.span.start <= span.start);
        brackets[..before].last().is_some_and(|passage| span.start < passage.span.end && passage.span.start >= span.start.saturating_sub(1))
    };
    let marks: Vec<LineMark> =
        lines(text).filter_map(|(span, line)| line_mark(span, line)).filter(|mark| !held(Span::new(mark.start, mark.end))).collect();
    let mut found = Vec::new();
    for (index, mark) in marks.iter().enumerate() {
        let end = if mark.kind == PassageKind::Position { mark.line_end } else { reach(agreement, mark, marks.get(index + 1)) };
        found.push(passage(Span::new(mark.start, end), mark.kind, mark.status, mark.by.clone(), mark.against.clone()));
    }
    for words in PARENTHESES.find_iter(text) {
        let Some(lead) = in_parentheses(words.as_str()) else { continue };
        let (by, against) = names(&lead);
        let at = agreement.at(words.start());
        let span = trimmed(text, agreement.provisions[at].span);
        found.push(passage(span, PassageKind::Proposal, PassageStatus::Proposed, by, against));
    }
    for provision in &agreement.provisions {
        let numbered = provision.number.as_deref().is_some_and(|number| ALTERNATIVE_NUMBER.is_match(number));
        let span = trimmed(text, provision.span);
        if numbered && !held(span) {
            found.push(passage(span, PassageKind::Alternative, PassageStatus::Open, Vec::new(), Vec::new()));
        }
    }
    for blank in UNDERSCORES.find_iter(text) {
        let at = agreement.at(blank.start());
        let span = Span::new(blank.start(), blank.end());
        let form = agreement.lineage(at).any(|at| {
            let kind = agreement.provisions[at].kind;
            kind.is_instrument() || matches!(kind, Kind::Signature | Kind::Front)
        });
        if span.len() <= BLANK && (!form || agreement.provisions[agreement.article_of(at)].kind == Kind::Article) {
            found.push(passage(span, PassageKind::Placeholder, PassageStatus::Open, Vec::new(), Vec::new()));
        }
    }
    found
}

fn line_mark(span: Span, line: &str) -> Option<LineMark> {
    let mark = |start: usize, length: usize, kind, status, (by, against)| LineMark {
        start,
        end: start + length,
        line_end: span.end,
        kind,
        status,
        by,
        against,
    };
    let words = unlabelled(line);
    let start = span.start + (line.len() - words.len());
    if vocabulary::is_note(line) {
        let lead = line.split_once([':', '–', '—']).and_then(|(_, rest)| attribution::lead(rest.trim_start(), |_| false));
        let status = vocabulary::status_of(line).unwrap_or(PassageStatus::Open);
        return Some(mark(span.start, line.len(), PassageKind::Position, status, lead.map(|lead| names(&lead)).unwrap_or_default()));
    }
    if let Some(lead) = attributed(line) {
        let proposes = lead.stances.iter().any(|(stance, _)| matches!(stance, Stance::Proposes | Stance::Alternative));
        let kind = if !proposes {
            PassageKind::Position
        } else if lead.stances.iter().any(|(stance, _)| *stance == Stance::Alternative) {
            PassageKind::Alternative
        } else {
            PassageKind::Proposal
        };
        let status = if proposes { PassageStatus::Proposed } else { vocabulary::status_of(words).unwrap_or(PassageStatus::Open) };
        return Some(mark(start, lead.length, kind, status, names(&lead)));
    }
    if let Some(found) = ALTERNATIVE.find(words) {
        let rest = words[found.end()..].trim_start();
        let lead = attribution::lead(rest, |_| false).filter(|lead| lead.colon || lead.explicit);
        let status = if lead.is_some() { PassageStatus::Proposed } else { PassageStatus::Open };
        let length = found.end() + lead.as_ref().map_or(0, |lead| words.len() - found.end() - rest.len() + lead.length);
        return Some(mark(start, length, PassageKind::Alternative, status, lead.map(|lead| names(&lead)).unwrap_or_default()));
    }
    // "Norland reserves its position on this Article."
    let lead = attribution::lead(words, |_| false).filter(|lead| lead.explicit && words.starts_with(char::is_uppercase))?;
    let status = vocabulary::status_of(words)?;
    Some(mark(start, words.len(), PassageKind::Position, status, names(&lead)))
}

/// Where the words end that a mark at a line start stands for: with the next such mark, and no later than the provision in
/// which it stands, or the article where it stands alone on its line.
fn reach(agreement: &Agreement, mark: &LineMark, next: Option<&LineMark>) -> usize {
    let at = agreement.at(mark.start);
    let alone = mark.end >= mark.line_end;
    let around = if alone { agreement.article_of(at) } else { at };
    let end = agreement.provisions[around].span.end;
    let end = next.filter(|next| next.start < end).map_or(end, |next| next.start);
    trimmed(&agreement.document.text, Span::new(mark.start, end)).end
}

fn trimmed(text: &str, span: Span) -> Span {
    let words = span.of(text);
    Span::new(span.start + (words.len() - words.trim_start().len()), span.start + words.trim_end().len())
}

fn names(lead: &Lead) -> (Vec<String>, Vec<String>) {
    let (mut by, mut against) = (Vec::new(), Vec::new());
    for (stance, names) in &lead.stances {
        match stance {
            Stance::Opposes => against.extend(names.iter().cloned()),
            Stance::Supports if lead.stances.len() > 1 => {}
            _ => by.extend(names.iter().cloned()),
        }
    }
    (by, against)
}

fn passage(span: Span, kind: PassageKind, status: PassageStatus, by: Vec<String>, against: Vec<String>) -> Passage {
    Passage { span, kind, status, in_brackets: false, by, against, around: None, provision: 0, whole: Vec::new() }
}
