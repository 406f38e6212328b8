//! Finds every place where a heading of the upper levels may begin: the word (`Article`, `CHAPITRE`, `Anexo` …), its
//! number, and what stands around it. It only collects candidates with the evidence for and against each;
//! [`super::sequence`] chooses.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use super::Kind;
use super::marker_words::{CONTINUING, REFERRING, WORDS};
use super::number::{Number, Style, heading_number, roman_value};
use crate::text::ceil_boundary;

/// The short form of the word for an article.
const SHORT_ARTICLE: &str = "art";

static FINDER: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(WORDS.map(|(word, _)| word))
        .unwrap_or_else(|_| unreachable!("the list of words is a constant that the tests build"))
});

/// How the heading word is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Upper,
    Title,
    Lower,
}

/// A place where a heading may begin.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub kind: Kind,
    pub number: Option<Number>,
    /// First byte of the heading word (or of the quotation mark or bracket before it on the same line).
    pub start: usize,
    /// One past the number.
    pub after: usize,
    pub line_start: bool,
    pub case: Case,
    /// Evidence that this is a heading (positive) or a reference in running text (negative).
    pub score: f32,
}

/// How far a line is looked at after a number, in bytes.
const LINE: usize = 2000;
/// A text this short (in bytes) shows no habit.
const FEW_BYTES: usize = 400;
/// Bytes for each capital from which a text counts as written in lower case; ordinary ones have a capital in twenty.
const LETTERS_PER_CAPITAL: usize = 200;

/// All candidates in `text`, in order. `skip` tells of spans outside the flow, where no heading begins.
pub(super) fn candidates(text: &str, skip: impl Fn(usize) -> bool) -> Vec<Candidate> {
    let mut found = Vec::new();
    // Where the line of the last hit begins: a text may be one line, which nobody wants to look through at every hit.
    let (mut line, mut seen) = (0, 0);
    let lower_text = hardly_any_capitals(text);
    let mut short: Vec<usize> = Vec::new();
    for hit in FINDER.find_iter(text) {
        line = text[seen..hit.start()].rfind('\n').map_or(line, |at| seen + at + 1);
        seen = hit.start();
        let Some(kind) = WORDS[hit.pattern().as_usize()].1 else { continue };
        if skip(hit.start()) || !word_boundaries(text, hit.start(), hit.end()) {
            continue;
        }
        if let Some(candidate) = candidate(text, kind, line, hit.start(), hit.end(), lower_text) {
            if WORDS[hit.pattern().as_usize()].0 == SHORT_ARTICLE {
                short.push(found.len());
            }
            let spaced = spaced_digits(text, &candidate, lower_text);
            found.push(candidate);
            found.extend(spaced);
        }
    }
    drop_unusual_short_form(&mut found, &short);
    found
}

/// "Art. 5" heads an article only where the text writes its headings so; elsewhere it refers to one.
fn drop_unusual_short_form(found: &mut Vec<Candidate>, short: &[usize]) {
    if short.is_empty() {
        return;
    }
    let sure = |candidate: &Candidate| candidate.kind == Kind::Article && candidate.score >= 2.0;
    let headed = short.iter().filter(|&&index| found[index].line_start && sure(&found[index])).count();
    let all = found.iter().filter(|candidate| sure(candidate)).count();
    if headed * 2 > all {
        return;
    }
    let mut index = 0;
    found.retain(|_| {
        index += 1;
        short.binary_search(&(index - 1)).is_err()
    });
}

/// Whether a text is written in lower case throughout, its headings as well.
fn hardly_any_capitals(text: &str) -> bool {
    let capitals = text.bytes().filter(u8::is_ascii_uppercase).count();
    text.len() >= FEW_BYTES && capitals * LETTERS_PER_CAPITAL < text.len()
}

fn word_boundaries(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].chars().next_back();
    let after = text[end..].chars().next();
    !before.is_some_and(|c| c.is_alphanumeric() || c == '-' || c == '_') && !after.is_some_and(|c| c.is_alphabetic() || c == '_')
}

/// The candidate of a word of a heading on the line that begins at `line`.
fn candidate(text: &str, kind: Kind, line: usize, word: usize, word_end: usize, lower_text: bool) -> Option<Candidate> {
    let lead = &text[line..word];
    // Marks that a heading may carry before its word: quotation marks, brackets of a draft, emphasis of an export.
    let marks = lead.trim_start_matches(|c: char| c.is_whitespace() || "[\"“«*#_'‘\u{b7}".contains(c));
    let renumbered = !marks.is_empty() && old_heading(lead.trim_start(), &text[word..word_end]);
    let before = number_before(kind, marks);
    let line_start = marks.is_empty() || renumbered || before.is_some();
    let start = if line_start { line + (lead.len() - lead.trim_start().len()) } else { word };

    let tail = &text[word_end..];
    if line_start && !renumbered && before_new_heading(tail, &text[word..word_end]) {
        return None;
    }
    let gap = tail.len() - tail.trim_start_matches([' ', '\t', '\u{a0}', '–', '—', '-', ':', '.', '*', '_']).len();
    let mut after_word = word_end + gap;
    for prefix in ["No.", "No", "Nº", "N°", "n°", "NO."] {
        if let Some(rest) = text[after_word..].strip_prefix(prefix) {
            after_word = text.len() - rest.trim_start_matches([' ', '\u{a0}']).len();
            break;
        }
    }
    // The number may stand on the next line: "CHAPTER\nONE".
    let own_line_only = line_start && tail.trim_start_matches([' ', '\t', '\r', '*', ':']).starts_with('\n');
    let mut number = heading_number(&text[after_word..])
        .or_else(|| if lower_text { small_roman(&text[after_word..]) } else { None })
        .map(|(number, length)| (number, after_word + length));
    if number.is_none() && own_line_only {
        let next = text.len() - tail.trim_start().len();
        number = heading_number(&text[next..])
            .map(|(number, length)| (number, next + length))
            .filter(|(_, end)| matches!(text[*end..].chars().next(), None | Some('\n' | ' ' | ':' | '.' | '\r')));
    }
    // A heading that a line break cut in two: "… SECTION B Article\n10.14: Consultation".
    if number.is_none() && !line_start && tail.starts_with('\n') {
        number = heading_number(&tail[1..])
            .map(|(number, length)| (number, word_end + 1 + length))
            .filter(|(number, end)| text[*end..].starts_with(':') && number.text.starts_with(|c: char| c.is_ascii_digit()));
    }
    if let Some(first) = before {
        number = Some((first, word_end));
    }
    if let Some((found, _)) = &number {
        // "Parties" and "Partial" never get here; "part A" in running text does, and "Title I" needs its number.
        let glued =
            text[word_end..].chars().next().is_some_and(char::is_alphanumeric) && !found.text.starts_with(|c: char| c.is_ascii_digit());
        let lettered = kind == Kind::Article && !line_start && found.readings.iter().all(|reading| reading.style == Style::Letter);
        if glued || lettered {
            number = None;
        }
    }
    let unnumbered_kind = matches!(kind, Kind::Annex | Kind::Appendix | Kind::Protocol | Kind::Schedule);
    let case = match case_of(&text[word..word_end]) {
        Case::Lower if lower_text => Case::Title,
        case => case,
    };
    let (number, after) = match number {
        Some((number, after)) => {
            let after = after_repetition(text, &number, after);
            (Some(number), after)
        }
        // An annex or protocol without a number must look like a heading by itself.
        None if unnumbered_kind && case != Case::Lower && (line_start || case == Case::Upper && begins_in_capitals(&text[word_end..])) => {
            (None, word_end)
        }
        None => return None,
    };
    let mut candidate = Candidate { kind, number, start, after, line_start, case, score: 0.0 };
    candidate.score = evidence(text, &candidate, lower_text);
    let abbreviated = text[word..word_end].eq_ignore_ascii_case(SHORT_ARTICLE);
    // "… of that Part. 2. A good shall …": the full stop ends a sentence, and the number is that of a paragraph.
    if candidate.number.is_some() && text[word_end..word_end + gap].contains('.') && !abbreviated {
        candidate.score -= 4.0;
    }
    Some(candidate)
}

/// "PREMIÈRE PARTIE", "Primera Parte", "SECOND PART": the number stands before the word.
fn number_before(kind: Kind, lead: &str) -> Option<Number> {
    let ordinal = lead.trim_end();
    if !matches!(kind, Kind::Part | Kind::Section | Kind::Title) || lead.len() == ordinal.len() || !ordinal.starts_with(char::is_uppercase)
    {
        return None;
    }
    let word = |number: &Number| number.readings.iter().all(|reading| reading.style == Style::Word);
    heading_number(ordinal).filter(|(number, length)| *length == ordinal.len() && word(number)).map(|(number, _)| number)
}

/// "Article Two (II)": the number is given twice; where the second ends.
fn after_repetition(text: &str, number: &Number, after: usize) -> usize {
    let Some(inner) = text[after..].trim_start_matches(' ').strip_prefix('(') else { return after };
    match heading_number(inner) {
        Some((again, length))
            if inner[length..].starts_with(')')
                && again.text != number.text
                && again
                    .readings
                    .iter()
                    .any(|one| number.readings.iter().any(|other| one.parts == other.parts && one.style != other.style)) =>
        {
            text.len() - inner.len() + length + 1
        }
        _ => after,
    }
}

/// A Roman number in a text without capitals.
fn small_roman(input: &str) -> Option<(Number, usize)> {
    let length = input.bytes().take_while(u8::is_ascii_lowercase).count();
    let roman = roman_value(&input[..length]).is_some() && !input[length..].starts_with(char::is_alphanumeric);
    if roman { heading_number(&input[..length].to_ascii_uppercase()).map(|(number, _)| (number, length)) } else { None }
}

/// Most bytes of an old number with its word and brackets: `[Article 7]`.
const OLD_HEADING: usize = 32;

/// Whether a line begins with the old number of a unit that the draft renumbered: `[Article 7]` before `Article 8`.
fn old_heading(lead: &str, word: &str) -> bool {
    lead.len() <= OLD_HEADING
        && lead.trim_end().strip_prefix('[').and_then(|inner| inner.strip_suffix(']')).is_some_and(|inner| {
            inner.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word)) && !inner.contains(['[', ']'])
        })
}

/// Whether the new number follows on the same line, so that the one before it is the old one.
fn before_new_heading(tail: &str, word: &str) -> bool {
    let near = &tail[..ceil_boundary(tail, OLD_HEADING)];
    near.find([']', '\n']).filter(|&at| near[at..].starts_with(']')).is_some_and(|at| {
        let next = near[at + 1..].trim_start_matches(' ');
        next.get(..word.len()).is_some_and(|start| start == word)
    })
}

/// A text layer that sets digits apart gives "Article 4 7" for Article 47 and "Article 4. 19" for Article 4.19: a second
/// reading of the same place.
fn spaced_digits(text: &str, candidate: &Candidate, lower_text: bool) -> Option<Candidate> {
    let number = candidate.number.as_ref()?;
    if number.text.len() > 2 || !number.text.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let (dot, rest) = match text[candidate.after..].strip_prefix(". ") {
        Some(rest) => (".", rest),
        None => ("", text[candidate.after..].strip_prefix(' ')?),
    };
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let most = if dot.is_empty() { 3 - number.text.len() } else { 2 };
    // "Article 4. 1. The Parties" is the first paragraph of Article 4.
    if digits == 0 || digits > most.min(2) || !dot.is_empty() && rest[digits..].starts_with(['.', ')']) {
        return None;
    }
    let after = candidate.after + dot.len() + 1 + digits;
    let joined = format!("{}{dot}{}", number.text, &rest[..digits]);
    let (number, length) = heading_number(&joined)?;
    if length != joined.len() {
        return None;
    }
    let mut second = Candidate { number: Some(number), after, ..candidate.clone() };
    second.score = evidence(text, &second, lower_text) - 0.5;
    Some(second)
}

fn case_of(word: &str) -> Case {
    if word.chars().all(|c| !c.is_lowercase()) {
        Case::Upper
    } else if word.chars().next().is_some_and(char::is_uppercase) {
        Case::Title
    } else {
        Case::Lower
    }
}

/// Weighs what stands before and after the words of a candidate.
fn evidence(text: &str, candidate: &Candidate, lower_text: bool) -> f32 {
    let Candidate { kind, start, after, line_start, case, .. } = *candidate;
    let number = candidate.number.as_ref();
    let mut score = 0.0;
    if line_start {
        score += 2.0;
    }
    match case {
        Case::Upper => score += 1.5,
        Case::Title => {}
        Case::Lower => score -= 2.0,
    }
    let before = text[..start].trim_end();
    let blank_before = text[before.len()..start].matches('\n').count() >= 2;
    if blank_before {
        score += 0.5;
    }
    let previous_word = last_word(before);
    let referring = REFERRING.contains(&previous_word.as_str());
    match before.chars().next_back() {
        None => score += 1.0,
        Some('.' | ';' | ':' | ']' | '”' | '"' | '»' | '…') => score += 1.0,
        // A number before it is the foot of a page, a capital word a heading without full stop.
        Some(_) if before.ends_with(|c: char| c.is_ascii_digit()) => score += 0.3,
        Some(',' | '(') if line_start => score -= 1.5,
        Some(',' | '(') => score -= 3.0,
        Some(_) if referring => score -= if line_start && (blank_before || case == Case::Upper) { 1.0 } else { 4.0 },
        Some(_) if line_start => {}
        Some(_) => score -= 1.0,
    }
    let rest = &text[after..ceil_boundary(text, after.saturating_add(LINE))];
    let line = rest.split('\n').next().unwrap_or_default();
    let same_line = line.trim_start_matches([' ', '\t', '\u{a0}', '*', '_']);
    let first = same_line.chars().next();
    let next_word: String = same_line.chars().take_while(|c| c.is_alphabetic() || *c == '-' || *c == '\'').collect();
    match first {
        // Alone on its line.
        None => score += if line_start { 2.0 } else { -0.5 },
        Some(':' | '–' | '—' | '-') => score += 1.0,
        Some('.') => score += if line_start || case == Case::Upper { 0.5 } else { -0.5 },
        Some('(') => {
            // "Article 5(1)" and "Article 5 (b)" refer; "Article 5 (Definitions)" is a heading.
            let inner: String = same_line.chars().skip(1).take_while(|c| c.is_alphanumeric()).collect();
            let heading = inner.chars().count() > 4 && inner.chars().any(char::is_uppercase);
            // "Annex 14-B (Cultural Matters) applies to …" is a sentence.
            // So is "Article 5 (Scope); Article 6 (Terms)", an enumeration of provisions of another text.
            let sentence = same_line
                .find(')')
                .is_some_and(|close| same_line[close + 1..].trim_start().starts_with(|c: char| c.is_lowercase() || matches!(c, ';' | ',')));
            score += if heading && !sentence { 0.5 } else { -4.0 };
        }
        Some(',' | ';' | ')') => score -= 4.0,
        Some(c) if c.is_lowercase() => {
            score += if CONTINUING.contains(&next_word.to_lowercase().as_str()) {
                if lower_text { -2.0 } else { -5.0 }
            } else if lower_text {
                0.5
            } else if small_word_number(number) {
                // "the other Party one tonne of …": neither word nor number is a heading.
                -4.0
            } else if line_start {
                -1.0
            } else {
                -2.0
            };
        }
        // "… SIGNED UNDER ARTICLE 25 OF THE TREATY", in capitals throughout.
        Some(_) if kind == Kind::Article && ["OF", "AND", "OR", "SHALL", "MAY", "TO"].contains(&next_word.as_str()) => score -= 4.0,
        Some(c) if c.is_uppercase() || c.is_ascii_digit() || "[“\"«".contains(c) => score += 0.5,
        Some(_) => {}
    }
    if line_start {
        let words = same_line.split_whitespace().count();
        if words <= 12 && !same_line.trim_end().ends_with([',', ';']) {
            score += 0.5;
        }
        if is_contents_line(same_line) {
            score -= if number.is_none() { 6.0 } else { 1.0 };
        }
    }
    if number.is_none() {
        // Only a line of its own, or one in capitals, opens an annex or protocol without a number.
        let own_line = same_line.trim().is_empty();
        let capitals = case == Case::Upper
            && (same_line.chars().filter(|c| c.is_lowercase()).count() <= 3
                || same_line.len() >= FEW_BYTES && begins_in_capitals(same_line));
        let titled = kind == Kind::Protocol
            && case == Case::Title
            && next_word.chars().next().is_some_and(char::is_lowercase)
            && same_line.len() < 120
            && blank_before
            && !same_line.trim_end().ends_with(['.', ';', ',']);
        score += match (own_line, capitals, titled) {
            (false, _, true) => 5.0,
            // Without line breaks the capitals of the title are all there is to see.
            (false, true, _) if !line_start => 1.5,
            (true, ..) | (_, true, _) => 1.0,
            _ => -6.0,
        };
    }
    score
}

/// Whether the next words are in capitals, as those of a title in a text without line breaks.
fn begins_in_capitals(rest: &str) -> bool {
    let window = &rest[..ceil_boundary(rest, FEW_BYTES)];
    let words: Vec<&str> = window.split_whitespace().take(4).collect();
    words.len() == 4 && words.iter().all(|word| word.contains(char::is_uppercase) && !word.contains(char::is_lowercase))
}

/// Whether a number is a word in lower case.
fn small_word_number(number: Option<&Number>) -> bool {
    number.is_some_and(|number| number.text.starts_with(char::is_lowercase) && number.readings.iter().all(|one| one.style == Style::Word))
}

/// A line that ends in dot leaders or a tab and a page number.
pub(super) fn is_contents_line(line: &str) -> bool {
    let trimmed = line.trim_end();
    let without_page = trimmed.trim_end_matches(|c: char| c.is_ascii_digit());
    let digits = trimmed.len() - without_page.len();
    let leaders = ["..", ".. ", "…", "… ", "\t"].iter().any(|leader| without_page.ends_with(leader))
        || without_page.ends_with(". ") && without_page.contains(" . .");
    (1..=4).contains(&digits) && leaders
}

/// The last word before a place, in lower case.
fn last_word(before: &str) -> String {
    let end = before.trim_end_matches(['\'', '’']);
    let start = end.char_indices().rev().take_while(|(_, c)| c.is_alphabetic()).last().map_or(end.len(), |(at, _)| at);
    end[start..].to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::{Kind, candidates};

    fn best(text: &str) -> Vec<(Kind, String, bool)> {
        candidates(text, |_| false).into_iter().map(|c| (c.kind, c.number.map_or(String::new(), |n| n.text), c.score > 0.0)).collect()
    }

    #[test]
    fn headings_outweigh_references() {
        for text in
            ["x.\nArticle 5\nScope\n", "ARTICLE 5: SCOPE\n", "x. ARTICLE 5 The Parties", "Article 5 – Scope\n", "Article 5\n\n1. The"]
        {
            assert!(
                best(text).iter().any(|(kind, number, good)| *kind == Kind::Article && number == "5" && *good),
                "{text:?} {:?}",
                best(text)
            );
        }
        for text in [
            "CONCLUDED UNDER\nARTICLE 25 OF THE TREATY OF NORBURG",
            "as set out in Article 5 of this Agreement",
            "x\nArticle 5 shall apply",
            "under\nArticle 5(1)",
            "in Article 5, and",
            "Articles 5 to 8",
        ] {
            assert!(best(text).iter().all(|(_, _, good)| !good), "{text:?} {:?}", best(text));
        }
    }

    #[test]
    fn digits_that_are_set_apart_have_two_readings() {
        let numbers = |text| best(text).into_iter().map(|(_, number, _)| number).collect::<Vec<_>>();
        assert_eq!(numbers("Article 4. 19: Errors\n"), ["4", "4.19"]);
        assert_eq!(numbers("Article 4 7\n"), ["4", "47"]);
        assert_eq!(numbers("Article 4. 1. The Parties agree.\n"), ["4"]);
        assert_eq!(numbers("Section B Disputes Article\n10.14: Consultation\n"), ["B", "10.14"]);
        assert_eq!(numbers("as set out in Article\n10.14.2, a Party\n"), ["10.14.2"; 0]);
    }

    #[test]
    fn words_of_three_languages() {
        for (text, kind, number) in [
            ("CHAPITRE XII\nCommerce", Kind::Chapter, "XII"),
            ("CAPÍTULO 5 – COMERCIO", Kind::Chapter, "5"),
            ("Article premier\n", Kind::Article, "premier"),
            ("TÍTULO II", Kind::Title, "II"),
            ("ANEXO I", Kind::Annex, "I"),
            ("Annex 14-A\n", Kind::Annex, "14-A"),
            ("CHAPTER\nONE\n", Kind::Chapter, "ONE"),
            ("[Article 7] Article 8\nScope", Kind::Article, "8"),
            ("[CHAPTER X\nSCOPE]", Kind::Chapter, "X"),
            ("Section B: General", Kind::Section, "B"),
            ("PROTOCOL No 3\n", Kind::Protocol, "3"),
        ] {
            let found = best(text);
            assert_eq!(found.first().map(|(k, n, good)| (*k, n.as_str(), *good)), Some((kind, number, true)), "{text}");
        }
    }
}
