//! Title, parties and date of signature, from the source's metadata or from the text itself.

use std::sync::LazyLock;

use regex::Regex;

use super::parties::{self, Party};
use crate::document::Span;
use crate::rules::Parties;
use crate::structure::number_words;
use crate::structure::{Agreement, Kind};
use crate::text::{floor_boundary, pattern};

/// What is known of the agreement as a whole.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// Its title.
    pub title: Option<String>,
    /// Its parties.
    pub parties: Vec<Party>,
    /// Date of signature, ISO 8601.
    pub date: Option<String>,
}

/// Finds the facts of an agreement. What is not found stays empty: nothing is guessed.
#[must_use]
pub fn facts(agreement: &Agreement, known: &Parties) -> Facts {
    let date = agreement.document.metadata.signed.clone().or_else(|| date(agreement));
    Facts { title: agreement.title.clone(), parties: parties::parties(agreement, known, date.as_deref()), date }
}

/// The months in the three languages; capitals are often printed without accents.
const MONTHS: [&[&str]; 12] = [
    &["january", "janvier", "enero"],
    &["february", "février", "fevrier", "febrero"],
    &["march", "mars", "marzo"],
    &["april", "avril", "abril"],
    &["may", "mai", "mayo"],
    &["june", "juin", "junio"],
    &["july", "juillet", "julio"],
    &["august", "août", "aout", "agosto"],
    &["september", "septembre", "septiembre", "setiembre"],
    &["october", "octobre", "octubre"],
    &["november", "novembre", "noviembre"],
    &["december", "décembre", "decembre", "diciembre"],
];

/// The beginning of a closing formula, as a sentence of its own ("done at New York on …" belongs to other instruments).
static CLOSING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?m)(?:^|[.;:,]\s)\s*(?:DONE|Done|SIGNED|Signed|FAIT|Fait|HECHO|Hecho|FIRMADO|Firmado|SUSCRITO|Suscrito)\b,?\s+(?i:at|in|on|à|a|en|el|le)\b",
    )
});

/// The date in the closing formula ("Done at … this 5th day of May 2019").
fn date(agreement: &Agreement) -> Option<String> {
    // The names of those who signed follow; the date stands at the beginning.
    const LOOKED_AT: usize = 1200;
    // Where the signatures are no provision of their own, the formula is one sentence.
    const SENTENCE: usize = 300;
    let text = &agreement.document.text;
    let words = |start: usize, end: usize| Span::new(start, floor_boundary(text, end.min(text.len()))).of(text);
    let signature = agreement.provisions.iter().find(|provision| provision.kind == Kind::Signature);
    signature
        .and_then(|found| date_in(words(found.span.start, found.span.end.min(found.span.start + LOOKED_AT))))
        .or_else(|| CLOSING.find_iter(text).find_map(|found| date_in(words(found.start(), found.start() + SENTENCE))))
}

/// The first day that words name: "5 mai 2019", "May 5, 2019", "the fifth day of May, two thousand and nineteen".
fn date_in(words: &str) -> Option<String> {
    let tokens: Vec<String> =
        words.split(|c: char| !c.is_alphanumeric() && c != 'º').filter(|token| !token.is_empty()).map(str::to_lowercase).collect();
    tokens.iter().enumerate().find_map(|(at, token)| {
        let month = MONTHS.iter().position(|names| names.contains(&token.as_str()))? + 1;
        let (before, after) = (&tokens[..at], &tokens[at + 1..]);
        let american = || {
            let (first, rest) = after.split_first()?;
            Some((numeral(first)?, year(rest)?))
        };
        let (day, year) = match (day_before(before), year(after)) {
            (Some(day), Some(year)) => (day, year),
            _ => american()?,
        };
        Some(format!("{year}-{month:02}-{day:02}"))
    })
}

/// A day in digits, with or without the ending of an ordinal: `5`, `5th`, `1er`, `1º`.
fn numeral(token: &str) -> Option<u32> {
    let letters = token.trim_start_matches(|c: char| c.is_ascii_digit());
    let day = token[..token.len() - letters.len()].parse().ok()?;
    (["", "st", "nd", "rd", "th", "er", "º", "o"].contains(&letters) && (1..=31).contains(&day)).then_some(day)
}

/// The day before a month.
fn day_before(tokens: &[String]) -> Option<u32> {
    const BETWEEN: [&str; 13] = ["day", "of", "de", "del", "mes", "día", "dia", "días", "dias", "the", "th", "st", "nd"];
    let kept = tokens.iter().rposition(|token| !BETWEEN.contains(&token.as_str()))?;
    numeral(&tokens[kept]).or_else(|| in_words(&tokens[..=kept], true, 31))
}

/// The longest number in words, of at most three, at the end of the tokens or at their beginning.
fn in_words(tokens: &[String], at_the_end: bool, most: u32) -> Option<u32> {
    (1..=tokens.len().min(3)).rev().find_map(|length| {
        let part = if at_the_end { &tokens[tokens.len() - length..] } else { &tokens[..length] };
        // The library reads what it can: the words must all be of the number.
        if part.iter().any(|word| number_words::value(word).is_none() && !["y", "et", "and", "vingts"].contains(&word.as_str())) {
            return None;
        }
        number_words::value(&part.join(" ")).filter(|value| (1..=most).contains(value))
    })
}

/// The year behind a month, in digits or in words.
fn year(tokens: &[String]) -> Option<u32> {
    const BETWEEN: [&str; 12] = ["of", "the", "in", "year", "de", "del", "año", "ano", "our", "lord", "l", "an"];
    const THOUSANDS: [(&[&str], u32); 9] = [
        (&["two", "thousand"], 2000),
        (&["deux", "mille"], 2000),
        (&["deux", "mil"], 2000),
        (&["dos", "mil"], 2000),
        (&["one", "thousand", "nine", "hundred"], 1900),
        (&["nineteen", "hundred"], 1900),
        (&["mil", "neuf", "cent"], 1900),
        (&["mille", "neuf", "cent"], 1900),
        (&["mil", "novecientos"], 1900),
    ];
    let start = tokens.iter().position(|token| !BETWEEN.contains(&token.as_str()))?;
    let tokens = &tokens[start..];
    if let Some(year) = tokens[0].parse().ok().filter(|year| (1900..2100).contains(year)) {
        return Some(year);
    }
    THOUSANDS.iter().find_map(|(words, base)| {
        let same = tokens.len() >= words.len() && words.iter().zip(tokens).all(|(word, token)| word == token);
        let rest = same.then(|| &tokens[words.len()..])?;
        let rest = rest.split_first().filter(|(first, _)| *first == "and").map_or(rest, |(_, rest)| rest);
        Some(base + in_words(rest, false, 99).unwrap_or(0))
    })
}

#[cfg(test)]
mod tests {
    use super::{date_in, facts};
    use crate::document;
    use crate::rules::Parties;
    use crate::structure::Agreement;

    #[test]
    fn dates_in_three_languages() {
        for text in [
            "this 5th day of May 2019",
            "May 5, 2019",
            "May 5th, 2019",
            "le 5 mai 2019",
            "5 de mayo de 2019",
            "this 5 th day of May of 2019",
            "on the fifth day of May in the year two thousand and nineteen",
            "el cinco de mayo de dos mil diecinueve",
            "el día cinco del mes de mayo de dos mil diecinueve",
            "this fifth day of May, 2019",
            "this 5th day of May, two-thousand and nineteen, in two originals",
            "on this 5-th day of May of the year two thousand and nineteen",
        ] {
            assert_eq!(date_in(text).as_deref(), Some("2019-05-05"), "{text}");
        }
        for text in [
            "this twenty-first day of August, One thousand nine hundred and ninety-five",
            "21 August nineteen hundred and ninety five",
            "le vingt et un août mil neuf cent quatre-vingt-quinze",
            "el veintiuno de agosto de mil novecientos noventa y cinco",
        ] {
            assert_eq!(date_in(text).as_deref(), Some("1995-08-21"), "{text}");
        }
        assert_eq!(date_in("the first day of March two thousand, in two originals").as_deref(), Some("2000-03-01"));
    }

    #[test]
    fn what_is_left_open_is_no_date() {
        for text in ["this ____ day of May 2019", "this 5th day of ____ 2019", "in May 2019", "on 5 May", "the 45th of May 2019"] {
            assert_eq!(date_in(text), None, "{text}");
        }
    }

    #[test]
    fn a_closing_formula_inside_the_last_article_is_found() {
        let text = "PACT OF NORRLAND\n\nArticle 1\nScope\nIt respects the pact done at Saltmere on 3 April 1999.\n\nArticle 2\nEnd\nIt lasts for ever. Done at Norrland on 5 May 2019 in two originals.\n";
        let agreement = Agreement::new(document::read(text.as_bytes()).expect("text"));
        assert_eq!(facts(&agreement, &Parties::default()).date.as_deref(), Some("2019-05-05"));
    }
}
