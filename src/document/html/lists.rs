//! The numbers of ordered lists, which the page shows but does not contain.

use scraper::ElementRef;

/// Largest number that is written in letters or Roman numerals.
const MAX_SPELLED: i64 = 3999;
/// How much of an item is looked at for a typed number, in characters.
const LOOK: usize = 12;

/// A list that is open.
pub(super) struct List {
    /// The kind of numbers; none for bullets.
    kind: Option<char>,
    next: i64,
}

impl List {
    /// A list by its element.
    pub fn of(element: ElementRef<'_>) -> Self {
        if element.value().name() != "ol" {
            return Self { kind: None, next: 1 };
        }
        let style = element.attr("style").unwrap_or_default().to_ascii_lowercase().replace(' ', "");
        let declared = style.split(';').find_map(|rule| rule.strip_prefix("list-style-type:").or_else(|| rule.strip_prefix("list-style:")));
        let kind = match declared {
            Some("none") => None,
            Some("lower-alpha" | "lower-latin") => Some('a'),
            Some("upper-alpha" | "upper-latin") => Some('A'),
            Some("lower-roman") => Some('i'),
            Some("upper-roman") => Some('I'),
            _ => element.attr("type").and_then(|kind| kind.chars().next()).filter(|kind| "aAiI".contains(*kind)).or(Some('1')),
        };
        let next = element.attr("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1);
        Self { kind, next }
    }

    /// Counts an item and gives its number, unless the item has none or its words begin with it.
    pub fn next(&mut self, item: ElementRef<'_>) -> Option<String> {
        if let Some(value) = item.attr("value").and_then(|value| value.trim().parse().ok()) {
            self.next = value;
        }
        let number = self.next;
        self.next = self.next.saturating_add(1);
        let kind = self.kind?;
        let bare = spell(number, kind);
        let words: String = item.text().flat_map(str::chars).skip_while(|character| character.is_whitespace()).take(LOOK).collect();
        let words = words.trim_start_matches(['(', '[']);
        let typed = words.strip_prefix(bare.as_str()).is_some_and(|rest| rest.starts_with(['.', ')', ']', '°']));
        let label = if bare.starts_with(|first: char| first.is_ascii_alphabetic()) { format!("({bare})") } else { format!("{bare}.") };
        (!typed).then_some(label)
    }
}

fn spell(number: i64, kind: char) -> String {
    if !(1..=MAX_SPELLED).contains(&number) {
        return number.to_string();
    }
    let format = match kind {
        'a' => "lowerLetter",
        'A' => "upperLetter",
        'i' => "lowerRoman",
        'I' => "upperRoman",
        _ => "decimal",
    };
    super::super::docx::spell(u32::try_from(number).unwrap_or_default(), format)
}

/// Whether words are nothing but a number of a paragraph or item: "1.", "(a)", "iv)", "–".
pub(super) fn is_enumerator(words: &str) -> bool {
    if matches!(words, "–" | "—" | "-" | "•" | "‒") {
        return true;
    }
    let inner = words.trim_start_matches('(');
    let bare = inner.trim_end_matches([')', '.']);
    let closed = bare.len() < inner.len();
    closed
        && !bare.is_empty()
        && bare.len() <= 6
        && bare.chars().all(|character| character.is_ascii_alphanumeric() || character == '.')
        && (bare.chars().all(|character| character.is_ascii_digit() || character == '.')
            || bare.len() == 1
            || bare.chars().all(|character| "ivxlcIVXLC".contains(character))
            || bare.chars().all(|character| bare.starts_with(character)))
}

#[cfg(test)]
mod tests {
    use super::is_enumerator;

    #[test]
    fn numbers_of_paragraphs_are_told_from_data() {
        for words in ["1.", "(a)", "a)", "iv)", "(xii)", "1.2.", "–", "(aa)"] {
            assert!(is_enumerator(words), "{words}");
        }
        for words in ["1", "0402.10", "Milk.", "(see)", "", ")", "Art."] {
            assert!(!is_enumerator(words), "{words}");
        }
    }
}
