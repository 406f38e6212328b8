//! The one party that a clause protects: "For Canada,", "adoption by New Zealand of measures", "the EU Party reserves".

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::document::Span;
use crate::rules::{Family, family};
use crate::scan::Finding;
use crate::structure::{Agreement, Kind};
use crate::text::{floor_boundary, one_line, pattern};

/// A name: words with a capital, joined by "of", "and" and the like.
const NAME: &str = r"(?P<name>\p{Lu}[\p{L}’'-]+(?:[ -](?:of |and |de |du |des |la |the |y )?\p{Lu}[\p{L}’'-]+){0,3})";

/// Forms that no other word with a capital stands in.
static SURE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?:(?:adoption by|adoptées? par|adopción por parte de|granted by|accordées? par|[Aa]s regards)\s+(?:the )?{NAME}(?:\s+of\b|\s+de\b|\s+in\b|,))|(?:[Ff]or (?:the )?(?P<alone>\p{{Lu}}[\p{{L}}’'-]+(?:[ -](?:of |and |de |du )?\p{{Lu}}[\p{{L}}’'-]+){{0,3}}),)"
    ))
});

/// Forms in which other words with a capital may stand: the name must be one of the opening of the agreement, or end in "Party".
static KNOWN: LazyLock<[Regex; 2]> = LazyLock::new(|| {
    [
        pattern(&format!(
            r"(?:[Ii]n the case of|[Ww]ith respect to|[Ww]ith regard to|[Ii]n respect of|[Mm]easures of|(?:adopted|maintained|taken|imposed) by|[Pp]our|[Ee]n ce qui concerne|[Ss]['’]agissant d[eu]|[Dd]ans le cas d[eu]|(?:adoptées|maintenues|prises) par|[Pp]ara|[Ee]n el caso de|[Rr]especto de|[Ee]n lo que respecta a|[Pp]or lo que se refiere a|(?:adoptadas|mantenidas) por)\s+(?:the |le |la |les |l['’]|el |los |las )?{NAME}"
        )),
        pattern(&format!(
            r"{NAME}(?: may (?:adopt|maintain|grant|restrict|prohibit)| reserves the right| se réserve le droit| se reserva el derecho| shall not be (?:required|obliged|bound)| is not (?:required|obliged|bound)| is exempt| est exempté| peut (?:adopter|maintenir)| podrá (?:adoptar|mantener)| no estará obligad)"
        )),
    ]
});

/// "Schedule of Norland", "Liste du Norland": whose reservations an annex holds.
static SCHEDULE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r"(?i:schedule|list|reservations|commitments|liste|réserves|engagements|lista|reservas|compromisos)\s+(?i:of|for|by|de|du|des)\s+(?i:the |la |le |les |l['’]|los |las |el )?{NAME}"
    ))
});

/// Words with a capital that name no party.
const COMMON: [&str; 23] = [
    "Each",
    "The",
    "Chapters",
    "Chapter",
    "Articles",
    "Article",
    "Party",
    "Parties",
    "Either",
    "Neither",
    "Member",
    "Section",
    "Title",
    "Purposes",
    "Part",
    "Contracting",
    "No",
    "Any",
    "Nothing",
    "Annex",
    "Greater",
    "Certainty",
    "Avoidance",
];

/// The party that a finding protects, where its words, or the heading of the schedule that holds it, name one only. `words` are
/// those that decide the reach. Only clauses that protect are looked at.
pub(super) fn party_of(agreement: &Agreement, finding: &Finding, words: &str) -> Option<String> {
    if family(finding.code) != Some(Family::Exceptions) || finding.code.starts_with("adverse.") {
        return None;
    }
    let common = |name: &str| COMMON.iter().any(|word| name.split(' ').next() == Some(*word));
    let sure = SURE.captures(words).and_then(named).filter(|name| !common(name));
    let known = || {
        let names = KNOWN.iter().flat_map(|form| form.captures_iter(words)).filter_map(named);
        let mut names: Vec<String> = names.map(|name| without_article(&name)).filter(|name| !common(name)).collect();
        names.retain(|name| is_known(agreement, name));
        names.sort();
        names.dedup();
        // Two parties that are named one after the other are not one.
        if names.len() == 1 { names.pop() } else { None }
    };
    sure.or_else(known).or_else(|| if finding.code == "reserve.schedule" { party_of_schedule(agreement, finding.index) } else { None })
}

fn named(captures: Captures<'_>) -> Option<String> {
    captures.name("name").or_else(|| captures.name("alone")).map(|name| name.as_str().trim_end_matches(',').to_owned())
}

/// "The EU Party" at the beginning of a sentence is "EU Party".
fn without_article(name: &str) -> String {
    let articles = ["The ", "Le ", "La ", "Les ", "El ", "Los ", "Las "];
    articles.iter().find_map(|article| name.strip_prefix(article)).unwrap_or(name).to_owned()
}

/// Whether a name is one of the opening of the agreement (title, preamble, what stands before its first article) or "the EU Party".
fn is_known(agreement: &Agreement, name: &str) -> bool {
    /// Bytes of the opening that are looked at.
    const OPENING: usize = 12_000;
    if let Some(short) = ["Party", "Partie", "Parte"].iter().find_map(|word| name.strip_suffix(word)) {
        return !short.trim().is_empty();
    }
    let first = agreement.provisions.iter().find(|provision| provision.kind == Kind::Article).map_or(OPENING, |article| article.span.start);
    let text = agreement.document.text.as_str();
    let opening = Span::new(0, floor_boundary(text, first.min(OPENING))).of(text);
    let title = agreement.title.as_deref().unwrap_or_default();
    let name = one_line(name).to_lowercase();
    [title, opening].into_iter().any(|words| holds_word(&one_line(words).to_lowercase(), &name))
}

/// Whether `name` stands in `words`, not as a part of another word.
fn holds_word(words: &str, name: &str) -> bool {
    words.match_indices(name).any(|(at, _)| {
        let outside = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        outside(words[..at].chars().next_back()) && outside(words[at + name.len()..].chars().next())
    })
}

/// The party whose schedule a provision stands in.
fn party_of_schedule(agreement: &Agreement, index: usize) -> Option<String> {
    agreement.lineage(index).filter(|&at| agreement.provisions[at].kind.is_instrument()).find_map(|at| {
        let provision = &agreement.provisions[at];
        let heading = one_line(provision.heading.as_deref().unwrap_or_default());
        let name = SCHEDULE.captures(&heading).and_then(named)?;
        is_known(agreement, &name).then_some(name)
    })
}
