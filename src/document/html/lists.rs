//! The numbers of ordered lists, which the page shows but does not contain.

use std::collections::HashMap;

use scraper::ElementRef;

use super::styles::{Look, Piece, Styles, look};

/// Largest number that is written in letters or Roman numerals.
const MAX_SPELLED: i64 = 3999;
/// How much of an item is looked at for a typed number, in characters.
const LOOK: usize = 12;

/// The counters of style sheets, which go on from list to list.
pub(super) type Counters = HashMap<String, i64>;

/// A list that is open.
pub(super) struct List {
    /// The kind of numbers; none for bullets.
    kind: Option<char>,
    next: i64,
    step: i64,
    /// The mark of an item where a style sheet composes it.
    mark: Vec<Piece>,
}

impl List {
    /// A list by its element and the style sheets of the page.
    pub fn of(element: ElementRef<'_>, styles: &Styles) -> Self {
        let own = element.attr("style").and_then(look);
        let found = own.as_ref().or_else(|| styles.look(element));
        let ordered = element.value().name() == "ol";
        let mut mark = Vec::new();
        let mut kind =
            ordered.then(|| element.attr("type").and_then(|kind| kind.chars().next()).filter(|kind| "aAiI".contains(*kind)).unwrap_or('1'));
        match found {
            Some(Look::Type(name)) => kind = kind_of(name).unwrap_or(kind),
            Some(Look::Content(pieces)) => mark.clone_from(pieces),
            None => {}
        }
        let reversed = ordered && element.attr("reversed").is_some();
        let items = || element.child_elements().filter(|item| item.value().name() == "li").count();
        let first = element.attr("start").and_then(|start| start.trim().parse().ok());
        let next = first.unwrap_or_else(|| if reversed { i64::try_from(items()).unwrap_or(1) } else { 1 });
        Self { kind, next, step: if reversed { -1 } else { 1 }, mark }
    }

    /// Counts an item and gives its number, unless the item has none or its words begin with it.
    pub fn next(&mut self, item: ElementRef<'_>, counters: &mut Counters) -> Option<String> {
        if let Some(value) = item.attr("value").and_then(|value| value.trim().parse().ok()) {
            self.next = value;
        }
        let number = self.next;
        self.next = self.next.saturating_add(self.step);
        if !self.mark.is_empty() {
            return self.composed(number, counters);
        }
        let kind = self.kind?;
        let bare = spell(number, kind);
        let words: String = item.text().flat_map(str::chars).skip_while(|character| character.is_whitespace()).take(LOOK).collect();
        let words = words.trim_start_matches(['(', '[']);
        let typed = words.strip_prefix(bare.as_str()).is_some_and(|rest| rest.starts_with(['.', ')', ']', '°']));
        let label = if bare.starts_with(|first: char| first.is_ascii_alphabetic()) { format!("({bare})") } else { format!("{bare}.") };
        (!typed).then_some(label)
    }

    /// The mark that the style sheet composes: its last counter counts this list, the others are those of outer lists.
    fn composed(&self, number: i64, counters: &mut Counters) -> Option<String> {
        let own = self.mark.iter().rev().find_map(|piece| match piece {
            Piece::Counter(name, _) => Some(name),
            Piece::Words(_) => None,
        })?;
        counters.insert(own.clone(), number);
        let label: String = self
            .mark
            .iter()
            .map(|piece| match piece {
                Piece::Words(words) => words.clone(),
                Piece::Counter(name, style) => {
                    let value = counters.get(name).copied().unwrap_or(1);
                    kind_of(style).flatten().map_or_else(|| value.to_string(), |kind| spell(value, kind))
                }
            })
            .collect();
        let label = label.trim();
        (!label.is_empty()).then(|| label.to_owned())
    }
}

/// The kind of numbers of a `list-style-type`: none inside for bullets, none outside where it is not known.
fn kind_of(name: &str) -> Option<Option<char>> {
    match name {
        "lower-alpha" | "lower-latin" => Some(Some('a')),
        "upper-alpha" | "upper-latin" => Some(Some('A')),
        "lower-roman" => Some(Some('i')),
        "upper-roman" => Some(Some('I')),
        "decimal" | "decimal-leading-zero" => Some(Some('1')),
        "none" | "disc" | "circle" | "square" => Some(None),
        _ => None,
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
    // Amending acts put the text that they insert, its number too, in quotation marks.
    let inner = words.trim_start_matches(['‘', '“', '„', '«', '"', ' ', '(']);
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
        for words in ["1.", "(a)", "a)", "iv)", "(xii)", "1.2.", "–", "(aa)", "‘(b)"] {
            assert!(is_enumerator(words), "{words}");
        }
        for words in ["1", "0402.10", "Milk.", "(see)", "", ")", "Art."] {
            assert!(!is_enumerator(words), "{words}");
        }
    }
}
