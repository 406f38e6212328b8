//! What the beginning and the end of a line say: list marks, headings of treaties, ends of sentences.
//!
//! Only as much as the division into paragraphs needs; the structure of an agreement is found elsewhere.

use super::lines::plain_digit;

/// Words before a number that head a unit of a treaty, in lower case without accents.
const UNITS: [&str; 40] = [
    "article",
    "articulo",
    "artikel",
    "art.",
    "chapter",
    "chapitre",
    "capitulo",
    "kapitel",
    "section",
    "seccion",
    "abschnitt",
    "annex",
    "annexe",
    "anexo",
    "anhang",
    "part",
    "partie",
    "parte",
    "teil",
    "title",
    "titre",
    "titulo",
    "titel",
    "appendix",
    "appendice",
    "apendice",
    "anlage",
    "schedule",
    "protocol",
    "protocole",
    "protocolo",
    "protokoll",
    "rule",
    "regle",
    "regla",
    "attachment",
    "side-letter",
    "exhibit",
    "§",
    "§§",
];
/// Number words that follow such a word.
const NUMBER_WORDS: [&str; 31] = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "first", "second", "third", "premier", "premiere",
    "unique", "un", "deux", "trois", "quatre", "cinq", "primero", "primera", "unico", "uno", "dos", "tres", "cuatro", "cinco", "bis",
    "final",
];
/// Words after which an item of a list ends with the next mark to follow.
const JOINING: [&str; 9] = ["and", "or", "et", "ou", "y", "o", "und", "oder", "and/or"];
/// Signs that begin an item of a list.
const BULLETS: [char; 13] = ['•', '▪', '●', '○', '■', '□', '◦', '‣', '➢', '✓', '–', '—', '·'];

fn fold(word: &str) -> String {
    let plain = |found: char| match found {
        'á' | 'à' | 'â' => 'a',
        'é' | 'è' | 'ê' => 'e',
        'í' | 'ì' | 'î' => 'i',
        'ó' | 'ò' | 'ô' => 'o',
        'ú' | 'ù' | 'û' => 'u',
        other => other,
    };
    word.chars().flat_map(char::to_lowercase).map(plain).collect()
}

/// The value of a Roman numeral of at most eight letters.
pub(super) fn roman(text: &str) -> Option<u32> {
    if text.is_empty() || text.len() > 8 {
        return None;
    }
    let value = |letter: char| match letter.to_ascii_lowercase() {
        'i' => Some(1),
        'v' => Some(5),
        'x' => Some(10),
        'l' => Some(50),
        'c' => Some(100),
        'd' => Some(500),
        'm' => Some(1000),
        _ => None,
    };
    let values: Vec<u32> = text.chars().map(value).collect::<Option<_>>()?;
    let (mut total, mut taken) = (0u32, 0u32);
    for (index, &value) in values.iter().enumerate() {
        // A smaller numeral before a larger one is taken away; the larger one follows and covers it.
        if values.get(index + 1).is_some_and(|&next| next > value) {
            taken += value;
        } else {
            total += value;
        }
    }
    let total = total.checked_sub(taken)?;
    Some(total)
}

/// Whether a word can number a unit: `5`, `5.2`, `IV`, `A`, `2bis`, `premier`.
fn is_number_word(word: &str) -> bool {
    let core = word.trim_end_matches(['.', ':', ',', '-', '–', '—', ')', '*']);
    let digits = core.starts_with(|found: char| found.is_ascii_digit() || plain_digit(found) != found) && core.len() <= 8;
    let letter = core.len() == 1 && core.chars().all(|found| found.is_ascii_uppercase());
    let is_roman = !core.is_empty() && core.chars().all(|found| found.is_ascii_uppercase()) && roman(core).is_some();
    digits || letter || is_roman || NUMBER_WORDS.contains(&fold(core).as_str())
}

/// Whether a line begins as the heading of a unit does: `Article 5`, `CHAPTER TWO`, `Anhang III`.
pub(super) fn is_heading(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let Some(first) = words.next() else { return false };
    let starts_upper = first.starts_with(|found: char| found.is_uppercase() || found == '§');
    starts_upper && UNITS.contains(&fold(first).as_str()) && words.next().is_some_and(is_number_word)
}

/// Whether a line is nothing but such a heading without its title.
pub(super) fn is_bare_heading(line: &str) -> bool {
    is_heading(line) && line.split_whitespace().count() == 2
}

/// Whether a line begins with the name of a field: a few words with a colon, `Level of government: Central`.
pub(super) fn is_caption(line: &str) -> bool {
    const WORDS: usize = 3;
    let Some((name, _)) = line.split_once(':') else { return false };
    let letters = |c: char| c.is_alphabetic() || matches!(c, ' ' | '\'' | '’' | '-');
    name.starts_with(char::is_uppercase) && name.split_whitespace().count() <= WORDS && name.chars().all(letters)
}

/// Whether a line begins with a sign that can only begin an item.
pub(super) fn is_bullet(line: &str) -> bool {
    let mut letters = line.chars();
    letters.next().is_some_and(|first| BULLETS.contains(&first)) && letters.next().is_none_or(char::is_whitespace)
}

/// Whether a line begins with the mark of a list: `(a)`, `a)`, `(iv)`, `1.`, `1.2.3`, `12)`, `-`.
pub(super) fn is_label(line: &str) -> bool {
    let Some(first) = line.split_whitespace().next() else { return false };
    if first == "-" || is_bullet(line) {
        return true;
    }
    let open = first.trim_start_matches(['(', '[', '«', '"', '“', '„', '"']);
    let bracketed = open.len() < first.len();
    let core = open.trim_end_matches([')', '.', ']', '°', 'º']);
    let closed = core.len() < open.len();
    if !(closed || bracketed && first.ends_with(')')) {
        // `1.2` numbers a paragraph without a stop after it.
        let dotted = core.contains('.')
            && core.split('.').all(|part| !part.is_empty() && part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit()));
        return dotted && core.split('.').count() <= 5;
    }
    let letters = core.chars().count();
    let digits = letters <= 3 && core.bytes().all(|byte| byte.is_ascii_digit());
    let single = letters == 1 && core.chars().all(char::is_alphabetic);
    let double = letters == 2 && core.chars().all(|found| found.is_ascii_lowercase()) && core.chars().min() == core.chars().max();
    let parts = core.split('.').all(|part| !part.is_empty() && part.len() <= 3 && part.bytes().all(|byte| byte.is_ascii_digit()));
    letters > 0 && (digits || single || double || parts || roman(core).is_some())
}

/// Whether a short beginning of a line is a mark, so that the space after it divides no cells.
pub(super) fn is_mark(head: &str) -> bool {
    is_label(head) && head.split_whitespace().all(is_label)
        || is_bare_heading(head)
        || head.chars().all(|found| plain_digit(found).is_ascii_digit())
}

/// Whether a line is an entry of a table of contents: dots that lead to a page number.
pub(super) fn is_contents_entry(line: &str) -> bool {
    let stem = line.trim_end_matches(|found: char| found.is_alphanumeric() || found.is_whitespace() || found == '/');
    let dots = stem
        .chars()
        .rev()
        .take_while(|&found| matches!(found, '.' | '…' | ' ' | '\t'))
        .filter(|&found| found != ' ' && found != '\t')
        .count();
    stem.len() < line.len() && (dots >= 4 || stem.ends_with("……"))
}

/// Whether a text ends a sentence or an item, so that what follows may be another.
pub(super) fn ends_item(text: &str) -> bool {
    let end = text.trim_end().trim_end_matches(['"', '”', '»', '’', ')', ']', ' ', '“']);
    if end.ends_with(['.', ';', ':', '!', '?', '…', ',', '—', '–']) {
        return true;
    }
    let last = end.rsplit(char::is_whitespace).next().unwrap_or_default();
    JOINING.contains(&fold(last).as_str())
}

/// Whether a text ends one of several items: with a semicolon, or one and the word before the last item.
pub(super) fn ends_with_semicolon(text: &str) -> bool {
    let end = text.trim_end();
    let (head, last) = end.rsplit_once(char::is_whitespace).unwrap_or(("", end));
    end.ends_with(';') || JOINING.contains(&fold(last).as_str()) && head.trim_end().ends_with(';')
}

/// Whether a text is set in capitals throughout.
pub(super) fn is_capitals(text: &str) -> bool {
    let mut letters = text.chars().filter(|found| found.is_alphabetic()).peekable();
    letters.peek().is_some() && letters.all(char::is_uppercase)
}

/// Whether a text ends a sentence.
pub(super) fn ends_sentence(text: &str) -> bool {
    let end = text.trim_end().trim_end_matches(['"', '”', '»', '’', ')', ']', ' ', '“']);
    end.ends_with(['.', ';', ':', '!', '?'])
}

/// Whether a text ends with a short word in small letters, after which no heading or item ends.
pub(super) fn ends_with_particle(text: &str) -> bool {
    let last = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    last.len() <= 3 && !last.is_empty() && last.chars().all(char::is_lowercase)
}

/// Whether a line breaks a word at its end.
pub(super) fn ends_with_hyphen(text: &str) -> bool {
    text.ends_with(['-', '\u{ad}', '‐', '\u{2011}'])
}

/// The mark that a footnote begins with, without its stop or bracket: `12`, `*`, `†`.
pub(super) fn note_mark(word: &str) -> Option<(String, bool)> {
    let raised: String = word.chars().take_while(|&found| plain_digit(found) != found).map(plain_digit).collect();
    if !raised.is_empty() && raised.len() <= 3 {
        return Some((raised, true));
    }
    let signs: String = word.chars().take_while(|found| matches!(found, '*' | '†' | '‡')).collect();
    if !signs.is_empty() {
        return Some((signs, true));
    }
    let core = word.trim_start_matches(['(', '[']).trim_end_matches(['.', ')', ']', ':']);
    let digits = (1..=3).contains(&core.len()) && core.bytes().all(|byte| byte.is_ascii_digit()) && !core.starts_with('0');
    digits.then(|| (core.to_owned(), false))
}

#[cfg(test)]
mod tests {
    use super::{ends_item, is_bare_heading, is_caption, is_heading, is_label, note_mark, roman};

    #[test]
    fn names_of_fields() {
        let lines = [
            "Level of government: Central",
            "Secteur : Pêche",
            "The Parties agree on this: words",
            "goods: wool",
            "Done at 10: yes",
            "Words",
        ];
        let named: Vec<&str> = lines.into_iter().filter(|line| is_caption(line)).collect();
        assert_eq!(named, ["Level of government: Central", "Secteur : Pêche"]);
    }

    #[test]
    fn headings_in_the_languages() {
        for line in [
            "Article 5",
            "ARTICLE PREMIER",
            "Artículo 3.2 Alcance",
            "CHAPTER IV",
            "Annexe A",
            "§ 12 Abs.",
            "Article premier. - Définitions",
        ] {
            assert!(is_heading(line), "{line}");
        }
        for line in ["article 5 of the", "Part of the goods", "Articles 5", "Parties shall"] {
            assert!(!is_heading(line), "{line}");
        }
        assert!(is_bare_heading("Article 5") && !is_bare_heading("Article 5 Scope"));
    }

    #[test]
    fn labels() {
        for line in ["(a) the", "a) the", "(iv) x", "1. The", "12) x", "1.2 x", "1.2.3. x", "- x", "• x", "(aa) x"] {
            assert!(is_label(line), "{line}");
        }
        for line in ["the (a)", "2019 was", "Mr. X", "(the Parties)", "well-known", "3 of"] {
            assert!(!is_label(line), "{line}");
        }
    }

    #[test]
    fn numerals_and_marks() {
        assert_eq!([roman("iv"), roman("XIV"), roman("MCMXC"), roman("abc")], [Some(4), Some(14), Some(1990), None]);
        assert_eq!(note_mark("¹²"), Some(("12".to_owned(), true)));
        assert_eq!(note_mark("3."), Some(("3".to_owned(), false)));
        assert_eq!(note_mark("2019"), None);
        assert!(ends_item("services; and") && !ends_item("in paragraph"));
    }
}
