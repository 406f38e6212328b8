//! Who says what of a passage: `EU:`, `CAN, MEX propose; USA oppose:`, `Norland's proposal`, `Proposed by Norland`.

use nom::branch::alt;
use nom::bytes::complete::{tag, take_while, take_while1};
use nom::character::complete::{char, one_of, satisfy};
use nom::combinator::{map, not, opt, peek, recognize, verify};
use nom::multi::{many_m_n, many0};
use nom::sequence::{delimited, pair, preceded, terminated};
use nom::{IResult, Parser};

/// What a delegation does with the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stance {
    /// Proposes them (`propose`, `EU:`).
    Proposes,
    /// Proposes them in place of others.
    Alternative,
    /// Opposes them.
    Opposes,
    /// Supports them, perhaps under a condition.
    Supports,
    /// Reserves its position.
    Reserves,
    /// Has not made up its mind.
    Considers,
    /// Says something of them.
    Remarks,
}

/// The attribution at the beginning of a passage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Lead {
    /// Each stance with those who take it.
    pub stances: Vec<(Stance, Vec<String>)>,
    /// Bytes of the attribution, its colon included.
    pub length: usize,
    /// Whether a verb or noun says what is done; `EU:` has none.
    pub explicit: bool,
    /// Whether a colon closes it.
    pub colon: bool,
}

/// The words of a stance in the three languages, in lower case.
const STANCES: [(&str, Stance); 66] = [
    ("propose", Stance::Proposes),
    ("proposes", Stance::Proposes),
    ("proposed", Stance::Proposes),
    ("proposing", Stance::Proposes),
    ("proposal", Stance::Proposes),
    ("proposals", Stance::Proposes),
    ("counter-proposal", Stance::Proposes),
    ("counterproposal", Stance::Proposes),
    ("suggest", Stance::Proposes),
    ("suggests", Stance::Proposes),
    ("suggestion", Stance::Proposes),
    ("proposent", Stance::Proposes),
    ("proposition", Stance::Proposes),
    ("propone", Stance::Proposes),
    ("proponen", Stance::Proposes),
    ("propuesta", Stance::Proposes),
    ("text", Stance::Proposes),
    ("alternative", Stance::Alternative),
    ("alternative proposal", Stance::Alternative),
    ("alternative text", Stance::Alternative),
    ("alt", Stance::Alternative),
    ("alt.", Stance::Alternative),
    ("alternativa", Stance::Alternative),
    ("oppose", Stance::Opposes),
    ("opposes", Stance::Opposes),
    ("opposed", Stance::Opposes),
    ("opposing", Stance::Opposes),
    ("object", Stance::Opposes),
    ("objects", Stance::Opposes),
    ("reject", Stance::Opposes),
    ("rejects", Stance::Opposes),
    ("cannot accept", Stance::Opposes),
    ("s'oppose", Stance::Opposes),
    ("s'opposent", Stance::Opposes),
    ("s’oppose", Stance::Opposes),
    ("s’opposent", Stance::Opposes),
    ("se opone", Stance::Opposes),
    ("se oponen", Stance::Opposes),
    ("rechaza", Stance::Opposes),
    ("support", Stance::Supports),
    ("supports", Stance::Supports),
    ("supporting", Stance::Supports),
    ("can support", Stance::Supports),
    ("can accept", Stance::Supports),
    ("appuie", Stance::Supports),
    ("appuient", Stance::Supports),
    ("apoya", Stance::Supports),
    ("apoyan", Stance::Supports),
    ("reserve", Stance::Reserves),
    ("reserves", Stance::Reserves),
    ("reserves its position", Stance::Reserves),
    ("reserve their position", Stance::Reserves),
    ("réserve", Stance::Reserves),
    ("réservent", Stance::Reserves),
    ("se reserva", Stance::Reserves),
    ("reserva", Stance::Reserves),
    ("reservan", Stance::Reserves),
    ("is considering", Stance::Considers),
    ("are considering", Stance::Considers),
    ("to consider", Stance::Considers),
    ("to confirm", Stance::Considers),
    ("to revert", Stance::Considers),
    ("position", Stance::Remarks),
    ("note", Stance::Remarks),
    ("comment", Stance::Remarks),
    ("remark", Stance::Remarks),
];

/// "Proposed by X": the noun or participle stands before the party.
const BY: [(&str, Stance); 20] = [
    ("proposed by", Stance::Proposes),
    ("proposal by", Stance::Proposes),
    ("proposal of", Stance::Proposes),
    ("proposal from", Stance::Proposes),
    ("text proposed by", Stance::Proposes),
    ("alternative proposed by", Stance::Alternative),
    ("opposed by", Stance::Opposes),
    ("position of", Stance::Remarks),
    ("proposition de", Stance::Proposes),
    ("proposition du", Stance::Proposes),
    ("proposition des", Stance::Proposes),
    ("proposition d'", Stance::Proposes),
    ("proposition d’", Stance::Proposes),
    ("proposé par", Stance::Proposes),
    ("proposée par", Stance::Proposes),
    ("propuesta de", Stance::Proposes),
    ("propuesta del", Stance::Proposes),
    ("propuesto por", Stance::Proposes),
    ("propuesta por", Stance::Proposes),
    ("position de", Stance::Remarks),
];

/// Words in capitals that no delegation is called, and words that begin a sentence rather than a name.
const NO_PARTY: [&str; 84] = [
    "In",
    "On",
    "By",
    "For",
    "If",
    "When",
    "While",
    "After",
    "Upon",
    "As",
    "With",
    "Under",
    "Its",
    "Their",
    "No",
    "The",
    "A",
    "Le",
    "La",
    "En",
    "Si",
    "Toute",
    "Tout",
    "Todo",
    "Toda",
    "NOTE",
    "NOTES",
    "NOTA",
    "ALT",
    "OPTION",
    "OPCIÓN",
    "VARIANTE",
    "VARIANT",
    "TBD",
    "TBC",
    "NB",
    "OR",
    "OU",
    "AND",
    "PM",
    "AD",
    "HS",
    "WTO",
    "GATT",
    "GATS",
    "TRIPS",
    "ARTICLE",
    "CHAPTER",
    "ANNEX",
    "SECTION",
    "PART",
    "TITLE",
    "SECTOR",
    "DRAFT",
    "TEXT",
    "COMMENT",
    "FOOTNOTE",
    "SME",
    "Each",
    "Any",
    "Either",
    "Neither",
    "Both",
    "Every",
    "All",
    "Such",
    "This",
    "That",
    "These",
    "Article",
    "Chapter",
    "Paragraph",
    "Annex",
    "Section",
    "Chaque",
    "Cada",
    "Council",
    "Committee",
    "Commission",
    "Where",
    "When",
    "Alternative",
    "Option",
    "Sector",
];

/// Most words of a name.
const NAME_WORDS: usize = 4;
/// Most names that are read one after another, and most stances.
const MANY: usize = 40;

/// Reads the attribution at the beginning of `input`. `known` tells of a name that stands with a verb elsewhere: only such
/// a name (or one in capitals) is a party before a mere colon, since `Sector:` looks the same.
pub(super) fn lead(input: &str, known: impl Fn(&str) -> bool) -> Option<Lead> {
    if let Ok((rest, lead)) = preposed(input) {
        return Some(closed(input, rest, lead));
    }
    let mut lead = Lead { explicit: true, ..Lead::default() };
    let mut rest = input;
    while lead.stances.len() < MANY {
        let after = if lead.stances.is_empty() { rest } else { separated(rest) };
        let Ok((next, found)) = stance(after) else { break };
        lead.stances.push(found);
        rest = next;
    }
    if !lead.stances.is_empty() {
        return Some(closed(input, rest, lead));
    }
    let (rest, names) = parties(input).ok()?;
    let plain = names.iter().all(|name| (2..=8).contains(&name.chars().count()) && !name.chars().any(char::is_lowercase) || known(name));
    let rest = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    if !plain || !rest.starts_with(':') {
        return None;
    }
    lead.stances.push((Stance::Proposes, names));
    lead.explicit = false;
    Some(closed(input, rest, lead))
}

/// What is said at the end of a passage: `… culture. BB oppose`.
pub(super) fn tail(inside: &str) -> Option<Lead> {
    /// Bytes at the end of a passage that are looked at.
    const TAIL: usize = 160;
    let from = crate::text::ceil_boundary(inside, inside.len().saturating_sub(TAIL));
    let end = inside[from..].trim_end_matches(|c: char| c.is_whitespace() || c == '.');
    let sentence = end.rfind(['.', ';', '—', '\n', '(']).map_or(end, |at| end[at..].trim_start_matches(|c: char| !c.is_alphanumeric()));
    let lead = lead(sentence, |_| false)?;
    (lead.explicit && lead.length == sentence.len()).then_some(lead)
}

fn closed(input: &str, rest: &str, mut lead: Lead) -> Lead {
    let trimmed = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    lead.colon = trimmed.starts_with(':');
    let rest = if lead.colon { &trimmed[1..] } else { rest };
    lead.length = input.len() - rest.len();
    lead
}

fn separated(input: &str) -> &str {
    let rest = input.trim_start_matches(' ');
    rest.strip_prefix([';', ',', '.', '|']).map_or(rest, |rest| rest.trim_start_matches([' ', '\n']))
}

/// `Proposed by Norland and Sudland`.
fn preposed(input: &str) -> IResult<&str, Lead> {
    let (rest, stance) = phrase(&BY, input)?;
    let (rest, names) = preceded(spaces, parties).parse(rest)?;
    Ok((rest, Lead { stances: vec![(stance, names)], explicit: true, ..Lead::default() }))
}

/// `CAN, MEX propose`, `Norland's proposal`.
fn stance(input: &str) -> IResult<&str, (Stance, Vec<String>)> {
    let (rest, names) = terminated(parties, opt(alt((tag("'s"), tag("’s"), tag("'"), tag("’"))))).parse(input)?;
    let (rest, stance) = preceded(spaces, |input| phrase(&STANCES, input)).parse(rest)?;
    Ok((rest, (stance, names)))
}

/// The longest phrase of a list at the beginning of `input`, whole words, capitals or not.
fn phrase<'a>(list: &[(&str, Stance)], input: &'a str) -> IResult<&'a str, Stance> {
    let found = list
        .iter()
        .filter_map(|&(words, stance)| {
            let length = words.len();
            let same = input.get(..length)?.to_lowercase() == words;
            let whole = words.ends_with(['\'', '’']) || !input[length..].starts_with(char::is_alphanumeric);
            (same && whole).then_some((length, stance))
        })
        .max_by_key(|&(length, _)| length);
    match found {
        Some((length, stance)) => Ok((&input[length..], stance)),
        None => Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Tag))),
    }
}

fn spaces(input: &str) -> IResult<&str, &str> {
    take_while(|c| matches!(c, ' ' | '\u{a0}' | '\u{202f}' | '\n'))(input)
}

/// `CAN, MEX`, `AA/BB`, `Norland and the Windward Isles`.
pub(super) fn parties(input: &str) -> IResult<&str, Vec<String>> {
    let separator = delimited(
        spaces,
        alt((
            recognize(one_of("/,&+")),
            terminated(tag("and"), peek(one_of(" \n"))),
            terminated(tag("et"), peek(char(' '))),
            terminated(tag("y"), peek(char(' '))),
        )),
        spaces,
    );
    let (rest, first) = party(input)?;
    let (rest, more) = many_m_n(0, MANY, preceded(separator, party)).parse(rest)?;
    Ok((rest, std::iter::once(first).chain(more).map(str::to_owned).collect()))
}

fn party(input: &str) -> IResult<&str, &str> {
    let article = alt((
        tag("the "),
        tag("The "),
        tag("l'"),
        tag("L'"),
        tag("l’"),
        tag("L’"),
        tag("la "),
        tag("La "),
        tag("le "),
        tag("Le "),
        tag("les "),
        tag("el "),
        tag("El "),
        tag("los "),
    ));
    preceded(opt(article), alt((tag("Union européenne"), code, lettered, name))).parse(input)
}

/// `EU`, `AA`, `CAN`, `EU27`, `U.S.`.
fn code(input: &str) -> IResult<&str, &str> {
    let dotted = recognize(many_m_n(2, 4, pair(satisfy(|c| c.is_ascii_uppercase()), char('.'))));
    let plain = verify(take_while1(|c: char| c.is_uppercase() || c.is_ascii_digit()), |word: &str| {
        word.chars().count() >= 2 && word.starts_with(char::is_uppercase)
    });
    verify(terminated(alt((dotted, plain)), not(satisfy(|c| c.is_alphanumeric() || c == '-'))), |word: &str| !NO_PARTY.contains(&word))
        .parse(input)
}

/// `Party A`, `Country 2`.
fn lettered(input: &str) -> IResult<&str, &str> {
    let word = alt((tag("Party"), tag("Country"), tag("State"), tag("Partie"), tag("Parte"), tag("Delegation")));
    recognize((
        word,
        char(' '),
        alt((recognize(satisfy(|c| c.is_ascii_uppercase())), recognize(satisfy(|c| c.is_ascii_digit())))),
        not(satisfy(char::is_alphanumeric)),
    ))
    .parse(input)
}

/// `Norland`, `Windward Isles`, `Republic of Norland`.
fn name(input: &str) -> IResult<&str, &str> {
    let joint = alt((tag(" of the "), tag(" of "), tag(" de la "), tag(" de "), tag(" du "), tag(" del "), tag("-"), tag(" ")));
    let named = |words: &str| {
        let first = words.split([' ', '-']).next().unwrap_or_default();
        !NO_PARTY.contains(&first) && !matches!(first, "Party" | "Parties" | "Partie" | "Parte" | "Partes" | "Proposed" | "Proposal")
    };
    verify(recognize(pair(capital_word, many_m_n(0, NAME_WORDS - 1, preceded(joint, capital_word)))), named).parse(input)
}

fn capital_word(input: &str) -> IResult<&str, &str> {
    recognize((
        satisfy(char::is_uppercase),
        satisfy(char::is_lowercase),
        map(many0(satisfy(|c| c.is_lowercase() || c.is_uppercase())), |_| ()),
    ))
    .parse(input)
}

#[cfg(test)]
mod tests {
    use super::{Stance, lead, tail};

    fn said(input: &str) -> Option<String> {
        lead(input, |name| name == "Norland").map(|lead| {
            let stances: Vec<String> = lead.stances.iter().map(|(stance, who)| format!("{stance:?} {}", who.join("+"))).collect();
            format!("{}|{}", stances.join("; "), &input[lead.length..])
        })
    }

    #[test]
    fn one_case_for_each_form() {
        for (input, wanted) in [
            ("EU: films", "Proposes EU| films"),
            ("UE : les films", "Proposes UE| les films"),
            ("AA/BB propose: x", "Proposes AA+BB| x"),
            ("CAN, MEX propose; USA oppose: x", "Proposes CAN+MEX; Opposes USA| x"),
            ("HL oppose", "Opposes HL|"),
            ("HL alternative: Noting", "Alternative HL| Noting"),
            ("Norland's proposal: x", "Proposes Norland| x"),
            ("Proposed by Norland and the Windward Isles", "Proposes Norland+Windward Isles|"),
            ("Proposition de l'Union européenne : x", "Proposes Union européenne| x"),
            ("propuesta de Altamar: x", "Proposes Altamar| x"),
            ("Party A reserves its position.", "Reserves Party A|."),
            ("U.S. proposal: x", "Proposes U.S.| x"),
            ("Norland: x", "Proposes Norland| x"),
            ("Altamar se opone", "Opposes Altamar|"),
        ] {
            assert_eq!(said(input).as_deref(), Some(wanted), "{input}");
        }
    }

    #[test]
    fn what_names_nobody() {
        for input in [
            "Sector: Gambling",
            "Note: x",
            "NOTE: x",
            "shall",
            "Each Party proposes",
            "The Parties propose to meet",
            "In considering what to suspend:",
            "In proposing films",
            "Sudland: x",
            "XX",
            "GATS: x",
            "A: x",
        ] {
            assert_eq!(said(input), None, "{input}");
        }
    }

    #[test]
    fn oppositions_at_the_end() {
        let lead = tail("AA propose: the Parties support culture. BB oppose").expect("there");
        assert_eq!(lead.stances, [(Stance::Opposes, vec!["BB".to_owned()])]);
        assert!(tail("the Parties support culture").is_none());
    }
}
