//! How far a phrase comes in a text, and at which of its elements it breaks off.

use super::Scanner;
use super::fold::STOP;
use super::verify::Reading;
use crate::document::Language;
use crate::rules::describe;
use crate::rules::elements::{alternatives, elements};
use crate::rules::lint::speed::common_literal;
use crate::rules::phrase::Node;
use crate::rules::vocabulary::Vocabulary;
use crate::rules::written::Written;
use crate::text::one_line;

/// What a phrase misses.
pub(super) struct Miss {
    /// The share of its telling elements that stand here, below 1.
    pub nearness: f64,
    /// Where it breaks off, in words.
    pub because: String,
}

/// The words that a phrase is looked for in.
pub(super) struct Context<'c, 'a> {
    pub scanner: &'c Scanner<'a>,
    pub reading: &'c Reading<'c>,
    pub written: &'c Written<'c>,
    pub vocabulary: &'c Vocabulary,
    pub language: Language,
}

impl Context<'_, '_> {
    /// The matches of a part of a phrase.
    fn matches(&self, nodes: &[Node]) -> Vec<(usize, usize)> {
        self.reading.matches(&self.scanner.rulebook.compiled.lexicon.phrase(nodes)).collect()
    }
}

/// Names of vocabulary that are opened one inside the other to find the phrase that comes nearest.
const DEPTH: usize = 4;

/// An element as it is looked for.
struct Part<'p> {
    text: &'p str,
    nodes: Vec<Node>,
    /// What it tells: 0 for what may be missing, little for common words.
    weight: f64,
}

impl Part<'_> {
    fn is_gap(&self) -> bool {
        matches!(self.nodes.as_slice(), [Node::Gap(_)])
    }

    fn is_negation(&self) -> bool {
        matches!(self.nodes.as_slice(), [Node::Not(_) | Node::NotAfter(_)])
    }
}

/// How near a phrase comes that does not match; `None` where nothing telling of it stands here.
pub(super) fn miss(phrase: &str, context: &Context<'_, '_>) -> Option<Miss> {
    nearest(phrase, context, DEPTH)
}

fn nearest(phrase: &str, context: &Context<'_, '_>, depth: usize) -> Option<Miss> {
    let parts: Vec<Part<'_>> = elements(phrase)
        .into_iter()
        .filter_map(|element| {
            let nodes = context.vocabulary.fill(&element.nodes, context.language).ok()?;
            Some(Part { text: &phrase[element.at], weight: weight(&nodes), nodes })
        })
        .collect();
    if let [only] = parts.as_slice()
        && depth > 0
    {
        // What stands alone is a list of phrases: the nearest of them tells most.
        return branches(only.text, context)
            .iter()
            .filter_map(|branch| nearest(branch, context, depth - 1))
            .max_by(|one, other| one.nearness.total_cmp(&other.nearness));
    }
    follow(&parts, context)
}

/// The phrases that an element stands for, as they are written.
fn branches(element: &str, context: &Context<'_, '_>) -> Vec<String> {
    if let Some(name) = element.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        let entries = context.written.vocabulary.iter().filter(|entry| entry.language == context.language && entry.name == name);
        return entries.flat_map(|entry| entry.say.iter().map(|phrase| phrase.text.value.clone())).collect();
    }
    if element.starts_with('(') {
        let outer = alternatives(element).pop().unwrap_or_default();
        return outer.into_iter().map(|branch| element[branch].to_owned()).collect();
    }
    Vec::new()
}

/// What an element tells of a clause.
fn weight(nodes: &[Node]) -> f64 {
    match nodes {
        [Node::Gap(_) | Node::Any | Node::Not(_) | Node::NotAfter(_)] => 0.0,
        [Node::OneOf(branches)] if branches.iter().any(Vec::is_empty) => 0.0,
        _ if common_literal(nodes).is_some() => 0.2,
        _ => 1.0,
    }
}

/// Follows a phrase from its first element and from its last one, as far as each comes.
fn follow(parts: &[Part<'_>], context: &Context<'_, '_>) -> Option<Miss> {
    let total: f64 = parts.iter().map(|part| part.weight).sum();
    let from_start = (1..parts.len()).rev().find_map(|end| run(parts, 0, end, context));
    let from_end = (1..parts.len()).find_map(|start| run(parts, start, parts.len(), context));
    let best = [from_start, from_end].into_iter().flatten().max_by(|one, other| one.weight.total_cmp(&other.weight))?;
    let standing = |part: &Part<'_>| !part.is_gap() && !part.is_negation() && !context.matches(&part.nodes).is_empty();
    let others: f64 = parts
        .iter()
        .enumerate()
        .filter(|(at, part)| !(best.first..best.last).contains(at) && standing(part))
        .map(|(_, part)| part.weight / 2.0)
        .sum();
    if best.weight + others < 1.0 || total <= 0.0 {
        return None;
    }
    // Something is missing: a phrase that does not match is never as near as one that is only silenced.
    let words = f64::from(u8::try_from(best.end - best.start).unwrap_or(u8::MAX));
    // Of equal shares the one with more words tells more.
    let nearness = ((best.weight + others) / total + words / 1000.0).min(0.95);
    Some(Miss { nearness, because: explain(parts, &best, context) })
}

/// A run of elements that matches.
struct Run {
    first: usize,
    last: usize,
    weight: f64,
    /// Positions in the reading.
    start: usize,
    end: usize,
}

fn run(parts: &[Part<'_>], first: usize, last: usize, context: &Context<'_, '_>) -> Option<Run> {
    if parts[first].is_gap() || parts[last - 1].is_gap() {
        return None;
    }
    let nodes: Vec<Node> = parts[first..last].iter().flat_map(|part| part.nodes.clone()).collect();
    let weight: f64 = parts[first..last].iter().map(|part| part.weight).sum();
    let found = context.matches(&nodes);
    // The match nearest to what is missing: the last one before it, the first one behind it.
    let &(start, end) = if first == 0 { found.last()? } else { found.first()? };
    (end > start).then_some(Run { first, last, weight, start, end })
}

/// What is missing beside the run.
fn explain(parts: &[Part<'_>], run: &Run, context: &Context<'_, '_>) -> String {
    let words = words(context.scanner, context.reading, run.start, run.end);
    let forward = run.first == 0;
    let beside: Vec<&Part<'_>> = if forward { parts[run.last..].iter().collect() } else { parts[..run.first].iter().rev().collect() };
    let gap: usize = beside.iter().take_while(|part| part.is_gap()).map(|part| widest(part)).sum();
    let missing = beside.iter().find(|part| !part.is_gap() && (part.weight > 0.0 || part.is_negation())).or(beside.first());
    let Some(missing) = missing else { return format!("“{words}” is there, and nothing else of the phrase") };
    if missing.is_negation() {
        return format!("“{words}” is there, but with words that the phrase excludes: {}", missing.text);
    }
    let wanted = describe::element(missing.text, context.language, context.written);
    let distance = match (gap, forward) {
        (0, true) => "right behind it".to_owned(),
        (0, false) => "right before it".to_owned(),
        (_, true) => format!("within {gap} words behind it"),
        (_, false) => format!("within {gap} words before it"),
    };
    let elsewhere = context.matches(&missing.nodes);
    let Some(&(start, end)) = (if forward { elsewhere.last() } else { elsewhere.first() }).filter(|(start, end)| end > start) else {
        return format!("“{words}” is there, but {distance} {wanted} is missing");
    };
    let other = self::words(context.scanner, context.reading, start, end);
    let (before, behind) = if start < run.start { (end, run.start) } else { (run.end, start) };
    let why = if (before..behind).any(|at| context.reading.word(at) == STOP) {
        "in another sentence"
    } else if (start < run.start) == forward {
        "on the other side of it"
    } else if behind.saturating_sub(before) > gap {
        "too far away"
    } else {
        "not in that order"
    };
    format!("“{words}” is there, but {distance} should stand {wanted}; “{other}” stands {why}")
}

fn widest(part: &Part<'_>) -> usize {
    match part.nodes.as_slice() {
        [Node::Gap(words)] => *words,
        _ => 0,
    }
}

/// The words of the text from a position of a reading to another, on one line.
pub(super) fn words(scanner: &Scanner<'_>, reading: &Reading<'_>, start: usize, end: usize) -> String {
    /// Most words that are shown.
    const SHOWN: usize = 12;
    let tokens = reading.tokens();
    let shown = |from: usize, to: usize| {
        let (Some(&first), Some(&last)) = (tokens.get(from), tokens.get(to.saturating_sub(1))) else { return String::new() };
        // A match may begin in the chapeau and end in the item.
        if last < first {
            String::new()
        } else {
            one_line(scanner.source(&(first as usize..last as usize + 1)).of(&scanner.agreement.document.text))
        }
    };
    if end.saturating_sub(start) <= SHOWN {
        shown(start, end)
    } else {
        format!("{} … {}", shown(start, start + SHOWN / 2), shown(end - SHOWN / 2, end))
    }
}
