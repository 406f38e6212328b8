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

static DATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:(?P<day>\d{1,2})(?:st|nd|rd|th|er|º)?\s+(?:day\s+of\s+|de\s+)?(?P<month>\p{L}{3,12})|(?P<month2>\p{L}{3,12})\s+(?P<day2>\d{1,2})),?\s+(?:de\s+|in the year\s+)?(?P<year>(?:19|20)\d\d)\b",
    )
});

/// The months in the three languages.
const MONTHS: [[&str; 3]; 12] = [
    ["january", "janvier", "enero"],
    ["february", "février", "febrero"],
    ["march", "mars", "marzo"],
    ["april", "avril", "abril"],
    ["may", "mai", "mayo"],
    ["june", "juin", "junio"],
    ["july", "juillet", "julio"],
    ["august", "août", "agosto"],
    ["september", "septembre", "septiembre"],
    ["october", "octobre", "octubre"],
    ["november", "novembre", "noviembre"],
    ["december", "décembre", "diciembre"],
];

/// The date in the closing formula ("Done at … this 5th day of May 2019").
fn date(agreement: &Agreement) -> Option<String> {
    let signature = agreement.provisions.iter().find(|provision| provision.kind == Kind::Signature)?;
    // The names of those who signed follow; the date stands at the beginning.
    const LOOKED_AT: usize = 1200;
    let text = &agreement.document.text;
    let end = floor_boundary(text, signature.span.end.min(signature.span.start + LOOKED_AT));
    let words = Span::new(signature.span.start, end).of(text);
    date_in_words(words).or_else(|| date_in_digits(words))
}

static DATE_IN_WORDS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?P<day>\p{L}+(?:-\p{L}+)?)\s+(?:day\s+of|de)\s+(?P<month>\p{L}{3,12}),?\s+(?:in\s+the\s+year\s+|de\s+|del\s+año\s+)?(?:two\s+thousand(?:\s+and)?|dos\s+mil|(?P<year>(?:19|20)\d\d))(?:\s+(?P<rest>\p{L}+(?:-\p{L}+)?))?",
    )
});

/// "the fourteenth day of June two thousand and sixteen", "el veintiuno de septiembre de dos mil doce".
fn date_in_words(words: &str) -> Option<String> {
    DATE_IN_WORDS.captures_iter(words).find_map(|found| {
        let day = number_words::value(&found["day"]).filter(|day| (1..=31).contains(day))?;
        let month = month(&found["month"])?;
        let year = match found.name("year") {
            Some(year) => year.as_str().parse().ok()?,
            None => 2000 + found.name("rest").and_then(|rest| number_words::value(rest.as_str())).unwrap_or(0),
        };
        Some(format!("{year}-{month:02}-{day:02}"))
    })
}

/// The number of a month.
fn month(name: &str) -> Option<usize> {
    let lower = name.to_lowercase();
    MONTHS.iter().position(|names| names.contains(&lower.as_str())).map(|index| index + 1)
}

fn date_in_digits(words: &str) -> Option<String> {
    DATE.captures_iter(words).find_map(|found| {
        let part = |one: &str, other: &str| found.name(one).or_else(|| found.name(other)).map(|part| part.as_str().to_lowercase());
        let month = month(&part("month", "month2")?)?;
        let day: u32 = part("day", "day2")?.parse().ok().filter(|day| (1..=31).contains(day))?;
        Some(format!("{}-{month:02}-{day:02}", &found["year"]))
    })
}

#[cfg(test)]
mod tests {
    use super::{date_in_digits, date_in_words};

    #[test]
    fn dates_in_three_languages() {
        for text in ["this 5th day of May 2019", "May 5, 2019", "le 5 mai 2019", "5 de mayo de 2019"] {
            assert_eq!(date_in_digits(text).as_deref(), Some("2019-05-05"), "{text}");
        }
        for text in [
            "on the fifth day of May in the year two thousand and nineteen",
            "el cinco de mayo de dos mil diecinueve",
            "this fifth day of May, 2019",
        ] {
            assert_eq!(date_in_words(text).as_deref(), Some("2019-05-05"), "{text}");
        }
    }
}
