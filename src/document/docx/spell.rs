//! Numbers as Word spells them: letters, Roman numerals, words (English only).

use crate::text::{repeated_letter, roman_number};

/// Largest number written in letters or Roman numerals; beyond it the words would grow without end.
const MAX_SPELLED: u32 = 3999;
/// Largest number written in words.
const MAX_WORDS: u32 = 9999;
const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] = ["", "ten", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// A number in a format of Word.
pub(in super::super) fn spell(value: u32, format: &str) -> String {
    let spelled = (1..=MAX_SPELLED).contains(&value);
    match format {
        "none" => String::new(),
        "lowerRoman" if spelled => roman_number(value),
        "upperRoman" if spelled => roman_number(value).to_uppercase(),
        "lowerLetter" if spelled => repeated_letter(value),
        "upperLetter" if spelled => repeated_letter(value).to_uppercase(),
        "decimalZero" => format!("{value:02}"),
        "numberInDash" => format!("- {value} -"),
        "decimalEnclosedParen" => format!("({value})"),
        "decimalEnclosedFullstop" => format!("{value}."),
        "hex" => format!("{value:X}"),
        "chicago" if spelled => chicago(value),
        "cardinalText" if (1..=MAX_WORDS).contains(&value) => capital(&cardinal(value)),
        "ordinalText" if (1..=MAX_WORDS).contains(&value) => capital(&ordinal(value)),
        "ordinal" => {
            let end = match (value % 10, value % 100) {
                (_, 11..=13) => "th",
                (1, _) => "st",
                (2, _) => "nd",
                (3, _) => "rd",
                _ => "th",
            };
            format!("{value}{end}")
        }
        _ => value.to_string(),
    }
}

/// `*`, `†`, `‡`, `§`, then doubled: the marks of notes in the Chicago manual.
fn chicago(value: u32) -> String {
    let index = value.saturating_sub(1) as usize;
    std::iter::repeat_n(["*", "†", "‡", "§"][index % 4], index / 4 + 1).collect()
}

/// A number below [`MAX_WORDS`] in words: "one hundred twenty-three".
fn cardinal(value: u32) -> String {
    let part = |value: u32, unit: u32, name: &str| {
        let rest = value % unit;
        let head = format!("{} {name}", cardinal(value / unit));
        if rest == 0 { head } else { format!("{head} {}", cardinal(rest)) }
    };
    match value {
        0..20 => ONES[value as usize].to_owned(),
        20..100 => {
            let ten = TENS[value as usize / 10];
            if value.is_multiple_of(10) { ten.to_owned() } else { format!("{ten}-{}", ONES[value as usize % 10]) }
        }
        100..1000 => part(value, 100, "hundred"),
        _ => part(value, 1000, "thousand"),
    }
}

/// The same as an ordinal: "one hundred twenty-third".
fn ordinal(value: u32) -> String {
    let words = cardinal(value);
    let at = words.rfind([' ', '-']).map_or(0, |at| at + 1);
    let (head, last) = words.split_at(at);
    let last = match last {
        "one" => "first".to_owned(),
        "two" => "second".to_owned(),
        "three" => "third".to_owned(),
        "five" => "fifth".to_owned(),
        "eight" => "eighth".to_owned(),
        "nine" => "ninth".to_owned(),
        "twelve" => "twelfth".to_owned(),
        ten if ten.ends_with('y') => format!("{}ieth", &ten[..ten.len() - 1]),
        other => format!("{other}th"),
    };
    format!("{head}{last}")
}

fn capital(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

#[cfg(test)]
mod tests {
    use super::spell;

    #[test]
    fn formats() {
        let shown = [
            (27, "lowerLetter"),
            (4, "upperRoman"),
            (12, "ordinal"),
            (5, "decimalZero"),
            (0, "lowerRoman"),
            (1 << 30, "upperLetter"),
            (6, "chicago"),
        ]
        .map(|(value, format)| spell(value, format));
        assert_eq!(shown, ["aa", "IV", "12th", "05", "0", "1073741824", "††"]);
    }

    #[test]
    fn words() {
        assert_eq!(
            [1, 21, 123, 2000, 10_000].map(|value| spell(value, "cardinalText")),
            ["One", "Twenty-one", "One hundred twenty-three", "Two thousand", "10000"]
        );
        assert_eq!(
            [1, 12, 20, 35, 108].map(|value| spell(value, "ordinalText")),
            ["First", "Twelfth", "Twentieth", "Thirty-fifth", "One hundred eighth"]
        );
    }
}
