//! The few rules of style sheets that show numbers of lists (CSS Lists and Counters, level 3).

use scraper::{ElementRef, Html, Selector};

/// Most rules of a page that are kept: each is tried on each list.
const MAX_RULES: usize = 256;
/// Most steps of a selector: longer ones, and those with conditions, take long to try and name no lists.
const MAX_STEPS: usize = 4;
/// Longest style sheet that is looked through, in bytes.
const MAX_SHEET: usize = 1 << 20;

/// How the numbers of a list look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// `list-style-type`, in lower case.
    Type(String),
    /// `content` of the marks of items: words and counters, in order.
    Content(Vec<Piece>),
}

/// A part of the mark of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Piece {
    Words(String),
    /// A counter by its name, and its `list-style-type`.
    Counter(String, String),
}

/// The rules of a page.
#[derive(Debug, Default)]
pub(super) struct Styles {
    rules: Vec<(Selector, Look)>,
}

impl Styles {
    /// Reads the `<style>` elements of a page.
    pub fn of(html: &Html) -> Self {
        let mut styles = Self::default();
        let sheets = html.root_element().descendants().filter_map(ElementRef::wrap).filter(|element| element.value().name() == "style");
        let sheets: String = sheets.flat_map(|sheet| sheet.text()).collect();
        if sheets.len() > MAX_SHEET {
            return styles;
        }
        for rule in sheets.split('}') {
            let Some((selectors, declarations)) = rule.rsplit_once('{') else { continue };
            let Some(look) = look(declarations) else { continue };
            let selectors = selectors.rsplit_once("*/").map_or(selectors, |(_, after)| after);
            for selector in selectors.split(',') {
                // The mark belongs to the items; the list that holds them is matched.
                let bare = selector.trim();
                let list = match (&look, bare.split_once(":before").or_else(|| bare.split_once("::marker"))) {
                    (Look::Content(_), Some((items, _))) => {
                        items.trim_end_matches(':').trim_end().trim_end_matches("li").trim_end_matches(['>', ' '])
                    }
                    (Look::Type(_), None) => bare,
                    _ => continue,
                };
                let is_plain = !list.contains(':') && list.split_whitespace().count() <= MAX_STEPS;
                if is_plain
                    && styles.rules.len() < MAX_RULES
                    && let Ok(selector) = Selector::parse(list)
                {
                    styles.rules.push((selector, look.clone()));
                }
            }
        }
        styles
    }

    /// The look that the style sheets give to a list; a later rule wins, and marks over types.
    pub fn look(&self, list: ElementRef<'_>) -> Option<&Look> {
        let fitting = || self.rules.iter().rev().filter(|(selector, _)| selector.matches(&list)).map(|(_, look)| look);
        fitting().find(|look| matches!(look, Look::Content(_))).or_else(|| fitting().next())
    }
}

/// What declarations say of numbers.
pub(super) fn look(declarations: &str) -> Option<Look> {
    if !(declarations.contains("list-style") || declarations.contains("counter(")) {
        return None;
    }
    let declared = |name: &str| {
        declarations.split(';').filter_map(|declaration| declaration.split_once(':')).find(|(property, _)| property.trim() == name)
    };
    if let Some((_, content)) = declared("content").filter(|(_, content)| content.contains("counter(")) {
        return Some(Look::Content(pieces(content)));
    }
    let (_, value) = declared("list-style-type").or_else(|| declared("list-style"))?;
    let value = value.split_whitespace().find(|word| !matches!(*word, "inside" | "outside" | "!important"))?;
    Some(Look::Type(value.trim_end_matches("!important").to_ascii_lowercase()))
}

/// `"(" counter(name, lower-latin) ") "` in its parts.
fn pieces(content: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = content;
    while let Some(at) = rest.find(['"', '\'', 'c']) {
        let tail = &rest[at..];
        if let Some(counter) = tail.strip_prefix("counter(") {
            let Some((inner, after)) = counter.split_once(')') else { break };
            let (name, style) = inner.split_once(',').unwrap_or((inner, "decimal"));
            pieces.push(Piece::Counter(name.trim().to_owned(), style.trim().to_ascii_lowercase()));
            rest = after;
        } else if let Some(words) = tail.strip_prefix(['"', '\'']) {
            let quote = if tail.starts_with('"') { '"' } else { '\'' };
            let Some((words, after)) = words.split_once(quote) else { break };
            pieces.push(Piece::Words(words.to_owned()));
            rest = after;
        } else {
            rest = &tail[1..];
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::{Look, Piece, look};

    #[test]
    fn marks_of_items_are_taken_apart() {
        let content = look("content: \"(\" counter(lst-0, lower-latin) \") \"");
        let pieces =
            vec![Piece::Words("(".to_owned()), Piece::Counter("lst-0".to_owned(), "lower-latin".to_owned()), Piece::Words(") ".to_owned())];
        assert_eq!(content, Some(Look::Content(pieces)));
    }

    #[test]
    fn types_are_found_in_both_properties() {
        assert_eq!(look("margin:0; list-style-type : Lower-Roman"), Some(Look::Type("lower-roman".to_owned())));
        assert_eq!(look("list-style: inside upper-alpha"), Some(Look::Type("upper-alpha".to_owned())));
        assert_eq!(look("color: red"), None);
    }
}
