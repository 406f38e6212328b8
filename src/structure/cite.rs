//! Ids and citations: what a machine and what a lawyer calls a provision.

use std::collections::{HashMap, HashSet};

use super::{Kind, Provision};
use crate::document::Language;

/// Gives every node its id and citation. Parents stand before their children.
pub(super) fn name(provisions: &mut [Provision], language: Language) {
    let ambiguous = ambiguous_articles(provisions);
    let alone = alone(provisions);
    let mut taken: HashSet<String> = HashSet::with_capacity(provisions.len());
    let mut next_suffix: HashMap<String, usize> = HashMap::new();
    let mut recitals = 0;
    for index in 0..provisions.len() {
        if provisions[index].kind == Kind::Recital && provisions[index].number.is_none() {
            recitals += 1;
            provisions[index].number = Some(recitals.to_string());
        } else if matches!(provisions[index].kind, Kind::Preamble | Kind::Protocol) {
            recitals = 0;
        }
        let step = step(&provisions[index]);
        let parent = provisions[index].parent;
        let base = match parent {
            Some(parent) if parent > 0 => format!("{}__{step}", provisions[parent].id),
            _ => step,
        };
        let mut id = base.clone();
        if taken.contains(&id) {
            // Equal labels under one parent: the second is `…_2`, whatever stands elsewhere.
            let suffix = next_suffix.entry(base.clone()).or_insert(2);
            loop {
                id = format!("{base}_{suffix}");
                *suffix += 1;
                if !taken.contains(&id) {
                    break;
                }
            }
        }
        taken.insert(id.clone());
        provisions[index].id = id;
        provisions[index].citation = citation(provisions, index, ambiguous.contains(&index), &alone, language);
    }
}

/// Articles whose number stands more than once in their instrument: they are cited with their chapter.
fn ambiguous_articles(provisions: &[Provision]) -> HashSet<usize> {
    let mut places: HashMap<(usize, &str), Vec<usize>> = HashMap::new();
    let mut instrument = vec![0; provisions.len()];
    for (index, provision) in provisions.iter().enumerate() {
        if let Some(parent) = provision.parent {
            instrument[index] = if provisions[parent].kind.is_instrument() { parent } else { instrument[parent] };
        }
        if let (Kind::Article, Some(number)) = (provision.kind, &provision.number) {
            places.entry((instrument[index], number)).or_default().push(index);
        }
    }
    places.into_values().filter(|indexes| indexes.len() > 1).flatten().collect()
}

/// The kinds of instrument of which the file has one only: its heading is not needed to tell it.
fn alone(provisions: &[Provision]) -> Vec<Kind> {
    let count = |kind: Kind| provisions.iter().filter(|provision| provision.kind == kind).count();
    [Kind::Protocol, Kind::Annex, Kind::Appendix, Kind::Schedule, Kind::Letter, Kind::Declaration]
        .into_iter()
        .filter(|&kind| count(kind) == 1)
        .collect()
}

/// The last part of an id: `art_8.2`, `item_b`, `prot_cultural-co-operation`.
fn step(provision: &Provision) -> String {
    let prefix = match provision.kind {
        Kind::Agreement => return "agreement".to_owned(),
        Kind::Front => return "front".to_owned(),
        Kind::Contents => return "contents".to_owned(),
        Kind::Preamble => return "preamble".to_owned(),
        Kind::Signature => return "signature".to_owned(),
        Kind::Continuation => return "cont".to_owned(),
        Kind::Recital => "rec",
        Kind::Part => "part",
        Kind::Title => "title",
        Kind::Chapter => "ch",
        Kind::Section => "sec",
        Kind::Subsection => "subsec",
        Kind::Article => "art",
        Kind::Paragraph => "para",
        Kind::Item => "item",
        Kind::Annex => "annex",
        Kind::Appendix => "appendix",
        Kind::Schedule => "schedule",
        Kind::Protocol => "prot",
        Kind::Letter => "letter",
        Kind::Declaration => "declaration",
        Kind::Footnote => "fn",
        Kind::Entry => "entry",
    };
    match (&provision.number, &provision.heading) {
        (Some(number), _) => format!("{prefix}_{}", slug(number, usize::MAX)),
        (None, Some(heading)) if !slug(heading, 4).is_empty() => format!("{prefix}_{}", slug(heading, 4)),
        _ => prefix.to_owned(),
    }
}

/// Letters, digits and dots kept; everything else becomes a hyphen; at most `words` words.
fn slug(text: &str, words: usize) -> String {
    let parts: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric() && c != '.')
        .filter(|part| !part.trim_matches('.').is_empty())
        .take(words)
        .map(|part| if words == usize::MAX { part.trim_matches('.').to_owned() } else { part.trim_matches('.').to_lowercase() })
        .collect();
    parts.join("-")
}

/// The words of citations in a language.
struct Words {
    article: &'static str,
    chapter: &'static str,
    part: &'static str,
    title: &'static str,
    section: &'static str,
    annex: &'static str,
    appendix: &'static str,
    schedule: &'static str,
    protocol: &'static str,
    preamble: &'static str,
    recital: &'static str,
    paragraph: &'static str,
    signature: &'static str,
    letter: &'static str,
    declaration: &'static str,
    footnote: &'static str,
    entry: &'static str,
}

const ENGLISH: Words = Words {
    article: "Art.",
    chapter: "Ch.",
    part: "Part",
    title: "Title",
    section: "Sec.",
    annex: "Annex",
    appendix: "Appendix",
    schedule: "Schedule",
    protocol: "Protocol",
    preamble: "Preamble",
    recital: "recital",
    paragraph: "para.",
    signature: "Closing formula",
    letter: "Side letter",
    declaration: "Declaration",
    footnote: "fn.",
    entry: "entry",
};
const FRENCH: Words = Words {
    article: "art.",
    chapter: "chap.",
    part: "partie",
    title: "titre",
    section: "sect.",
    annex: "annexe",
    appendix: "appendice",
    schedule: "liste",
    protocol: "protocole",
    preamble: "préambule",
    recital: "considérant",
    paragraph: "par.",
    signature: "formule finale",
    letter: "échange de lettres",
    declaration: "déclaration",
    footnote: "note",
    entry: "réserve",
};
const SPANISH: Words = Words {
    article: "Artículo",
    chapter: "Capítulo",
    part: "Parte",
    title: "Título",
    section: "Sección",
    annex: "Anexo",
    appendix: "Apéndice",
    schedule: "Lista",
    protocol: "Protocolo",
    preamble: "Preámbulo",
    recital: "considerando",
    paragraph: "apartado",
    signature: "Fórmula final",
    letter: "Canje de notas",
    declaration: "Declaración",
    footnote: "nota",
    entry: "reserva",
};

/// The citation of a node whose ancestors are named already.
fn citation(provisions: &[Provision], index: usize, ambiguous: bool, alone: &[Kind], language: Language) -> String {
    let words = match language {
        Language::French => &FRENCH,
        Language::Spanish => &SPANISH,
        Language::English | Language::Other => &ENGLISH,
    };
    let provision = &provisions[index];
    let parent = provision.parent.map(|parent| &provisions[parent]);
    let number = provision.number.as_deref().unwrap_or_default();
    let inside = |what: String| match parent {
        Some(parent) if parent.kind != Kind::Agreement && parent.kind != Kind::Front => format!("{}, {what}", parent.citation),
        _ => what,
    };
    let named = |word: &str| match (&provision.number, &provision.heading) {
        (Some(number), _) => format!("{word} {number}"),
        (None, Some(_)) if alone.contains(&provision.kind) => word.to_owned(),
        (None, Some(heading)) => named_by_heading(word, heading),
        (None, None) => word.to_owned(),
    };
    match provision.kind {
        Kind::Agreement | Kind::Front | Kind::Contents => provision.kind.name().to_owned(),
        Kind::Preamble => match instrument(provisions, index) {
            Some(instrument) => format!("{}, {}", instrument.citation, words.preamble),
            None => words.preamble.to_owned(),
        },
        Kind::Recital => inside(format!("{} {number}", words.recital)),
        Kind::Entry => inside(format!("{} {number}", words.entry)),
        Kind::Part | Kind::Title | Kind::Chapter => {
            let own = named(match provision.kind {
                Kind::Part => words.part,
                Kind::Title => words.title,
                _ => words.chapter,
            });
            instrument(provisions, index).map_or(own.clone(), |outer| format!("{}, {own}", outer.citation))
        }
        Kind::Section | Kind::Subsection => inside(named(words.section)),
        Kind::Article => {
            let own = named(words.article);
            let outer = if ambiguous { group(provisions, index) } else { None }.or_else(|| instrument(provisions, index));
            outer.map_or(own.clone(), |outer| format!("{}, {own}", outer.citation))
        }
        Kind::Annex => nested_instrument(provisions, index, named(words.annex)),
        Kind::Appendix => nested_instrument(provisions, index, named(words.appendix)),
        Kind::Schedule => nested_instrument(provisions, index, named(words.schedule)),
        Kind::Protocol => nested_instrument(provisions, index, named(words.protocol)),
        Kind::Letter => named(words.letter),
        Kind::Declaration => named(words.declaration),
        Kind::Signature => inside(words.signature.to_owned()),
        Kind::Footnote => match instrument(provisions, index) {
            Some(instrument) => format!("{}, {} {number}", instrument.citation, words.footnote),
            None => format!("{} {number}", words.footnote),
        },
        Kind::Continuation => parent.map_or_else(String::new, |parent| parent.citation.clone()),
        Kind::Paragraph | Kind::Item => {
            let Some(parent) = parent else { return number.to_owned() };
            if provision.number.is_none() {
                return parent.citation.clone();
            }
            let in_article = matches!(parent.kind, Kind::Article | Kind::Paragraph | Kind::Item | Kind::Continuation);
            match language {
                Language::French if provision.kind == Kind::Paragraph => format!("{}, par. {number}", parent.citation),
                Language::French => format!("{}, al. {number})", parent.citation),
                Language::Spanish if provision.kind == Kind::Paragraph => format!("{}, apartado {number}", parent.citation),
                Language::Spanish => format!("{}, letra {number})", parent.citation),
                _ if in_article => format!("{}({number})", parent.citation),
                _ if provision.kind == Kind::Paragraph => format!("{}, {} {number}", parent.citation, words.paragraph),
                _ => format!("{}, ({number})", parent.citation),
            }
        }
    }
}

/// The nearest annex, protocol or other instrument around a node.
fn instrument(provisions: &[Provision], index: usize) -> Option<&Provision> {
    std::iter::successors(provisions[index].parent, |&at| provisions[at].parent)
        .map(|at| &provisions[at])
        .find(|provision| provision.kind.is_instrument())
}

/// The nearest part, title, chapter or section around a node.
fn group(provisions: &[Provision], index: usize) -> Option<&Provision> {
    std::iter::successors(provisions[index].parent, |&at| provisions[at].parent)
        .map(|at| &provisions[at])
        .find(|provision| provision.kind.is_group())
}

/// An appendix to an annex is cited with the annex.
fn nested_instrument(provisions: &[Provision], index: usize, own: String) -> String {
    instrument(provisions, index).map_or(own.clone(), |outer| format!("{}, {own}", outer.citation))
}

/// "Protocol “On Cultural Co-operation”"; a side letter whose heading begins with its kind is not named twice.
fn named_by_heading(word: &str, heading: &str) -> String {
    let own = shortened(heading);
    if own.to_lowercase().starts_with(&word.to_lowercase()) { own } else { format!("{word} “{own}”") }
}

/// A heading in a citation: its first words.
fn shortened(heading: &str) -> String {
    const WORDS: usize = 7;
    let words: Vec<&str> = heading.split_whitespace().collect();
    if words.len() <= WORDS { words.join(" ") } else { format!("{} …", words[..WORDS].join(" ")) }
}
