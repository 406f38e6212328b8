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
    // How many indents stand so far in a node.
    let mut indents: HashMap<usize, u32> = HashMap::new();
    for index in 0..provisions.len() {
        if provisions[index].kind == Kind::Recital && provisions[index].number.is_none() {
            recitals += 1;
            provisions[index].number = Some(recitals.to_string());
        } else if matches!(provisions[index].kind, Kind::Preamble | Kind::Protocol) {
            recitals = 0;
        }
        let parent = provisions[index].parent;
        let indent = parent.filter(|_| is_indent(&provisions[index])).map(|parent| {
            let count = indents.entry(parent).or_default();
            *count += 1;
            *count
        });
        let step = indent.map_or_else(|| step(&provisions[index]), |indent| format!("indent_{indent}"));
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
        provisions[index].citation = match indent {
            Some(indent) => format!("{}, {}", parent.map_or("", |parent| &provisions[parent].citation), indent_name(indent, language)),
            None => citation(provisions, index, ambiguous.contains(&index), &alone, language),
        };
    }
}

/// An item of a list of dashes, which has no label to be called by.
fn is_indent(provision: &Provision) -> bool {
    provision.kind == Kind::Item && provision.number.is_none() && provision.heading.is_none()
}

/// "second indent", as lawyers count dashes; from the eleventh on in digits.
fn indent_name(indent: u32, language: Language) -> String {
    const ENGLISH: [&str; 10] = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    const FRENCH: [&str; 10] =
        ["premier", "deuxième", "troisième", "quatrième", "cinquième", "sixième", "septième", "huitième", "neuvième", "dixième"];
    const SPANISH: [&str; 10] = ["primer", "segundo", "tercer", "cuarto", "quinto", "sexto", "séptimo", "octavo", "noveno", "décimo"];
    let word = |words: [&'static str; 10]| usize::try_from(indent).ok().and_then(|indent| words.get(indent.wrapping_sub(1)).copied());
    match language {
        Language::French => word(FRENCH).map_or_else(|| format!("{indent}e tiret"), |word| format!("{word} tiret")),
        Language::Spanish => word(SPANISH).map_or_else(|| format!("guion {indent}"), |word| format!("{word} guion")),
        Language::English | Language::Other => word(ENGLISH).map_or_else(|| format!("indent {indent}"), |word| format!("{word} indent")),
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
        Kind::Entry => inside(match &provision.heading {
            Some(sector) => format!("{} {number} ({})", words.entry, shortened(sector)),
            None => format!("{} {number}", words.entry),
        }),
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
            if let (None, Some(term)) = (&provision.number, &provision.heading) {
                return match language {
                    Language::French => format!("{}, « {} »", parent.citation, shortened(term)),
                    Language::Spanish => format!("{}, «{}»", parent.citation, shortened(term)),
                    Language::English | Language::Other => format!("{}, “{}”", parent.citation, shortened(term)),
                };
            }
            if provision.number.is_none() {
                return parent.citation.clone();
            }
            part_of(provision, parent, number, language)
        }
    }
}

/// A paragraph or an item, after the citation of what it stands in.
fn part_of(provision: &Provision, parent: &Provision, number: &str, language: Language) -> String {
    let outer = &parent.citation;
    let paragraph = provision.kind == Kind::Paragraph;
    // "8.2.1" in Article 8.2 and "1.1" in paragraph 1 repeat what they stand in.
    if let Some(repeated) = parent.number.as_deref().filter(|outer| paragraph && extends(number, outer)) {
        let rest = outer.strip_suffix(&format!("({repeated})")).or_else(|| outer.strip_suffix(repeated)).unwrap_or(outer);
        return if rest.len() + repeated.len() < outer.len() { format!("{rest}({number})") } else { format!("{rest}{number}") };
    }
    // Inside an article each step is one pair of brackets in English, one word in the other languages.
    let named = parent.kind == Kind::Item && parent.number.is_none();
    let in_article = !named && matches!(parent.kind, Kind::Article | Kind::Paragraph | Kind::Item | Kind::Continuation);
    let digits = number.starts_with(|c: char| c.is_ascii_digit());
    match language {
        Language::French if paragraph => format!("{outer}, par. {number}"),
        Language::French if parent.kind == Kind::Item => format!("{outer}, {number})"),
        Language::French if digits => format!("{outer}, point {number})"),
        Language::French => format!("{outer}, al. {number})"),
        Language::Spanish if paragraph => format!("{outer}, apartado {number}"),
        Language::Spanish if digits => format!("{outer}, numeral {number})"),
        Language::Spanish if parent.kind == Kind::Item => format!("{outer}, inciso {number})"),
        Language::Spanish => format!("{outer}, letra {number})"),
        _ if in_article => format!("{outer}({number})"),
        _ if paragraph => format!("{outer}, {} {number}", ENGLISH.paragraph),
        _ => format!("{outer}, ({number})"),
    }
}

/// Whether a number begins with another and a dot.
fn extends(number: &str, outer: &str) -> bool {
    number.strip_prefix(outer).is_some_and(|rest| rest.starts_with('.'))
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

#[cfg(test)]
mod tests {
    use super::super::Agreement;
    use crate::document::{self, Language};

    /// The citations of all nodes from the first article on.
    fn citations(text: &str, language: Language) -> Vec<String> {
        let mut document = document::read(text.as_bytes()).expect("plain text");
        document.language = language;
        let agreement = Agreement::new(document);
        agreement.provisions.into_iter().skip(1).map(|provision| provision.citation).collect()
    }

    #[test]
    fn four_levels_in_the_style_of_each_language() {
        let levels =
            |word: &str| format!("{word} 8.2\n1. One:\n(a) two:\n(i) three:\n(A) four;\n(B) four;\n(ii) three;\n(b) two.\n2. One.\n");
        for (language, word, wanted) in [
            (Language::English, "Article", "Art. 8.2(1)(a)(i)(B)"),
            (Language::French, "Article", "art. 8.2, par. 1, al. a), i), B)"),
            (Language::Spanish, "Artículo", "Artículo 8.2, apartado 1, letra a), inciso i), inciso B)"),
        ] {
            assert_eq!(citations(&levels(word), language)[5], wanted);
        }
    }

    #[test]
    fn indents_are_counted_in_words() {
        let text = "Article 4\n1. The Parties exchange:\n- books,\n- films.\n2. They meet.\n";
        for (language, wanted) in [
            (Language::English, "Art. 4(1), second indent"),
            (Language::French, "art. 4, par. 1, deuxième tiret"),
            (Language::Spanish, "Artículo 4, apartado 1, segundo guion"),
        ] {
            assert_eq!(citations(text, language)[3], wanted);
        }
    }

    #[test]
    fn definitions_are_cited_by_their_term() {
        let text = "Article 1.3\nDefinitions\nFor the purposes of this Agreement:\nParty means a State;\ncultural industries means:\n(a) books;\n(b) films.\n";
        let found = citations(text, Language::English);
        assert_eq!(
            found,
            [
                "Art. 1.3",
                "Art. 1.3, “Party”",
                "Art. 1.3, “cultural industries”",
                "Art. 1.3, “cultural industries”, (a)",
                "Art. 1.3, “cultural industries”, (b)"
            ]
        );
        let text = "Article 3\nDéfinitions\nAux fins du présent accord :\n« industries culturelles » désigne les livres ;\n« Partie » désigne un État.\n";
        assert_eq!(citations(text, Language::French)[1], "art. 3, « industries culturelles »");
    }

    #[test]
    fn numbers_that_repeat_what_they_stand_in() {
        let text = "Article 8.2\nScope\n8.2.1 The first.\n8.2.2 The second.\nArticle 8.3\nMeans\n1. One.\n1.1 Sub one.\n1.2 Sub two.\n";
        assert_eq!(
            citations(text, Language::English),
            ["Art. 8.2", "Art. 8.2.1", "Art. 8.2.2", "Art. 8.3", "Art. 8.3(1)", "Art. 8.3(1.1)", "Art. 8.3(1.2)"]
        );
    }
}
