//! Which provisions stand outside dispute settlement: "Chapter 20 shall not apply to this Article", "No Party may have recourse to
//! dispute settlement for any matter arising under this Chapter", and the scope article of the chapter on disputes.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::named::{Role, roles};
use crate::document::Span;
use crate::scan::Themes;
use crate::structure::{Agreement, Kind, Reference, Target};
use crate::text::{one_line, pattern};

/// What a provision takes out of dispute settlement.
pub(super) struct Outside {
    /// The provision that says so.
    at: usize,
    /// What it takes out.
    nodes: Vec<usize>,
    /// What it leaves in ("except paragraph 2").
    but: Vec<usize>,
}

/// The names of dispute settlement.
static NAMES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)dispute[s]? settlement|settlement of disputes|dispute resolution|resolution of disputes|règlement des (?:différends|litiges)|soluci[oó]n de (?:controversias|diferencias)",
    )
});
/// "… shall not apply to X".
static NOT_TO: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bnot (?:apply|be applicable|be applied|extend|be available|be invoked)\b|\bnot applicable\b|\bne s['’]appliqu\w+|\bn['’]est pas applicable|\bne (?:sont|seront) pas applicables|\bno (?:se )?(?:aplica\w*|ser[aá]n? aplicables?)|\bno (?:es|son) aplicables?",
    )
});
/// "X is not subject to …".
static NOT_SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bnot(?: be)? subject to\b|\b(?:excluded|exempt|exempted) from\b|\boutside the scope of\b|\bnot be (?:the subject of|covered by)\b|\b(?:ne |n['’])(?:est|sont|sera|seront|peut|peuvent) (?:pas|être) (?:soumis|assujetti|l['’]objet)\w*|\bexclu\w* du\b|\bno (?:est[aá]\w*|ser[aá]\w*|podrá\w* ser) (?:sujet|sometid|objeto)\w*|\bexcluid\w+ de\b",
    )
});
/// "No Party may have recourse to … for X".
static NO_RECOURSE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:no|neither)(?: contracting)? part(?:y|ies) (?:shall|may|can)\b|\bpart(?:y|ies) (?:shall|may) not (?:have recourse|resort|invoke|request)\b|\bnot have recourse\b|\baucune (?:des )?parties? (?:ne |n['’])|\bparties? (?:ne peu\w+ (?:pas )?(?:recourir|avoir recours)|n['’](?:a|ont) pas recours)|\bninguna (?:de las )?partes? (?:podr\w+|puede|recurr\w+)|\bpartes? no (?:podr\w+ )?(?:recurr|acud|invoc)\w+",
    )
});
/// "… any matter arising under".
static MATTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:matters?|disputes?|questions?|issues?|affaires?|asuntos?|cuesti[oó]n|cuestiones|litiges?)\s+(?:that |which |qui |que )?(?:may )?(?:aris\w+|cover\w+|concern\w+|relat\w+|under|découl\w+|relevant|survenant|derivad\w+|deriv\w+|surg\w+|surj\w+|relativ\w+|referred)",
    )
});
/// What makes it a step before dispute settlement, a rule on single cases, or one on the claims of investors alone.
static ONLY_THEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\bunless\b|\buntil\b|\bwithout first\b|\bonly (?:if|after|where)\b|\bif:|\bà moins que\b|\bavant d|\ba menos que\b|\bhasta que\b|\bsin antes\b|\bdecisions? (?:by|of|made)\b|\bdécisions? d|\bdecisi[oó]n(?:es)? de\b|\bexisting measures\b|\bfor a period\b|nullifi|non-violation|not inconsistent|\binvest(?:or|isseur)|\binvers(?:or|ionista)",
    )
});
/// The chapter on disputes speaking of itself.
static ITSELF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:this|présent|présente|este|esta|presente) (?:chapter|section|title|part|protocol|annex|chapitre|titre|partie|capítulo|sección|título|protocolo)\b",
    )
});

/// All provisions that take something out of dispute settlement. `disputes` is the theme of chapters on disputes.
pub(super) fn outside(agreement: &Agreement, references: &[Reference], themes: &Themes, disputes: Option<usize>) -> Vec<Outside> {
    let is_on_disputes = |node: usize| disputes.is_some_and(|theme| themes.of(node).has(theme));
    let mut found = Vec::new();
    for at in candidates(agreement, &is_on_disputes) {
        let provision = &agreement.provisions[at];
        let lead = lead_of(agreement, at);
        for sentence in sentences(agreement.document.text.as_str(), Span::new(provision.head_end, provision.own.end)) {
            let own = sentence.of(&agreement.document.text);
            let words = format!("{lead}{own}");
            // Where in the document what is taken out may stand.
            let Some(part) = part_of(&words, is_on_disputes(at)) else { continue };
            let into = |offset: usize| sentence.start + offset.saturating_sub(lead.len()).min(own.len());
            let place = Span::new(into(part.start), into(part.end));
            let (mut nodes, mut but) = (Vec::new(), Vec::new());
            for (reference, role) in roles(agreement, references, &[sentence]) {
                let targets = reference.targets.iter().filter_map(|target| match target {
                    Target::Provision(node) => Some(*node),
                    _ => None,
                });
                match role {
                    Role::Excepted => but.extend(targets),
                    _ if reference.span.start >= place.start && reference.span.start < place.end => {
                        nodes.extend(targets.filter(|&node| node != 0 && !is_on_disputes(node)));
                    }
                    _ => {}
                }
            }
            if !nodes.is_empty() {
                found.push(Outside { at, nodes, but });
            }
        }
    }
    found
}

/// The citation of the provision that takes `index` out of dispute settlement.
pub(super) fn citation_for(agreement: &Agreement, outside: &[Outside], index: usize) -> Option<String> {
    let holds = |nodes: &[usize]| agreement.lineage(index).any(|at| nodes.contains(&at));
    outside.iter().find(|one| holds(&one.nodes) && !holds(&one.but)).map(|one| agreement.provisions[one.at].citation.clone())
}

/// The provisions whose own words name dispute settlement, what hangs on their chapeaux, and the first articles on disputes.
fn candidates(agreement: &Agreement, is_on_disputes: &impl Fn(usize) -> bool) -> BTreeSet<usize> {
    /// Articles of a chapter on disputes in which its scope stands.
    const SCOPE: usize = 4;
    let provisions = &agreement.provisions;
    let text = agreement.document.text.as_str();
    let scanned = |at: usize| !matches!(provisions[at].kind, Kind::Front | Kind::Contents | Kind::Signature | Kind::Agreement);
    let mut found: BTreeSet<usize> = BTreeSet::new();
    for hit in NAMES.find_iter(text) {
        let at = agreement.at(hit.start());
        if scanned(at) && hit.start() >= provisions[at].head_end {
            found.insert(at);
        }
    }
    let (mut group, mut articles) = (0, 0);
    for (at, provision) in provisions.iter().enumerate() {
        if provision.kind.is_group() {
            (group, articles) = (at, 0);
        } else if provision.kind == Kind::Article {
            articles += 1;
        }
        let open = provision.parent.is_some_and(|parent| {
            found.contains(&parent) && Span::new(provisions[parent].head_end, provisions[parent].own.end).of(text).trim_end().ends_with(':')
        });
        if open || group > 0 && articles <= SCOPE && is_on_disputes(group) && scanned(at) {
            found.insert(at);
        }
    }
    found
}

/// The last words of the chapeau that an item goes on from.
fn lead_of(agreement: &Agreement, at: usize) -> String {
    let Some(parent) = agreement.provisions[at].parent else { return String::new() };
    let text = agreement.document.text.as_str();
    let provision = &agreement.provisions[parent];
    let words = Span::new(provision.head_end, provision.own.end);
    if agreement.provisions[at].kind != Kind::Item || !words.of(text).trim_end().ends_with(':') {
        return String::new();
    }
    sentences(text, words).last().map_or_else(String::new, |last| format!("{} ", one_line(last.of(text))))
}

/// The part of a sentence in which what it takes out of dispute settlement is named; `None` where it takes nothing out.
fn part_of(words: &str, on_disputes: bool) -> Option<Span> {
    if ONLY_THEN.is_match(words) {
        return None;
    }
    let names = |part: &str| NAMES.is_match(part) || on_disputes && ITSELF.is_match(part);
    if let Some(verb) = NO_RECOURSE.find(words).filter(|verb| NAMES.is_match(&words[verb.start()..])) {
        let from = MATTER.find_iter(&words[verb.end()..]).last().map_or(verb.end(), |matter| verb.end() + matter.start());
        return Some(Span::new(from, words.len()));
    }
    if let Some(verb) = NOT_SUBJECT.find(words).filter(|verb| names(&words[verb.end()..])) {
        return Some(Span::new(0, verb.start()));
    }
    let verb = NOT_TO.find(words).filter(|verb| names(&words[..verb.start()]))?;
    Some(Span::new(verb.end(), words.len()))
}

/// The sentences of a span: up to a full stop or semicolon before a word with a capital.
fn sentences(text: &str, span: Span) -> Vec<Span> {
    let words = span.of(text);
    let mut found = Vec::new();
    let mut start = span.start;
    for (at, mark) in words.char_indices().filter(|(_, c)| matches!(c, '.' | ';')) {
        let rest = &words[at + mark.len_utf8()..];
        let next = rest.trim_start();
        let before = words[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        // "Art. 5", "9.1" and "No. 3" end nothing.
        if rest.len() > next.len() && next.starts_with(char::is_uppercase) && before.chars().count() > 3 {
            let end = span.start + at + mark.len_utf8();
            found.push(Span::new(start, end));
            start = end;
        }
    }
    if start < span.end {
        found.push(Span::new(start, span.end));
    }
    found
}
