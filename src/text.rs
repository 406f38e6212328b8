//! Small helpers on text that several rooms share: character boundaries, constant patterns. Nothing here knows of treaties.

use regex::Regex;

/// The last character boundary at or before `at` (bytes); the end of the text where `at` lies behind it.
pub(crate) fn floor_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// The first character boundary at or after `at` (bytes); the end of the text where `at` lies behind it.
pub(crate) fn ceil_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// The words on one line, single spaces between them.
pub(crate) fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `1 fault`, `2 faults`.
pub(crate) fn counted(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// The signs of Roman numbers, in lower case, the greatest first.
pub(crate) const ROMAN_SIGNS: [(u32, &str); 13] = [
    (1000, "m"),
    (900, "cm"),
    (500, "d"),
    (400, "cd"),
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
];

/// A number as a Roman one, in lower case; every thousand is another `m`.
pub(crate) fn roman_number(mut value: u32) -> String {
    let mut out = String::new();
    for (worth, sign) in ROMAN_SIGNS {
        while value >= worth {
            out.push_str(sign);
            value -= worth;
        }
    }
    out
}

/// 1 as `a`, 26 as `z`, then the letter repeated: 27 as `aa`, 28 as `bb`.
pub(crate) fn repeated_letter(value: u32) -> String {
    let index = value.saturating_sub(1);
    let letter = char::from(b'a' + u8::try_from(index % 26).unwrap_or_default());
    std::iter::repeat_n(letter, index as usize / 26 + 1).collect()
}

/// A regular expression that is a constant of the program.
#[allow(clippy::expect_used, reason = "the patterns are constants, and tests of their modules run them")]
pub(crate) fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a constant pattern")
}

/// Whether the words are a day of the calendar, `2019-05-31`.
pub(crate) fn is_date(date: &str) -> bool {
    let mut parts = date.split('-').map(|part| (part.len(), part.bytes().all(|b| b.is_ascii_digit()), part.parse::<u32>().ok()));
    let (Some((4, true, Some(year))), Some((2, true, Some(month))), Some((2, true, Some(day))), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    year > 0 && (1..=days).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::is_date;

    #[test]
    fn only_days_of_the_calendar_are_dates() {
        let kept: Vec<&str> =
            ["2019-05-31", "2019-06-31", "2019-02-29", "2020-02-29", "1900-02-29", "2019-5-31", "2019", "2019-05-31T10:00", "+019-05-31"]
                .into_iter()
                .filter(|date| is_date(date))
                .collect();
        assert_eq!(kept, ["2019-05-31", "2020-02-29"]);
    }
}
