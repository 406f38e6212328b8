//! Pairs the square brackets of a text, leaves out those that are no mark of a draft, and says what each of the others is.

use std::collections::{HashMap, HashSet, VecDeque};

use super::attribution::{self, Lead, Stance};
use super::{Passage, PassageKind, PassageStatus, vocabulary};
use crate::document::Span;

/// Most brackets that are open at one time: of more, which a damaged text has, the oldest are given up.
const MAX_OPEN: usize = 4096;
/// Most bytes between a bracket and its end: a chapter may stand in brackets; of more, one end was lost.
const MAX_BYTES: usize = 200_000;

/// Most bytes of the name of a field of a schedule (`Level of government`).
const MAX_FIELD: usize = 40;

/// A bracket that may mark a draft.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub span: Span,
    pub kind: PassageKind,
    pub status: PassageStatus,
    pub by: Vec<String>,
    pub against: Vec<String>,
    /// Whether it says with a verb who proposes or opposes, or names a delegation before a colon.
    pub attributed: bool,
    /// Bare digits, which a mark of a footnote looks like.
    pub digits: Option<u32>,
}

impl Mark {
    pub(super) fn passage(&self) -> Passage {
        Passage {
            span: self.span,
            kind: self.kind,
            status: self.status,
            in_brackets: true,
            by: self.by.clone(),
            against: self.against.clone(),
            around: None,
            provision: 0,
            whole: Vec::new(),
        }
    }
}

/// The marks in the order of their start.
pub(super) fn find(text: &str) -> Vec<Mark> {
    let spans = pairs(text);
    let known = named(text, &spans);
    let mut marks: Vec<Mark> = spans.iter().filter(|span| !is_none(text, **span)).map(|&span| read(text, span, &known)).collect();
    if counts_up(&marks) {
        marks.retain(|mark| mark.digits.is_none());
    }
    marks
}

/// Every bracket with its end, in the order of their start.
fn pairs(text: &str) -> Vec<Span> {
    let mut open: VecDeque<usize> = VecDeque::new();
    let mut spans = Vec::new();
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'[' => {
                if open.len() == MAX_OPEN {
                    open.pop_front();
                }
                open.push_back(at);
            }
            b']' => {
                if let Some(start) = open.pop_back()
                    && at - start < MAX_BYTES
                {
                    spans.push(Span::new(start, at + 1));
                }
            }
            _ => {}
        }
    }
    spans.sort_unstable();
    outer(spans)
}

/// The brackets without those that stand too deep in others.
fn outer(spans: Vec<Span>) -> Vec<Span> {
    let mut open: Vec<usize> = Vec::new();
    spans
        .into_iter()
        .filter(|span| {
            while open.last().is_some_and(|&end| end <= span.start) {
                open.pop();
            }
            let kept = open.len() < super::MAX_NESTING;
            if kept {
                open.push(span.end);
            }
            kept
        })
        .collect()
}

/// The words between the brackets.
pub(super) fn inside(text: &str, span: Span) -> &str {
    text.get(span.start + 1..span.end.saturating_sub(1)).unwrap_or_default()
}

/// The names that stand with a verb in some bracket: only they are delegations before a mere colon.
fn named(text: &str, spans: &[Span]) -> HashSet<String> {
    let leads = spans.iter().filter_map(|&span| attribution::lead(inside(text, span).trim_start(), |_| false));
    leads.flat_map(|lead| lead.stances).flat_map(|(_, names)| names).collect()
}

/// Whether a bracket is no mark of a draft in any text: a link, a formula, part of a word, an editor's note.
fn is_none(text: &str, span: Span) -> bool {
    let words = inside(text, span);
    let before = text[..span.start].chars().next_back();
    let after = &text[span.end..];
    let next = after.chars().next();
    let link =
        after.starts_with('(') && ["http", "#", "/", "www.", "mailto:", "./", "../"].iter().any(|start| after[1..].starts_with(start));
    let glued = before.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric) && !words.contains(' ');
    let year = words.len() == 4
        && words.bytes().all(|b| b.is_ascii_digit())
        && after.trim_start().starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    link || glued || year || is_formula(text, span, words) || vocabulary::is_no_mark(words)
}

/// `= [(VT - VMN) / VT] * 100`.
fn is_formula(text: &str, span: Span, words: &str) -> bool {
    let operator = |c: char| matches!(c, '=' | '+' | '*' | '/' | '×' | '÷' | '∑' | '<' | '>');
    let from = text[..span.start].trim_end().chars().next_back().is_some_and(|c| operator(c) && c != '/');
    let to = text[span.end..].trim_start_matches(' ').starts_with(|c| operator(c) && c != '/');
    let letters = words.split_whitespace().filter(|word| word.len() > 3 && word.chars().all(char::is_lowercase)).count();
    let sums = words.len() <= 200 && words.contains(|c: char| operator(c) && c != '/' && c != '<' && c != '>') && letters == 0;
    (from || to) && words.contains([' ', '(', '-', '/']) || sums && words.contains(['(', ')'])
}

/// Reads what a bracket is and who speaks in it.
fn read(text: &str, span: Span, known: &HashSet<String>) -> Mark {
    // "[2. EU: …]": the label of an item may stand before the name.
    let words = super::lines::unlabelled(inside(text, span).trim());
    let mut mark = Mark {
        span,
        kind: PassageKind::Bracketed,
        status: PassageStatus::Open,
        by: Vec::new(),
        against: Vec::new(),
        attributed: false,
        digits: None,
    };
    if !words.is_empty() && words.len() <= 3 && words.bytes().all(|b| b.is_ascii_digit()) {
        mark.digits = words.parse().ok();
    }
    if vocabulary::is_placeholder(words) {
        mark.kind = PassageKind::Placeholder;
        return mark;
    }
    if vocabulary::is_note(words) {
        mark.kind = PassageKind::Position;
        mark.status = vocabulary::status_of(words).unwrap_or(PassageStatus::Open);
        if let Some(lead) =
            words.split_once([':', '–', '—']).and_then(|(_, rest)| attribution::lead(rest.trim_start(), |name| known.contains(name)))
        {
            take(&mut mark, &lead);
        }
        return mark;
    }
    let known = |name: &str| known.contains(name);
    let lead = attribution::lead(words, known);
    // "[Description: EU: …]": a field of a schedule stands before the name.
    let field = words
        .split_once(": ")
        .filter(|(field, _)| lead.is_none() && field.len() <= MAX_FIELD && !field.contains('['))
        .map(|(_, rest)| rest);
    let in_field = field.and_then(|rest| Some((rest, attribution::lead(rest, known).filter(|lead| lead.colon)?)));
    if let Some(lead) = &lead {
        attribute(&mut mark, words, lead);
    } else if let Some((rest, lead)) = in_field {
        attribute(&mut mark, rest, &lead);
    } else if vocabulary::is_alternative(words) {
        mark.kind = PassageKind::Alternative;
        // "[Alt 1 – EU: …]" names its author too.
        let rest =
            words.trim_start_matches(|c: char| c.is_alphanumeric() || " .".contains(c)).trim_start_matches([' ', ':', '–', '—', '-', '(']);
        if let Some(lead) = attribution::lead(rest, known) {
            take(&mut mark, &lead);
            mark.status = PassageStatus::Proposed;
        }
    } else if vocabulary::is_remark_without_party(words) {
        mark.kind = PassageKind::Position;
        mark.status = vocabulary::status_of(words).unwrap_or(PassageStatus::Open);
    }
    if mark.kind != PassageKind::Position
        && let Some(end) = attribution::tail(words).filter(|end| lead.as_ref().is_none_or(|lead| lead.length < words.len() - end.length))
    {
        let (proposing, kind) = (mark.by.clone(), mark.kind);
        take(&mut mark, &end);
        if !proposing.is_empty() {
            mark.by = proposing;
        }
        mark.kind = kind;
    }
    mark
}

/// What an attribution at the beginning of a bracket makes of it.
fn attribute(mark: &mut Mark, words: &str, lead: &Lead) {
    take(mark, lead);
    let rest = &words[lead.length..];
    let proposes = lead.stances.iter().any(|(stance, _)| matches!(stance, Stance::Proposes | Stance::Alternative));
    if !proposes || !lead.explicit && vocabulary::is_remark(rest) {
        mark.kind = PassageKind::Position;
        mark.status = vocabulary::status_of(words).unwrap_or(PassageStatus::Open);
        if lead.stances.iter().any(|(stance, _)| *stance == Stance::Reserves) {
            mark.status = PassageStatus::Reserved;
        } else if lead.stances.iter().any(|(stance, _)| *stance == Stance::Considers) {
            mark.status = PassageStatus::ToBeConfirmed;
        }
        // "[WI: oppose]"
        if !lead.explicit && rest.trim_start().to_lowercase().starts_with("oppos") {
            mark.against.append(&mut mark.by);
        }
        return;
    }
    let alternative = lead.stances.iter().any(|(stance, _)| *stance == Stance::Alternative);
    mark.kind = if alternative || vocabulary::is_alternative(rest) { PassageKind::Alternative } else { PassageKind::Proposal };
    mark.status = PassageStatus::Proposed;
}

/// Takes the names of an attribution: who opposes, and who proposes or speaks.
fn take(mark: &mut Mark, lead: &Lead) {
    mark.attributed = true;
    for (stance, names) in &lead.stances {
        let list = match stance {
            Stance::Opposes => &mut mark.against,
            // Who supports a proposal of others is not its author; alone in a bracket the support is the position itself.
            Stance::Supports | Stance::Considers | Stance::Reserves | Stance::Remarks if lead.stances.len() > 1 => continue,
            _ => &mut mark.by,
        };
        for name in names {
            if !list.contains(name) {
                list.push(name.clone());
            }
        }
    }
}

/// Whether bare digits in brackets count up from one, as marks of footnotes do.
fn counts_up(marks: &[Mark]) -> bool {
    /// Fewer are values that nobody agreed on.
    const FEW: usize = 2;
    let mut last = 0;
    let mut seen = 0;
    for digits in marks.iter().filter_map(|mark| mark.digits) {
        if digits > last + 1 {
            return false;
        }
        last = last.max(digits);
        seen += 1;
    }
    seen > FEW
}

/// Most bytes between passages that stand side by side.
const MAX_GAP: usize = 12;
/// Most bytes of wordings that a line break may part: a word or two, where the line was full.
const SHORT: usize = 40;

/// What stands side by side: wordings to choose from, and positions on what stands before them.
pub(super) fn relate(text: &str, passages: &mut [Passage]) {
    // For each passage around: the last one directly in it that is no position, and where that and its positions end.
    let mut last: HashMap<Option<usize>, (usize, usize)> = HashMap::new();
    for index in 0..passages.len() {
        let (around, span) = (passages[index].around, passages[index].span);
        let before = last.insert(around, (index, span.end));
        let Some((before, end)) = before.filter(|&(_, end)| end <= span.start && span.start - end <= MAX_GAP) else { continue };
        let gap = Span::new(end, span.start).of(text);
        let joint = gap.trim().to_lowercase();
        let breaks = gap.matches('\n').count();
        if passages[index].kind == PassageKind::Position {
            if joint.is_empty() && breaks <= 1 {
                speak(passages, before, index);
                last.insert(around, (before, span.end));
            }
        } else if end == passages[before].span.end
            && is_wording(&passages[before])
            && is_wording(&passages[index])
            && !goes_on(text, span)
            && match joint.as_str() {
                "" | "/" => breaks == 0 || breaks == 1 && is_short(text, passages[before].span) && is_short(text, span),
                "or" | "ou" | "o" | "and/or" | "et/ou" | "y/o" => true,
                _ => false,
            }
        {
            passages[before].kind = PassageKind::Alternative;
            passages[index].kind = PassageKind::Alternative;
        }
    }
}

/// Whether a passage is words in brackets that may be one of several wordings.
fn is_wording(passage: &Passage) -> bool {
    passage.in_brackets && matches!(passage.kind, PassageKind::Bracketed | PassageKind::Alternative | PassageKind::Proposal)
}

/// Whether a bracket adds to the words before it instead of standing in their place: `[, as amended]`, `[or to services]`.
fn goes_on(text: &str, span: Span) -> bool {
    let words = inside(text, span).trim_start();
    let joins = ["and ", "or ", "et ", "ou ", "y ", "o "].iter().any(|joint| words.starts_with(joint));
    words.starts_with([',', ';']) || joins
}

/// Whether a bracket holds a few words in the middle of a sentence.
fn is_short(text: &str, span: Span) -> bool {
    span.len() <= SHORT && inside(text, span).starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
}

/// Brings a position to the passage that it is about.
fn speak(passages: &mut [Passage], about: usize, position: usize) {
    let (against, status) = (passages[position].against.clone(), passages[position].status);
    let passage = &mut passages[about];
    for name in against {
        if !passage.against.contains(&name) {
            passage.against.push(name);
        }
    }
    // A reservation weighs more than a delegation that is still looking, and a gap is a gap.
    let settled = passage.kind == PassageKind::Placeholder || passage.status == PassageStatus::Reserved || !passage.against.is_empty();
    if status == PassageStatus::Reserved || status == PassageStatus::ToBeConfirmed && !settled {
        passage.status = status;
    }
}
