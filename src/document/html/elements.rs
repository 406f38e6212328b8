//! What single elements mean: lines, raised digits, bullets, words struck out, numbers in columns.

use scraper::{Element, ElementRef};

use super::lists::is_enumerator;
use super::notes::words_of;

/// Elements that begin and end a line.
pub(super) const BLOCKS: [&str; 46] = [
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "legend",
    "li",
    "listing",
    "main",
    "menu",
    "ol",
    "p",
    "pre",
    "search",
    "section",
    "summary",
    "table",
    "tbody",
    "tfoot",
    "thead",
    "tr",
    "ul",
    "html",
];
/// Longest raised number that is written with raised digits, in characters.
const MAX_RAISED: usize = 3;

/// The raised digits of `<sup>`, so that they do not run into the word before.
pub(super) fn raised_digits(element: ElementRef<'_>) -> Option<String> {
    let words: String = element.text().take(4).flat_map(str::chars).take(MAX_RAISED + 4).collect();
    let digits = words.trim();
    if digits.is_empty() || digits.len() > MAX_RAISED {
        return None;
    }
    digits.chars().map(|digit| "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().nth(digit.to_digit(10)? as usize)).collect()
}

/// A bullet that Word writes as a letter of a font of signs.
pub(super) fn word_bullet(element: ElementRef<'_>) -> Option<&'static str> {
    let style = element.attr("style").filter(|style| style.to_ascii_lowercase().replace(' ', "").contains("mso-list:ignore"))?;
    let words = words_of(element);
    (!style.is_empty() && matches!(words.as_str(), "·" | "o" | "§" | "Ø" | "ü" | "q" | "v" | "à" | "\u{f0b7}" | "\u{f0a7}")).then_some("•")
}

/// Whether a style strikes words out.
pub(super) fn is_struck(element: ElementRef<'_>) -> bool {
    element.attr("style").is_some_and(|style| style.to_ascii_lowercase().contains("line-through"))
}

/// Whether an element holds nothing but the number of what follows it, as in a column of its own.
pub(super) fn is_number_before(element: ElementRef<'_>) -> bool {
    let Some(next) = element.next_sibling_element() else { return false };
    if !matches!((element.value().name(), next.value().name()), ("div", "div") | ("dt", "dd")) {
        return false;
    }
    let number = words_of(element);
    let words = words_of(next);
    is_enumerator(&number) && !words.is_empty() && !is_enumerator(&words)
}

/// Whether an element is by its class the number of what follows it.
pub(super) fn is_number(element: ElementRef<'_>) -> bool {
    const NUMBERS: [&str; 8] = ["num", "no-parag", "number", "enum", "enumerator", "marker", "label", "lbl"];
    element.value().classes().any(|class| NUMBERS.contains(&class)) && is_enumerator(words_of(element).trim())
}

/// Whether a line only says by which act the following was changed, as consolidated texts do: "▼M2".
pub(super) fn is_editorial(line: &str) -> bool {
    const LONGEST: usize = 6;
    line.strip_prefix(['▼', '►']).is_some_and(|act| {
        act.starts_with(['B', 'M', 'A', 'C']) && act.len() <= LONGEST && act.chars().all(|character| character.is_ascii_alphanumeric())
    })
}
