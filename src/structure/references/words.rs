//! The words with which provisions are named, in three languages: of the levels, of this instrument, of nearness.

use std::collections::HashMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::super::Kind;

/// A word that names a level.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Level {
    /// The kind of provision; [`Kind::Agreement`] for the names of the instrument itself.
    pub kind: Kind,
    /// Whether the word announces more than one number.
    pub plural: bool,
    /// "this paragraph" names a provision, "at this point" and "esta Parte" (a party) do not.
    pub stands_alone: bool,
}

/// Singular, plural, kind, whether "this …" names it. Accents also without.
const LEVELS: &[(&[&str], &[&str], Kind, bool)] = &[
    (
        &["article", "art", "artículo", "articulo", "artÍculo"],
        &["articles", "arts", "artículos", "articulos", "artÍculos"],
        Kind::Article,
        true,
    ),
    (
        &["paragraph", "para", "paragraphe", "párrafo", "parrafo", "pÁrrafo", "apartado"],
        &["paragraphs", "paras", "paragraphes", "párrafos", "parrafos", "pÁrrafos", "apartados"],
        Kind::Paragraph,
        true,
    ),
    (
        &[
            "subparagraph",
            "sub-paragraph",
            "clause",
            "sub-clause",
            "subclause",
            "sous-paragraphe",
            "alinéa",
            "alinea",
            "subpárrafo",
            "subparrafo",
            "inciso",
            "subinciso",
            "literal",
            "numeral",
        ],
        &[
            "subparagraphs",
            "sub-paragraphs",
            "clauses",
            "sub-clauses",
            "subclauses",
            "sous-paragraphes",
            "alinéas",
            "alineas",
            "subpárrafos",
            "subparrafos",
            "incisos",
            "subincisos",
            "literales",
            "numerales",
        ],
        Kind::Item,
        true,
    ),
    (
        &["item", "point", "letter", "lettre", "letra", "punto"],
        &["items", "points", "letters", "lettres", "letras", "puntos"],
        Kind::Item,
        false,
    ),
    (
        &["chapter", "chapitre", "capítulo", "capitulo", "capÍtulo"],
        &["chapters", "chapitres", "capítulos", "capitulos", "capÍtulos"],
        Kind::Chapter,
        true,
    ),
    (&["section", "sección", "seccion", "secciÓn"], &["sections", "secciones"], Kind::Section, true),
    (
        &["sub-section", "subsection", "sous-section", "subsección"],
        &["sub-sections", "subsections", "sous-sections", "subsecciones"],
        Kind::Subsection,
        true,
    ),
    (&["part"], &["parts"], Kind::Part, true),
    (&["partie", "parte"], &["parties", "partes"], Kind::Part, false),
    (&["title", "titre", "título", "titulo", "tÍtulo"], &["titles", "titres", "títulos", "titulos", "tÍtulos"], Kind::Title, true),
    (&["annex", "annexe", "anexo"], &["annexes", "anexos"], Kind::Annex, true),
    (&["appendix", "appendice", "apéndice", "apendice", "apÉndice"], &["appendices", "apéndices", "apendices"], Kind::Appendix, true),
    (&["protocol", "protocole", "protocolo"], &["protocols", "protocoles", "protocolos"], Kind::Protocol, true),
    (&["schedule"], &["schedules"], Kind::Schedule, true),
    (&["footnote"], &["footnotes"], Kind::Footnote, false),
];

/// What a treaty calls itself.
pub(super) const INSTRUMENTS: &[&str] =
    &["agreement", "treaty", "convention", "arrangement", "accord", "traité", "acuerdo", "tratado", "convenio", "convención", "convencion"];

static BY_WORD: LazyLock<HashMap<String, Level>> = LazyLock::new(|| {
    let mut words = HashMap::new();
    for &(singular, plural, kind, stands_alone) in LEVELS {
        for (list, plural) in [(singular, false), (plural, true)] {
            words.extend(list.iter().map(|word| (word.to_lowercase(), Level { kind, plural, stands_alone })));
        }
    }
    let own = Level { kind: Kind::Agreement, plural: false, stands_alone: true };
    words.extend(INSTRUMENTS.iter().map(|word| ((*word).to_owned(), own)));
    words
});

static FINDER: LazyLock<AhoCorasick> = LazyLock::new(|| {
    let levels = LEVELS.iter().flat_map(|(singular, plural, ..)| singular.iter().chain(*plural));
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(levels.chain(INSTRUMENTS).chain(super::external::KNOWN))
        .unwrap_or_else(|_| unreachable!("the list of words is a constant that the tests build"))
});

/// Every place in `text` where a word of a level or the name of a well-known instrument stands as a word of its own.
pub(super) fn places(text: &str) -> impl Iterator<Item = usize> + '_ {
    FINDER.find_iter(text).filter_map(|hit| {
        let before = text[..hit.start()].chars().next_back();
        let after = text[hit.end()..].chars().next();
        let glued =
            before.is_some_and(|c| c.is_alphanumeric() || c == '-' || c == '_') || after.is_some_and(|c| c.is_alphabetic() || c == '_');
        (!glued).then_some(hit.start())
    })
}

/// The level that `word` names.
pub(super) fn level(word: &str) -> Option<Level> {
    BY_WORD.get(&word.to_lowercase()).copied()
}

/// How a provision is named that has no number: by where the words stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pointer {
    /// "this Chapter".
    This,
    /// "the preceding Article".
    Before,
    /// "the following Article".
    After,
    /// "the said Article", "that Article": the one named last.
    Said,
    /// "cet article": the one named last, or this one.
    SaidOrThis,
}

/// The meaning of a word before or after the word of a level ("le présent chapitre", "el artículo anterior").
pub(super) fn pointer(word: &str) -> Option<Pointer> {
    Some(match word.to_lowercase().as_str() {
        "this" | "present" | "présent" | "présente" | "presente" | "este" | "esta" | "these" => Pointer::This,
        "preceding" | "previous" | "foregoing" | "précédent" | "précédente" | "précédents" | "anterior" | "anteriores" | "precedente"
        | "precedentes" => Pointer::Before,
        "following" | "next" | "suivant" | "suivante" | "siguiente" => Pointer::After,
        "said" | "that" | "same" | "aforesaid" | "aforementioned" | "ledit" | "ladite" | "dudit" | "audit" | "même" | "dicho" | "dicha"
        | "citado" | "mismo" | "précité" => Pointer::Said,
        "cet" | "cette" | "ce" => Pointer::SaidOrThis,
        _ => return None,
    })
}

/// Ordinals before the word of a level: "the second paragraph", "le premier alinéa", "el último párrafo".
pub(super) fn ordinal(word: &str) -> Option<u32> {
    const ORDINALS: [&[&str]; 10] = [
        &["first", "premier", "première", "primer", "primero", "primera"],
        &["second", "deuxième", "seconde", "segundo", "segunda"],
        &["third", "troisième", "tercer", "tercero", "tercera"],
        &["fourth", "quatrième", "cuarto", "cuarta"],
        &["fifth", "cinquième", "quinto", "quinta"],
        &["sixth", "sixième", "sexto"],
        &["seventh", "septième", "séptimo"],
        &["eighth", "huitième", "octavo"],
        &["ninth", "neuvième", "noveno"],
        &["tenth", "dixième", "décimo"],
    ];
    let lower = word.to_lowercase();
    if ["last", "dernier", "dernière", "último", "última"].contains(&lower.as_str()) {
        return Some(LAST);
    }
    ORDINALS.iter().position(|words| words.contains(&lower.as_str())).and_then(|at| u32::try_from(at + 1).ok())
}

/// The ordinal of the last of several.
pub(super) const LAST: u32 = u32::MAX;

/// The order of the levels: the outer before the inner.
pub(super) const fn depth(kind: Kind) -> u8 {
    match kind {
        Kind::Agreement => 0,
        Kind::Protocol | Kind::Annex | Kind::Letter | Kind::Declaration => 1,
        Kind::Appendix | Kind::Schedule => 2,
        Kind::Part => 3,
        Kind::Title => 4,
        Kind::Chapter => 5,
        Kind::Section => 6,
        Kind::Subsection => 7,
        Kind::Article => 8,
        Kind::Paragraph => 9,
        _ => 10,
    }
}
