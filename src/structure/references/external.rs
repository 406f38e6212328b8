//! Names of other instruments: "the GATT 1994", "the Agreement on Safeguards", "Regulation (EEC) No 2658/87".
//!
//! A name is one of the well-known ones, or a run of capital words with a noun for an instrument in it. What is an instrument of
//! its own and what is this agreement under its own name, the resolver decides.

use nom::bytes::complete::{tag, take_till1, take_while1};
use nom::combinator::{opt, recognize, verify};
use nom::{IResult, Parser};

/// Instruments that are recognised wherever they are mentioned. Longer names before the shorter that they begin with.
pub(super) const KNOWN: &[&str] = &[
    "General Agreement on Tariffs and Trade",
    "General Agreement on Trade in Services",
    "Accord général sur les tarifs douaniers et le commerce",
    "Accord général sur le commerce des services",
    "Acuerdo General sobre Aranceles Aduaneros y Comercio",
    "Acuerdo General sobre el Comercio de Servicios",
    "GATT",
    "GATS",
    "TRIPS Agreement",
    "TRIPS",
    "TRIMs Agreement",
    "TRIMs",
    "WTO Agreement",
    "Marrakesh Agreement",
    "Acuerdo sobre la OMC",
    "Acuerdo de Marrakech",
    "Accord sur l'OMC",
    "SPS Agreement",
    "TBT Agreement",
    "SCM Agreement",
    "Safeguards Agreement",
    "Anti-Dumping Agreement",
    "Customs Valuation Agreement",
    "Agreement on Safeguards",
    "Agreement on Agriculture",
    "DSU",
    "AGCS",
    "ADPIC",
    "NAFTA",
    "EEA Agreement",
    "Treaty of Rome",
    "EC Treaty",
    "EEC Treaty",
    "Treaty on European Union",
    "Treaty of Asunción",
    "Tratado de Asunción",
    "Treaty of Montevideo",
    "Tratado de Montevideo",
    "Cartagena Agreement",
    "Acuerdo de Cartagena",
    "Charter of the United Nations",
    "United Nations Charter",
    "Vienna Convention",
    "Berne Convention",
    "Paris Convention",
    "Rome Convention",
    "New York Convention",
    "ICSID Convention",
    "Basel Convention",
    "Lomé Convention",
    "Convenio de París",
    "Convenio de Berna",
    "Convention de Berne",
    "Convention de Paris",
    "UPOV Convention",
    "Montreal Protocol",
    "Kyoto Protocol",
    "Patent Cooperation Treaty",
    "Budapest Treaty",
    "WIPO Copyright Treaty",
    "WIPO Performances and Phonograms Treaty",
    "UNCITRAL Arbitration Rules",
];

/// Nouns that make a run of capital words the name of an instrument.
const NOUNS: &[&str] = &[
    "agreement",
    "agreements",
    "convention",
    "treaty",
    "treaties",
    "protocol",
    "regulation",
    "regulations",
    "directive",
    "decision",
    "resolution",
    "understanding",
    "charter",
    "statute",
    "statutes",
    "code",
    "act",
    "law",
    "constitution",
    "covenant",
    "rules",
    "arrangement",
    "declaration",
    "system",
    "nomenclature",
    "tariff",
    "decree",
    "memorandum",
    "accord",
    "traité",
    "règlement",
    "décision",
    "protocole",
    "mémorandum",
    "charte",
    "statut",
    "loi",
    "tarif",
    "acuerdo",
    "convenio",
    "convención",
    "tratado",
    "reglamento",
    "directiva",
    "decisión",
    "protocolo",
    "entendimiento",
    "carta",
    "estatuto",
    "código",
    "ley",
    "constitución",
    "sistema",
    "arancel",
    "decreto",
];

/// Words in lower case that a name may have between its capital words.
const JOINING: &[&str] = &[
    "of", "on", "the", "for", "to", "and", "in", "by", "de", "du", "des", "la", "le", "les", "sur", "aux", "à", "et", "del", "sobre",
    "para", "y", "e", "en", "el", "los", "las", "al",
];

/// Words that join what an instrument is about, in lower case as often as not.
const ABOUT: &[&str] = &[
    "on",
    "establishing",
    "concerning",
    "relating",
    "sur",
    "relatif",
    "relative",
    "concernant",
    "sobre",
    "relativo",
    "relativa",
    "between",
];

/// The nouns in a name, in lower case.
pub(super) fn nouns(name: &str) -> impl Iterator<Item = String> + '_ {
    name.split_whitespace().map(str::to_lowercase).filter(|word| NOUNS.contains(&word.as_str()))
}

/// The longest name, in bytes.
const MAX_NAME: usize = 200;
/// Words in lower case of what an instrument is about.
const MAX_LOWER: usize = 5;

/// The name of an instrument at the start of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Name<'a> {
    /// As written.
    pub words: &'a str,
    /// Whether it is the noun alone ("the Convention"): which one is meant, the text around must say.
    pub bare: bool,
}

/// Reads the name of an instrument; `None` where the words name none.
pub(super) fn name(input: &str) -> Option<Name<'_>> {
    let run = run(input);
    match known(input) {
        // "WTO Agreement on the Application of …" is another than the WTO Agreement.
        Ok((_, words)) => Some(run.filter(|run| run.words.len() > words.len()).unwrap_or(Name { words, bare: false })),
        Err(_) => run,
    }
}

/// A well-known name in the case in which it is listed, with its year: `GATT 1994`, `GATT de 1994`.
pub(super) fn known(input: &str) -> IResult<&str, &str> {
    let listed = KNOWN
        .iter()
        .find(|known| input.strip_prefix(**known).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-')));
    let Some(listed) = listed else { return Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Tag))) };
    recognize((tag(*listed), opt((opt(tag(" de")), tag(" "), year)), opt(tag(" Agreement")))).parse(input)
}

fn year(input: &str) -> IResult<&str, &str> {
    verify(take_while1(|c: char| c.is_ascii_digit()), |digits: &str| digits.len() == 4).parse(input)
}

/// One token: what stands up to white space.
fn token(input: &str) -> IResult<&str, &str> {
    take_till1(char::is_whitespace).parse(input)
}

/// A run of capital words with a noun for an instrument in it.
fn run(input: &str) -> Option<Name<'_>> {
    let (mut rest, mut end, mut lower) = (input, 0, 0);
    let (mut noun, mut words, mut about, mut joined) = (false, 0, false, false);
    let (mut bare, mut open, mut implements) = (false, false, false);
    while let Ok((after, raw)) = token(rest) {
        let start = input.len() - rest.len();
        let core = raw.trim_end_matches([',', ';', ':', '.', ')', '"', '”', '»', ']']);
        let core = if raw.starts_with('(') && raw[core.len()..].starts_with(')') { &raw[..=core.len()] } else { core };
        let plain = core.trim_start_matches("l'").trim_start_matches("l’").trim_start_matches("d'").trim_start_matches("d’");
        let folded = plain.to_lowercase();
        if start + core.len() > MAX_NAME || core.is_empty() {
            break;
        }
        let first = plain.chars().next();
        let capital = first.is_some_and(char::is_uppercase);
        let counted =
            noun && (first.is_some_and(|c| c.is_ascii_digit()) || core.starts_with('(') && core.ends_with(')') && core.len() <= 12);
        let other_level =
            || super::words::level(plain).is_some_and(|level| level.kind != super::Kind::Agreement && !NOUNS.contains(&folded.as_str()));
        // "Agreement on Implementation of Article VII of the GATT 1994" has an article in its name.
        if words > 0 && capital && !implements && other_level() {
            break;
        }
        if capital || counted {
            let names = NOUNS.contains(&folded.as_str());
            // "GATT 1994 and GATS", "the Convention and the Protocol": the second is a name of its own.
            if joined && names && words > 1 {
                break;
            }
            noun |= names;
            open = false;
            implements = ["implementation", "interpretation", "aplicación", "interpretación", "application"].contains(&folded.as_str());
            bare = words == 0 && names;
            words += 1;
            end = start + core.len();
            lower = 0;
        } else if words > 0 && (JOINING.contains(&folded.as_str()) || ABOUT.contains(&folded.as_str())) {
            // What the name is about follows the noun only.
            let opens = ABOUT.contains(&folded.as_str());
            if opens && !noun && folded != "on" && folded != "sur" && folded != "sobre" {
                break;
            }
            about |= opens && noun;
            open |= opens && noun;
            joined = matches!(folded.as_str(), "and" | "et" | "y" | "e");
            lower += 1;
            if lower > MAX_LOWER {
                break;
            }
            if joined && (noun && !about || words < 2) {
                break;
            }
        } else if open && lower > 0 && lower <= MAX_LOWER && plain.chars().all(|c| c.is_alphabetic() || c == '-') {
            if ENDS.contains(&folded.as_str()) {
                break;
            }
            lower += 1;
            words += 1;
            end = start + core.len();
        } else {
            break;
        }
        let numbered = matches!(core, "No" | "no" | "Nº" | "N°");
        if raw.len() > core.len() && !(numbered && raw.ends_with('.')) {
            break;
        }
        rest = after.trim_start();
    }
    let words_of = input.get(..end)?;
    noun.then_some(Name { words: words_of, bare: bare && words == 1 })
}

/// Words with which a sentence goes on after a name in lower case.
const ENDS: &[&str] = &[
    "shall",
    "may",
    "is",
    "are",
    "was",
    "were",
    "has",
    "have",
    "apply",
    "applies",
    "will",
    "which",
    "that",
    "as",
    "or",
    "if",
    "with",
    "where",
    "referred",
    "signed",
    "done",
    "entered",
    "s'applique",
    "est",
    "sont",
    "qui",
    "que",
    "será",
    "serán",
    "es",
    "son",
    "se",
];
