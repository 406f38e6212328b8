//! Statements that give a term its meaning: `"X" means Y`, `the term X includes Y`, `X: Y` in a list of definitions.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::super::{Agreement, Kind};
use super::scope::{List, Places};
use super::{DefinedTerm, lead, trimmed};
use crate::document::Span;
use crate::text::{ceil_boundary, floor_boundary, one_line, pattern};

/// Farthest that a term is looked for before its verb, in bytes.
const REACH: usize = 300;

/// Verbs that define, and the colon or dash of a list.
static VERB: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?ix)
          (?P<means>(?-u:\b)(?:(?:shall|will)\s+)?(?:means?(?-u:\b)|refers?\s+to(?-u:\b)|(?:have|has)\s+the\s+(?:same\s+)?meanings?(?-u:\b)|denotes?(?-u:\b)|
              (?:is|are|be)\s+(?:defined|understood)\s+(?:as|to\s+(?:mean|include))(?-u:\b)|be\s+(?:construed|deemed)\s+to\s+mean(?-u:\b)|
              signifie(?:nt)?(?-u:\b)|s['’]entend(?:ent)?(?-u:\b)|significa[nr]?(?-u:\b)|significará|se\s+refieren?\s+a(?-u:\b)|se\s+entender[áa]n?\s+(?:como|por)(?-u:\b)|se\s+entienden?\s+(?:como|por)(?-u:\b)|tendrán?\s+el\s+significado|tienen?\s+el\s+significado|designan?(?-u:\b))
            |\bdésigne(?:nt)?(?-u:\b)|on\s+entend(?-u:\b))
          |(?P<includes>(?-u:\b)(?:(?:shall|will)\s+)?(?:includes?|comprises?|covers?|comprend|comprennent|incluyen?|comprenden?)(?-u:\b))
          |(?P<colon>:\s|\s[–—-]{1,2}\s)",
    )
});
/// The verb before the term: `se entenderá por "X" …`, `on entend par « X » …`.
static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?ix)(?:se\s+(?:entender[áa]n?|entienden?)|entiéndese|on\s+entend|il\s+faut\s+entendre|s['’]entend)\s*,?\s+(?:por|par)\s*:?\s+(?:(?:el|los)\s+términos?\s+|(?:la|las)\s+expresi(?:ón|ones)\s+|les?\s+termes?\s+|l['’]expression\s+)?
             (?P<terms>["“«„][^"“”«»]{1,120}["”»](?:\s*(?:,|o|y|ou|et)\s*["“«„][^"“”«»]{1,120}["”»]){0,4})"#,
    )
});
/// What the English noun "means" stands after.
const NOUNS: &[&str] = &[
    "by",
    "any",
    "all",
    "other",
    "through",
    "such",
    "same",
    "alternative",
    "effective",
    "electronic",
    "technical",
    "appropriate",
    "the",
    "and",
    "or",
    "possible",
    "reasonable",
    "practicable",
    "its",
    "their",
    "own",
    "photonic",
    "electromagnetic",
    "available",
    "no",
    "best",
    "peaceful",
    "suitable",
    "adequate",
    "different",
    "similar",
    "financial",
    "with",
    "these",
    "those",
    "mutual",
    "automated",
    "artistic",
];

/// A statement that may define.
struct Candidate {
    /// The article (or other unit) whose list it belongs to.
    unit: usize,
    index: usize,
    start: usize,
    /// Where the defining words begin.
    from: usize,
    terms: Vec<Span>,
    sure: bool,
    colon: bool,
    includes: bool,
    /// The label of a provision stands before the term, and how deep it lies.
    labelled: Option<usize>,
    listed: bool,
    scope: Option<usize>,
}

/// The definitions by statement in all provisions.
pub(super) fn find(agreement: &Agreement, places: &Places<'_>) -> Vec<DefinedTerm> {
    let candidates: Vec<Candidate> = (0..agreement.provisions.len()).flat_map(|index| in_provision(agreement, places, index)).collect();
    let kept = agreeing(candidates);
    let mut found = Vec::new();
    for (at, candidate) in kept.iter().enumerate() {
        let next = kept.get(at + 1).map_or(usize::MAX, |next| {
            // The label before the next term belongs to it.
            next.labelled.map_or(next.start, |_| agreement.provisions[next.index].span.start)
        });
        let end = end_of(agreement, candidate).min(next);
        let definition = trimmed(agreement, Span::new(candidate.from, end.max(candidate.from)));
        if definition.is_empty() {
            continue;
        }
        let scope = places.scope(candidate.index, candidate.scope);
        for &span in &candidate.terms {
            let term = one_line(span.of(&agreement.document.text));
            found.push(DefinedTerm { term, span, definition, index: candidate.index, scope });
        }
    }
    found
}

/// The candidates in the own words of a provision: the first defining verb of each statement.
fn in_provision(agreement: &Agreement, places: &Places<'_>, index: usize) -> Vec<Candidate> {
    let provision = &agreement.provisions[index];
    let place = places.of(index);
    let mut candidates: Vec<Candidate> = Vec::new();
    if matches!(provision.kind, Kind::Contents | Kind::Front | Kind::Signature | Kind::Entry) {
        return candidates;
    }
    let text = agreement.document.text.as_str();
    let own = Span::new(provision.head_end, provision.own.end);
    let mut last = None;
    for verb in VERB.captures_iter(own.of(text)) {
        let Some(all) = verb.get(0) else { continue };
        let (colon, includes) = (verb.name("colon").is_some(), verb.name("includes").is_some());
        let at = own.start + all.start();
        if colon && place.list < List::Any {
            continue;
        }
        let Some(start) = statement(text, own.start, at) else { continue };
        if last == Some(start) || !colon && is_noun(text, start, at, own.start + all.end()) {
            continue;
        }
        let Some(read) = lead::read(text, Span::new(start, at)).or_else(|| last_line(text, start, at)) else {
            // A sentence: what follows its verb defines nothing. A colon may open the list.
            if !colon {
                last = Some(start);
            }
            continue;
        };
        last = Some(start);
        let sure = read.quoted || read.introduced && !includes || read.scope.is_some() && !includes && place.list == List::No;
        if !sure && place.list == List::No || includes && read.introduced && !read.quoted && place.list == List::No {
            continue;
        }
        if colon && !read.quoted && !fits_colon(text, read.terms[0]) {
            continue;
        }
        // The words that define stand behind the verb; of "has the meaning given in …" they are "the meaning given in …".
        let meaning = all.as_str().to_lowercase();
        let cut = ["the same meaning", "the meaning", "el significado"].iter().find_map(|words| meaning.find(words)).unwrap_or(all.len());
        let labelled = (text[own.start..start].trim().is_empty() && matches!(provision.kind, Kind::Item | Kind::Paragraph))
            .then(|| agreement.lineage(index).count());
        let behind = scope_behind(text, Span::new(at + all.len(), own.end));
        let scope = behind.as_ref().map(|(scope, _)| scope).or(read.scope.as_ref());
        candidates.push(Candidate {
            unit: agreement.article_of(index),
            index,
            start,
            from: behind.as_ref().map_or(at + cut, |(_, from)| *from),
            sure: read.quoted || read.introduced,
            colon,
            includes,
            labelled,
            listed: place.list > List::No,
            scope: scope.and_then(|found| places.target(found, index)),
            terms: read.terms,
        });
    }
    for found in BEFORE.captures_iter(own.of(text)) {
        let (Some(all), Some(terms)) = (found.get(0), found.name("terms")) else { continue };
        let start = statement(text, own.start, own.start + all.start()).unwrap_or(own.start + all.start());
        let scope = super::scope::FOR.captures(&text[start..own.start + all.start()]).and_then(|found| places.target(&found, index));
        candidates.retain(|other| other.start != start);
        candidates.push(Candidate {
            unit: agreement.article_of(index),
            index,
            start,
            from: own.start + all.end(),
            terms: lead::quoted(terms.as_str(), own.start + terms.start()),
            sure: true,
            colon: false,
            includes: false,
            labelled: None,
            listed: place.list > List::No,
            scope,
        });
    }
    candidates.sort_by_key(|candidate| candidate.start);
    candidates
}

/// "means, for the purposes of this Agreement, …": the words of scope behind the verb, and where the definition begins.
fn scope_behind(text: &str, span: Span) -> Option<(regex::Captures<'_>, usize)> {
    let words = &text[span.start..floor_boundary(text, span.end.min(span.start + REACH))];
    let rest = words.trim_start().strip_prefix(',')?.trim_start();
    let found = super::scope::FOR.captures(rest)?;
    let all = found.get(0).filter(|all| all.start() == 0)?;
    let comma = rest[all.end()..].find([',', ';', '.', ':'])? + all.end();
    let from = span.start + (words.len() - rest.len()) + comma + 1;
    rest[comma..].starts_with(',').then_some((found, from))
}

/// A list is written in one way: candidates that do not agree with those around them go.
fn agreeing(candidates: Vec<Candidate>) -> Vec<Candidate> {
    // Of each list: verbs, colons; and the depth of its first label.
    let mut styles: HashMap<usize, (usize, usize)> = HashMap::new();
    for candidate in candidates.iter().filter(|candidate| !candidate.includes) {
        let style = styles.entry(candidate.unit).or_default();
        if candidate.colon { style.1 += 1 } else { style.0 += 1 }
    }
    let mut levels: HashMap<usize, usize> = HashMap::new();
    let mut kept: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        let (verbs, colons) = styles.get(&candidate.unit).copied().unwrap_or_default();
        if candidate.colon && colons <= verbs {
            continue;
        }
        // What a colon defined goes on up to the next term: its words define no other.
        if !candidate.colon
            && colons > verbs
            && !candidate.sure
            && kept.last().is_some_and(|last| last.colon && last.unit == candidate.unit && candidate.start <= last.from + 2)
        {
            continue;
        }
        // A definition in the lead text has no depth: its siblings may have.
        if let Some(depth) = candidate.labelled
            && depth > *levels.entry(candidate.unit).or_insert(depth)
            && !candidate.sure
        {
            continue;
        }
        kept.push(candidate);
    }
    kept
}

/// Where the definition ends at the latest.
fn end_of(agreement: &Agreement, candidate: &Candidate) -> usize {
    let provision = &agreement.provisions[candidate.index];
    if candidate.labelled.is_some() && candidate.listed {
        return provision.span.end;
    }
    if candidate.listed && provision.kind != Kind::Footnote {
        // Unlabelled terms follow one another across the items of the definition before.
        let holder = agreement
            .lineage(candidate.index)
            .find(|&at| !matches!(agreement.provisions[at].kind, Kind::Item | Kind::Continuation))
            .unwrap_or(candidate.index);
        // A group or an annex without articles holds its own words only.
        let holder = &agreement.provisions[holder];
        return if holder.kind.is_group() { holder.own.end } else { holder.span.end };
    }
    let own = Span::new(candidate.from, provision.own.end);
    sentence_end(own.of(&agreement.document.text)).map_or(provision.span.end.max(own.end), |at| own.start + at)
}

/// The end of the first sentence, in bytes; `None` where a list follows.
fn sentence_end(words: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = words[from..].find(['.', '\n']).map(|at| from + at) {
        let rest = &words[at + 1..];
        let after = rest.trim_start_matches([' ', '"', '”', '»', '\t']);
        if words.as_bytes()[at] == b'\n' {
            // A blank line ends the paragraph, unless a list follows.
            if after.starts_with('\n') && words[..at].trim_end().ends_with(['.', ';']) {
                return Some(at);
            }
        } else {
            let before = words[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
            let short = before.len() <= 2 && before.chars().all(char::is_alphabetic) || matches!(before, "Art" | "para" | "núm" | "Nos");
            let opens = after.trim_start().is_empty()
                || after.trim_start().starts_with(|c: char| c.is_uppercase() || c == '(' || c.is_ascii_digit());
            if !short && rest.starts_with(|c: char| c.is_whitespace() || matches!(c, '"' | '”' | '»')) | rest.is_empty() && opens {
                return Some(at);
            }
        }
        from = at + 1;
    }
    None
}

/// Where the statement that holds `at` begins; `None` where it begins too far away.
fn statement(text: &str, from: usize, at: usize) -> Option<usize> {
    let limit = ceil_boundary(text, from.max(at.saturating_sub(REACH)));
    let words = text.get(limit..at)?;
    let bytes = words.as_bytes();
    for back in (0..bytes.len()).rev() {
        let space = bytes.get(back + 1).is_none_or(u8::is_ascii_whitespace);
        let boundary = match bytes[back] {
            b';' | b':' => space,
            b'.' => {
                let before = words[..back].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
                space && before.len() > 1 && !matches!(before, "No" | "Art" | "Nos" | "art")
            }
            b'\n' => words[..back].trim_end_matches([' ', '\t', '\r']).ends_with('\n'),
            _ => false,
        };
        // "X: means Y": the colon stands before the verb.
        let bare = bytes[back] == b':' && words[back + 1..].trim().is_empty();
        if boundary && !bare {
            let rest = &words[back + 1..];
            return Some(limit + back + 1 + (rest.len() - rest.trim_start().len()));
        }
    }
    let opening = words.len() - words.trim_start().len();
    if limit == from {
        return Some(from + opening);
    }
    // Without a boundary near, a line may begin it.
    words.rfind('\n').map(|line| limit + line + 1)
}

/// A statement whose beginning is lost in the words before it: its last line may be the term.
fn last_line(text: &str, start: usize, at: usize) -> Option<lead::Lead<'_>> {
    let line = start + text[start..at].rfind('\n')? + 1;
    let before = text[start..line].trim_end();
    // A line that ends in the middle of a phrase goes on in this one.
    let last = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let opens = !before.ends_with(',') && last.len() > 3 && text[line..at].trim().len() > 2;
    if !opens {
        return None;
    }
    lead::read(text, Span::new(line, at))
}

/// "by means of", "this means that", "electronic means": no verb, or none that defines.
fn is_noun(text: &str, start: usize, at: usize, end: usize) -> bool {
    let verb = text[at..end].trim().to_lowercase();
    if !verb.ends_with("means") && !verb.ends_with("mean") {
        return false;
    }
    let after = text[end..].trim_start();
    let follows = |word: &str| after.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphabetic));
    let before = text[start..at].trim_end();
    let last = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default().to_lowercase();
    follows("of") || NOUNS.contains(&last.as_str()) || before.is_empty() || follows("that") && !before.ends_with(['"', '”', '’', '\'', '»'])
}

/// The term of a list with colons: short, and no words that lead into a list.
fn fits_colon(text: &str, term: Span) -> bool {
    const LONGEST: usize = 12;
    const LEADING: [&str; 10] = ["following", "siguiente", "siguientes", "suivant", "suivants", "por", "par", "as", "como", "that"];
    let words = term.of(text);
    let last = words.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    words.split_whitespace().count() <= LONGEST && !LEADING.contains(&last.as_str())
}
