//! Names of other instruments: "the GATT 1994", "the Agreement on Safeguards", "Regulation (EEC) No 2658/87".
//!
//! A name is one of the well-known ones, or a run of capital words with a noun for an instrument in it. What is an instrument of
//! its own and what is this agreement under its own name, the resolver decides.

use nom::branch::alt;
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
    "Harmonized Commodity Description and Coding System",
    "Harmonised Commodity Description and Coding System",
    "Articles of Agreement of the International Monetary Fund",
    "Articles of Agreement of the Fund",
    "WTO DSU",
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
    "plan",
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
/// The longest name with the parties between whom the instrument was made, in bytes.
const MAX_PARTIES: usize = 300;
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

/// The longest acronym, in letters.
const MAX_ACRONYM: usize = 6;

/// An acronym as a word of its own: "SAA", "TFEU". A Roman number is none.
pub(super) fn acronym(input: &str) -> Option<&str> {
    let end = input.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').unwrap_or(input.len());
    input.get(..end).filter(|word| is_acronym(word))
}

/// Whether a word is two to six capitals that are no Roman number.
pub(super) fn is_acronym(word: &str) -> bool {
    (2..=MAX_ACRONYM).contains(&word.len())
        && word.bytes().all(|byte| byte.is_ascii_uppercase())
        && !word.bytes().all(|byte| b"IVXLCDM".contains(&byte))
}

/// Reads the name of an instrument, with a year before it ("1980 Treaty of …"); `None` where the words name none.
pub(super) fn name(input: &str) -> Option<Name<'_>> {
    let dated = (year, tag(" ")).parse(input).map_or(0, |(rest, _)| input.len() - rest.len());
    let found = undated(&input[dated..])?;
    Some(Name { words: &input[..dated + found.words.len()], bare: found.bare && dated == 0 })
}

fn undated(input: &str) -> Option<Name<'_>> {
    let run = run(input);
    match known(input) {
        // "WTO Agreement on the Application of …" is another than the WTO Agreement.
        Ok((_, words)) => Some(run.filter(|run| run.words.len() > words.len()).unwrap_or(Name { words, bare: false })),
        Err(_) => run,
    }
}

/// A well-known name in the case in which it is listed, with its year: `GATT 1994`, `GATT of 1994`, `GATT de 1994`.
pub(super) fn known(input: &str) -> IResult<&str, &str> {
    let listed = KNOWN
        .iter()
        .find(|known| input.strip_prefix(**known).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '-')));
    let Some(listed) = listed else { return Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Tag))) };
    recognize((tag(*listed), opt((opt(alt((tag(" de"), tag(" of")))), tag(" "), year)), opt(tag(" Agreement")))).parse(input)
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
        let core = raw.trim_end_matches([',', ';', ':', '.', ')', '"', '”', '»', ']', '\'', '’', '›', '“']);
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
            (open, joined) = (false, false);
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
    let between = input.get(..end).is_some_and(|words| words.split_whitespace().any(|word| word == "between" || word == "entre"));
    let words_of = input.get(..if noun && between { parties(input, end) } else { end })?;
    noun.then_some(Name { words: words_of, bare: bare && words == 1 })
}

/// Where the parties end, of whom the first is named up to `end`: ", of the one part, and Sudland, of the other part".
fn parties(input: &str, mut end: usize) -> usize {
    const PARTS: &[&str] = &["of the one part", "of the other part", "on the one part", "on the other part", "d'une part", "d'autre part"];
    let (mut at, mut joined) = (end, false);
    while let Some(rest) = input.get(at..).filter(|_| at <= MAX_PARTIES) {
        let next = rest.trim_start().trim_start_matches(',').trim_start();
        let start = input.len() - next.len();
        if let Some(part) = PARTS.iter().find(|part| next.starts_with(**part)) {
            at = start + part.len();
            if joined {
                end = at;
            }
            continue;
        }
        let and = ["and ", "et ", "y "].iter().find(|word| next.starts_with(**word));
        if joined || and.is_none() && next.len() == rest.trim_start().len() {
            break;
        }
        let party = party(&next[and.map_or(0, |word| word.len())..]);
        if party == 0 {
            break;
        }
        at = start + and.map_or(0, |word| word.len()) + party;
        if and.is_some() {
            (end, joined) = (at, true);
        }
    }
    end
}

/// The length of the name of one party at the start of `input`: "the Republic of Sudland".
fn party(input: &str) -> usize {
    let (mut at, mut end) = (0, 0);
    while let Ok((_, raw)) = token(&input[at..]) {
        let core = raw.trim_end_matches([',', ';', ':', '.', ')', '"', '”', '»', '’', '\'']);
        if core.starts_with(char::is_uppercase) {
            end = at + core.len();
        } else if !["the", "of", "de", "la", "le", "du"].contains(&core) {
            break;
        }
        if core.len() < raw.len() {
            break;
        }
        let after = &input[at + raw.len()..];
        at = input.len() - after.trim_start().len();
    }
    end
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
