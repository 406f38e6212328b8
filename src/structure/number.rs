//! The numbers of treaties, read with nom: `8.2`, `XII`, `20-A`, `5 bis`, `premier`, `Twenty-One`, `[X]`, `X.5`, `B`.
//!
//! A number is read as all the things that it can be; which of them it is, the sequence decides (`i` is a letter or
//! Roman one, `C` a letter or Roman hundred). Nothing here looks at what stands around the number.

use super::number_words;
use crate::text::{ROMAN_SIGNS, one_line, roman_number};
use nom::branch::alt;
use nom::bytes::complete::{tag, tag_no_case, take_while1};
use nom::character::complete::{char, digit1, one_of, satisfy, space0};
use nom::combinator::{map, not, opt, peek, recognize, value, verify};
use nom::multi::many0;
use nom::sequence::{delimited, pair, preceded, terminated};
use nom::{IResult, Parser};

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Style {
    /// `8`, `8.2`, `G-01`.
    Digits,
    /// `XII`, `iv`.
    Roman,
    /// `B`, `c`, `aa`.
    Letter,
    /// `One`, `premier`.
    Word,
    /// `[X]`, `[…]`: a number that the draft leaves open.
    Open,
}

/// One reading of a number: its style and its value from the outermost part to the innermost (`8.2` is `[8, 2]`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// How it is written.
    pub style: Style,
    /// The values; never empty except for [`Style::Open`].
    pub parts: Vec<u32>,
    /// `bis`, `ter`, `-A` and the like as 1, 2, 1 …; 0 without.
    pub suffix: u32,
}

impl Reading {
    fn new(style: Style, parts: Vec<u32>, suffix: u32) -> Self {
        Self { style, parts, suffix }
    }

    /// Whether this number directly follows `before` in a count: `8.3` after `8.2`, `9.1` after `8.12`, `5 bis` after `5`.
    #[must_use]
    pub fn follows(&self, before: &Self) -> bool {
        if self.parts.is_empty() || before.parts.is_empty() {
            return false;
        }
        if self.style == before.style && self.parts == before.parts {
            return self.suffix == before.suffix + 1;
        }
        if self.suffix > 1 || !comparable(self.style, before.style) {
            return false;
        }
        let (last, head) = self.parts.split_last().unwrap_or((&0, &[]));
        let (before_last, before_head) = before.parts.split_last().unwrap_or((&0, &[]));
        if head.len() == before_head.len() && head == before_head {
            return *last == before_last + 1;
        }
        // The first of the next chapter: 9.1 after 8.12, G-01 after F-09.
        if head.len() == before_head.len() && *last <= 1 {
            let (step, outer) = head.split_last().unwrap_or((&0, &[]));
            let (before_step, before_outer) = before_head.split_last().unwrap_or((&0, &[]));
            return outer == before_outer && *step == before_step + 1;
        }
        false
    }

    /// How many numbers are skipped when this one comes after `before`; `None` when it does not come after it.
    #[must_use]
    pub fn skips(&self, before: &Self) -> Option<u32> {
        if !comparable(self.style, before.style) || self.parts.len() != before.parts.len() {
            return None;
        }
        let (last, head) = self.parts.split_last()?;
        let (before_last, before_head) = before.parts.split_last()?;
        if head == before_head {
            return last.checked_sub(*before_last)?.checked_sub(1);
        }
        if head > before_head {
            Some(last.saturating_sub(1) + head.last()?.saturating_sub(*before_head.last()?).saturating_sub(1))
        } else {
            None
        }
    }

    /// Whether a count can begin with this number: `1`, `I`, `a`, `3.1`, `G-01`.
    #[must_use]
    pub fn is_first(&self) -> bool {
        self.suffix == 0 && self.parts.last().is_some_and(|last| *last <= 1)
    }
}

/// Words and digits may follow one another (`Article premier`, `Article 2`).
fn comparable(one: Style, other: Style) -> bool {
    one == other || matches!((one, other), (Style::Word, Style::Digits) | (Style::Digits, Style::Word))
}

/// A number as it stands in the text, with every reading that it allows (most likely first).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Number {
    /// As written, without brackets: `8.2`, `XII`, `5 bis`.
    pub text: String,
    /// All readings; at least one.
    pub readings: Vec<Reading>,
}

impl Number {
    /// Whether some reading of this number directly follows some reading of `before`.
    #[must_use]
    pub fn follows(&self, before: &Self) -> bool {
        self.readings.iter().any(|reading| before.readings.iter().any(|earlier| reading.follows(earlier)))
    }

    /// The smallest number of numbers skipped after `before`, over all readings.
    #[must_use]
    pub fn skips(&self, before: &Self) -> Option<u32> {
        self.readings.iter().flat_map(|reading| before.readings.iter().filter_map(|earlier| reading.skips(earlier))).min()
    }

    /// Whether some reading can begin a count.
    #[must_use]
    pub fn is_first(&self) -> bool {
        self.readings.iter().any(Reading::is_first)
    }

    /// Whether the draft leaves the number open, or may.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.readings.iter().any(|reading| reading.style == Style::Open)
    }

    /// Whether two numbers are the same in some reading.
    #[must_use]
    pub fn same(&self, other: &Self) -> bool {
        self.readings.iter().any(|reading| reading.style != Style::Open && other.readings.contains(reading))
    }
}

/// Reads the number of a heading at the start of `input`; gives the number and how many bytes it takes.
///
/// # Example
/// ```
/// use clausula::structure::number::heading_number;
/// let (number, length) = heading_number("28.9 bis: Scope").expect("a number");
/// assert_eq!((number.text.as_str(), length), ("28.9 bis", 8));
/// assert!(heading_number("shall apply").is_none());
/// ```
#[must_use]
pub fn heading_number(input: &str) -> Option<(Number, usize)> {
    let (rest, number) =
        alt((draft_number, open_number, open_article, digits_number, open_mark, named_number, word_number, roman_or_letter))
            .parse(input)
            .ok()?;
    let rest = old_number(rest).map_or(rest, |(after, _)| after);
    Some((number, input.len() - rest.len()))
}

/// Reads the label of a paragraph or item without its brackets: `1`, `b`, `iv`, `aa`, `4.2`; all readings that it allows.
#[must_use]
pub fn label(input: &str) -> Option<Number> {
    let mut readings = Vec::new();
    if input.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        let parts: Option<Vec<u32>> = input.split('.').map(|part| part.parse().ok().filter(|_| part.len() <= 3)).collect();
        readings.push(Reading::new(Style::Digits, parts?, 0));
    } else {
        let lower = input.to_ascii_lowercase();
        let same_case = input.bytes().all(|byte| byte.is_ascii_lowercase()) || input.bytes().all(|byte| byte.is_ascii_uppercase());
        if !same_case {
            // "5bis", "1a": a digit label with a suffix.
            let digits = input.len() - input.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let parts = vec![input.get(..digits)?.parse().ok()?];
            let suffix = suffix_value(lower.get(digits..)?)?;
            readings.push(Reading::new(Style::Digits, parts, suffix));
        } else {
            if let Some(letter) = letter_value(&lower) {
                readings.push(Reading::new(Style::Letter, vec![letter], 0));
            }
            if let Some(roman) = roman_value(&lower) {
                readings.push(Reading::new(Style::Roman, vec![roman], 0));
            }
        }
    }
    if readings.is_empty() { None } else { Some(Number { text: input.to_owned(), readings }) }
}

/// `[X]`, `[…]`, `[ ]`, `[12]`, `[..]`.
fn open_number(input: &str) -> IResult<&str, Number> {
    let (rest, inner) = (char('['), take_bracket, char(']')).map(|(_, inner, _)| inner).parse(input)?;
    let inner = inner.trim();
    let reading = match heading_number(inner) {
        Some((mut number, length)) if length == inner.len() => {
            // `[X]` is ten or a number that nobody has settled.
            if inner.bytes().all(|b| matches!(b, b'X' | b'Y' | b'Z' | b'N')) {
                number.readings.push(Reading::new(Style::Open, Vec::new(), 0));
            }
            return Ok((rest, number));
        }
        _ => Reading::new(Style::Open, Vec::new(), 0),
    };
    Ok((rest, Number { text: format!("[{inner}]"), readings: vec![reading] }))
}

/// What may stand in the brackets of an open number.
fn take_bracket(input: &str) -> IResult<&str, &str> {
    alt((verify(take_while1(|c: char| !matches!(c, '[' | ']' | '\n')), |inner: &str| inner.chars().count() <= 8), tag(""))).parse(input)
}

/// `8`, `8.2`, `104.1`, `1-1`, `G-01`, `N-10`, with `bis` or `-A`.
fn digits_number(input: &str) -> IResult<&str, Number> {
    let prefix = opt(terminated(satisfy(|c| c.is_ascii_uppercase()), pair(one_of("-."), peek(digit1))));
    let separator = alt((recognize(pair(one_of(".-–:"), peek(digit1))), tag(" .").and(peek(digit1)).map(|(dot, _)| dot)));
    let (rest, (prefix, first, more)) = (prefix, short_digits, many0(preceded(separator, short_digits))).parse(input)?;
    let mut parts: Vec<u32> = prefix.map(|letter| letter as u32 - 'A' as u32 + 1).into_iter().collect();
    parts.push(first);
    parts.extend(more);
    let (rest, _) = opt(ordinal_mark).parse(rest)?;
    let (rest, suffix) = opt(suffix).parse(rest)?;
    let (rest, ()) = boundary(rest)?;
    let text = written(input, rest);
    Ok((rest, Number { text, readings: vec![Reading::new(Style::Digits, parts, suffix.unwrap_or(0))] }))
}

/// `XX.12`, `[X].3`, `[..].3`: the chapter is open, the article is not. A single letter counts as in `X.3`.
fn draft_number(input: &str) -> IResult<&str, Number> {
    let letters = take_while1(|c| matches!(c, 'X' | 'Y' | 'Z'));
    let (rest, (chapter, article)) =
        (alt((recognize((char('['), take_bracket, char(']'))), letters)), preceded(one_of(".-"), short_digits)).parse(input)?;
    let (rest, suffix) = opt(suffix).parse(rest)?;
    let (rest, ()) = boundary(rest)?;
    let value = match chapter.trim_matches(['[', ']']) {
        "X" => 24,
        "Y" => 25,
        "Z" => 26,
        _ => 0,
    };
    let reading = Reading::new(Style::Digits, vec![value, article], suffix.unwrap_or(0));
    Ok((rest, Number { text: written(input, rest), readings: vec![reading] }))
}

/// `NN`, `#`: a number that is still to be given.
fn open_mark(input: &str) -> IResult<&str, Number> {
    let (rest, _) = alt((tag("NN"), take_while1(|c| c == '#'))).parse(input)?;
    let (rest, ()) = boundary(rest)?;
    Ok((rest, Number { text: written(input, rest), readings: vec![Reading::new(Style::Open, Vec::new(), 0)] }))
}

/// The old number of an article that was renumbered, behind the new one: ` [8]`, ` (ex 7)`, ` (formerly Article 9)`.
fn old_number(input: &str) -> IResult<&str, ()> {
    let chapter = opt(pair(alt((recognize(short_digits), tag("XX"), tag("X"))), char('.')));
    let brackets = delimited(char('['), (opt(tag_no_case("ex ")), chapter, short_digits), char(']'));
    let word = alt((tag("ex"), tag("formerly"), tag("former"), tag("anciennement"), tag("ancien"), tag("antes"), tag("antiguo")));
    let old = verify(take_while1(|c: char| !matches!(c, ')' | '(' | '\n')), |old: &str| old.len() <= 40 && old.contains(char::is_numeric));
    let parentheses = delimited(char('('), (word, one_of(" -."), old), char(')'));
    let (rest, ()) = preceded(space0, alt((value((), brackets), value((), parentheses)))).parse(input)?;
    value((), not(satisfy(|c: char| c.is_alphanumeric() || matches!(c, '[' | '(' | ',' | ';' | ')')))).parse(rest)
}

/// `ORIG.1`, `SERVIN-2.3`: the name of the chapter in capitals stands before the number.
fn named_number(input: &str) -> IResult<&str, Number> {
    const LONGEST: usize = 10;
    let (rest, (name, _, first, more)) = (
        verify(take_while1(|c: char| c.is_ascii_uppercase()), |name: &str| (2..=LONGEST).contains(&name.len())),
        one_of(".-"),
        short_digits,
        many0(preceded(pair(one_of(".-"), peek(digit1)), short_digits)),
    )
        .parse(input)?;
    let (rest, suffix) = opt(suffix).parse(rest)?;
    let (rest, ()) = boundary(rest)?;
    // Another name is another chapter; which comes first, the names do not tell, unless they are Roman numbers.
    let spelled = name.bytes().take(6).fold(0, |value, byte| value * 27 + u32::from(byte - b'A') + 1);
    let parts = [roman_value(&name.to_ascii_lowercase()).unwrap_or(spelled), first].into_iter().chain(more).collect();
    Ok((rest, Number { text: written(input, rest), readings: vec![Reading::new(Style::Digits, parts, suffix.unwrap_or(0))] }))
}

/// `7.X`: the chapter is settled, the article is not.
fn open_article(input: &str) -> IResult<&str, Number> {
    let (rest, _) = (
        short_digits,
        one_of(".-"),
        alt((recognize(take_while1(|c| matches!(c, 'X' | 'Y' | 'Z'))), recognize((char('['), take_bracket, char(']'))))),
    )
        .parse(input)?;
    let (rest, ()) = boundary(rest)?;
    Ok((rest, Number { text: written(input, rest), readings: vec![Reading::new(Style::Open, Vec::new(), 0)] }))
}

/// Digits that can be a number of a provision: more than four are a year or a statute.
fn short_digits(input: &str) -> IResult<&str, u32> {
    map(verify(digit1, |digits: &str| digits.len() <= 4), |digits: &str| digits.parse().unwrap_or(0)).parse(input)
}

/// What makes a number an ordinal: `1er`, `Ier`, `1ère`, `1º`.
fn ordinal_mark(input: &str) -> IResult<&str, &str> {
    terminated(alt((tag("ère"), tag("ere"), tag("er"), tag("ER"), tag("re"), tag("º"), tag("ª"))), boundary).parse(input)
}

/// `bis`, `ter`, `-A`, `A` right after a number.
fn suffix(input: &str) -> IResult<&str, u32> {
    let latin = map(preceded(pair(space0, opt(char('-'))), take_while1(|c: char| c.is_ascii_alphabetic())), latin_suffix);
    let letter =
        map(terminated(preceded(opt(one_of("-–.")), satisfy(|c| c.is_ascii_uppercase())), boundary), |c| Some(c as u32 - 'A' as u32 + 1));
    let (rest, found) = alt((map(alternative, Some), verify(latin, Option::is_some), letter)).parse(input)?;
    Ok((rest, found.unwrap_or(0)))
}

/// ` alt`, ` Alternative 2` after the number, with nothing but a heading's mark behind it: another wording of the article.
fn alternative(input: &str) -> IResult<&str, u32> {
    let word = alt((tag_no_case("alternative"), tag_no_case("alternativa"), tag_no_case("alt."), tag_no_case("alt")));
    let which = opt(preceded(space0, short_digits));
    let (rest, which) = preceded(pair(space0, opt(char('-'))), preceded(word, which)).parse(input)?;
    let end = not(satisfy(|c: char| !matches!(c, '\n' | '\r' | ':' | ']' | '.' | '–' | '—')));
    let (rest, ()) = preceded(peek(preceded(space0, end)), value((), tag(""))).parse(rest)?;
    Ok((rest, which.unwrap_or(1)))
}

fn latin_suffix(word: &str) -> Option<u32> {
    const LATIN: [&str; 9] = ["bis", "ter", "quater", "quinquies", "sexies", "septies", "octies", "novies", "decies"];
    let lower = word.to_ascii_lowercase();
    LATIN.iter().position(|name| *name == lower).and_then(|index| u32::try_from(index + 1).ok())
}

/// `bis` or one letter.
fn suffix_value(text: &str) -> Option<u32> {
    latin_suffix(text).or_else(|| if text.len() == 1 { letter_value(text) } else { None })
}

/// A Roman number in capitals, or a single capital letter.
fn roman_or_letter(input: &str) -> IResult<&str, Number> {
    let (rest, capitals) = verify(take_while1(|c: char| c.is_ascii_uppercase()), |word: &str| word.len() <= 8).parse(input)?;
    let (rest, _) = opt(ordinal_mark).parse(rest)?;
    let (rest, suffix) = opt(suffix).parse(rest)?;
    let (rest, ()) = boundary(rest)?;
    let lower = capitals.to_ascii_lowercase();
    let suffix = suffix.unwrap_or(0);
    let mut readings: Vec<Reading> = roman_value(&lower).map(|roman| Reading::new(Style::Roman, vec![roman], suffix)).into_iter().collect();
    if capitals.len() == 1
        && let Some(letter) = letter_value(&lower)
    {
        readings.push(Reading::new(Style::Letter, vec![letter], suffix));
    }
    if readings.is_empty() {
        return Err(nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify)));
    }
    Ok((rest, Number { text: written(input, rest), readings }))
}

/// A number in words: `One`, `Twenty-One`, `FIRST`, `premier`, `Primero`, `Único`.
fn word_number(input: &str) -> IResult<&str, Number> {
    let (rest, _) = opt(alt((tag("the "), tag("The ")))).parse(input)?;
    let failure = || nom::Err::Error(nom::error::Error::new(input, nom::error::ErrorKind::Verify));
    let (number, length) = number_words::leading(rest).ok_or_else(failure)?;
    let (rest, ()) = boundary(&rest[length..])?;
    Ok((rest, Number { text: written(input, rest), readings: vec![Reading::new(Style::Word, vec![number], 0)] }))
}

/// The number must not run on into a word.
fn boundary(input: &str) -> IResult<&str, ()> {
    value((), not(satisfy(char::is_alphanumeric))).parse(input)
}

/// What was read, with inner spaces as one.
fn written(input: &str, rest: &str) -> String {
    one_line(&input[..input.len() - rest.len()])
}

/// `a` is 1, `z` is 26, `aa` is 27, `bb` is 28 (the count goes on with doubled letters).
fn letter_value(lower: &str) -> Option<u32> {
    let first = lower.bytes().next().filter(u8::is_ascii_lowercase)?;
    if lower.len() > 3 || lower.bytes().any(|byte| byte != first) {
        return None;
    }
    Some(u32::from(first - b'a') + 1 + 26 * (u32::try_from(lower.len()).ok()? - 1))
}

/// The value of a Roman number in lower case, only where it is written the classical way.
#[must_use]
pub fn roman_value(lower: &str) -> Option<u32> {
    let (mut rest, mut total) = (lower, 0_u32);
    for (amount, digit) in ROMAN_SIGNS {
        while let Some(after) = rest.strip_prefix(digit) {
            (rest, total) = (after, total + amount);
            if total > 399 {
                return None;
            }
        }
    }
    (rest.is_empty() && total > 0 && roman_number(total) == lower).then_some(total)
}

#[cfg(test)]
mod tests {
    use super::{Style, heading_number, label, roman_value};

    #[test]
    fn numbers_of_headings() {
        for (input, text, parts, suffix) in [
            ("5", "5", vec![5], 0),
            ("V", "V", vec![5], 0),
            ("5.3 Scope", "5.3", vec![5, 3], 0),
            ("5 bis", "5 bis", vec![5], 1),
            ("5bis:", "5bis", vec![5], 1),
            ("20-A", "20-A", vec![20], 1),
            ("14A", "14A", vec![14], 1),
            ("104.1", "104.1", vec![104, 1], 0),
            ("1-1\n", "1-1", vec![1, 1], 0),
            ("G-05", "G-05", vec![7, 5], 0),
            ("the Third", "the Third", vec![3], 0),
            ("premier", "premier", vec![1], 0),
            ("TWENTY-ONE", "TWENTY-ONE", vec![21], 0),
            ("TWENTY ONE General", "TWENTY ONE", vec![21], 0),
            ("TWENTY GOODS", "TWENTY", vec![20], 0),
            ("XII – Trade", "XII", vec![12], 0),
            ("1er\n", "1er", vec![1], 0),
            ("Ier – Objet", "Ier", vec![1], 0),
            ("3º.- Las Partes", "3º", vec![3], 0),
            ("Vigésimo Primero", "Vigésimo Primero", vec![21], 0),
            ("X.5", "X.5", vec![24, 5], 0),
            ("XX.5", "XX.5", vec![0, 5], 0),
            ("7.X: Culture", "7.X", vec![], 0),
            ("[X].5", "[X].5", vec![24, 5], 0),
            ("[..].5 Scope", "[..].5", vec![0, 5], 0),
            ("5 alt\n", "5 alt", vec![5], 1),
            ("X.5 Alternative 2: Scope", "X.5 Alternative 2", vec![24, 5], 2),
            ("5 Alternative Dispute Resolution", "5", vec![5], 0),
            ("NN\n", "NN", vec![], 0),
            ("#: Scope", "#", vec![], 0),
            ("5. The Parties", "5", vec![5], 0),
            ("DÉCIMO TERCERO", "DÉCIMO TERCERO", vec![13], 0),
            ("Décimo Disposiciones", "Décimo", vec![10], 0),
            ("DEUXIEME", "DEUXIEME", vec![2], 0),
            ("Tercera", "Tercera", vec![3], 0),
        ] {
            let (number, _) = heading_number(input).expect(input);
            assert_eq!(number.text, text, "{input}");
            assert_eq!((&number.readings[0].parts, number.readings[0].suffix), (&parts, suffix), "{input}");
        }
    }

    #[test]
    fn open_numbers_of_drafts() {
        for input in ["[X]", "[..]", "[ ]", "[…]"] {
            assert_eq!(
                heading_number(input).expect(input).0.readings[0].style,
                if input == "[X]" { Style::Roman } else { Style::Open },
                "{input}"
            );
        }
    }

    #[test]
    fn old_numbers_are_no_heading() {
        for (input, text, rest) in [
            ("7 [8]\nScope", "7", "\nScope"),
            ("7[8]: Scope", "7", ": Scope"),
            ("X.3 [X.4]\nScope", "X.3", "\nScope"),
            ("11 (ex 7)", "11", ""),
            ("11 (formerly Article 9.2) Scope", "11", " Scope"),
            ("11 (Exchange of 7 films)", "11", " (Exchange of 7 films)"),
            ("11 [GENERAL]", "11", " [GENERAL]"),
        ] {
            let (number, length) = heading_number(input).expect(input);
            assert_eq!((number.text.as_str(), &input[length..]), (text, rest), "{input}");
        }
    }

    #[test]
    fn words_are_not_numbers() {
        for input in ["shall", "of the Agreement", "MIXED", "and 5", "5th", "20011"] {
            assert!(heading_number(input).is_none(), "{input}");
        }
    }

    #[test]
    fn ambiguous_labels_keep_both_readings() {
        let styles = |text: &str| label(text).map(|number| number.readings.iter().map(|reading| reading.style).collect::<Vec<_>>());
        assert_eq!(styles("i"), Some(vec![Style::Letter, Style::Roman]));
        assert_eq!(styles("b"), Some(vec![Style::Letter]));
        assert_eq!(styles("iv"), Some(vec![Style::Roman]));
        assert_eq!(styles("aa"), Some(vec![Style::Letter]));
        assert_eq!(styles("mixed"), None);
    }

    #[test]
    fn sequences() {
        let number = |text: &str| heading_number(text).expect(text).0;
        for (before, after) in [
            ("1", "2"),
            ("8.2", "8.3"),
            ("8.12", "9.1"),
            ("5", "5 bis"),
            ("5 bis", "6"),
            ("premier", "2"),
            ("IX", "X"),
            ("B", "C"),
            ("F-09", "G-01"),
            ("ORIG.1", "ORIG.2"),
            ("III.12", "IV.01"),
            ("SERVIN.2.3", "SERVIN.2.4"),
        ] {
            assert!(number(after).follows(&number(before)), "{after} after {before}");
        }
        for (before, after) in [("1", "3"), ("8.2", "8.2"), ("2", "1"), ("8.2", "9.2"), ("I", "2")] {
            assert!(!number(after).follows(&number(before)), "{after} after {before}");
        }
        assert_eq!(number("6").skips(&number("3")), Some(2));
        assert_eq!(roman_value("iiii"), None);
        assert_eq!(roman_value("xlii"), Some(42));
    }
}
