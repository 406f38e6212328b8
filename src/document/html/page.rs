//! The page around the agreement: its encoding, its title, which part holds the text, what is furniture.

use encoding_rs::Encoding;
use scraper::{ElementRef, Html, Node};

use super::super::encoding;

/// Where a page declares its encoding: browsers look no further either.
const HEAD: usize = 4096;
/// How deep elements that must be closed may nest. The parser looks through all open ones at every tag.
const MAX_DEPTH: usize = 5000;
/// Share of the words above which an element is taken for the whole document, in per cent.
const MOST: usize = 60;
/// Elements whose words are not words of the document.
const SKIPPED: [&str; 25] = [
    "head", "script", "style", "noscript", "template", "nav", "iframe", "object", "embed", "svg", "canvas", "audio", "video", "map",
    "button", "select", "input", "textarea", "datalist", "img", "picture", "progress", "meter", "frameset", "title",
];

/// The text of the page: marks and UTF-8 first, then what the page declares, then a guess.
pub(super) fn decode(bytes: &[u8]) -> String {
    if Encoding::for_bom(bytes).is_none()
        && std::str::from_utf8(bytes).is_err()
        && let Some(declared) = declared(bytes)
    {
        let (text, _) = declared.decode_without_bom_handling(bytes);
        return encoding::decode(text.as_bytes()).0;
    }
    encoding::decode(bytes).0
}

/// The encoding in `<meta charset>` or in its older form with `content`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..HEAD).unwrap_or(bytes)).to_ascii_lowercase();
    let after = head.split("charset").nth(1)?.trim_start().strip_prefix('=')?;
    let label: String = after
        .trim_start()
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|character| character.is_ascii_alphanumeric() || "-_:.".contains(*character))
        .collect();
    // Bytes that can be read at all are not UTF-16, whatever the page says.
    Encoding::for_label(label.as_bytes()).filter(|found| found.is_ascii_compatible() && *found != encoding_rs::UTF_8)
}

/// The limit, where the elements of the source nest deeper than it.
///
/// Only elements that authors close are counted, one kind at a time, so that the lost end tags of old pages do not add up.
pub(super) fn too_deep(source: &str) -> Option<usize> {
    const NESTING: [&str; 16] =
        ["div", "span", "b", "i", "em", "strong", "font", "a", "table", "ul", "ol", "dl", "blockquote", "section", "article", "center"];
    let mut open = [0_usize; NESTING.len() + 1];
    let mut script = false;
    let mut drawing = 0_usize;
    for tag in source.split('<').skip(1) {
        let (closing, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let end = tag.find(|character: char| !character.is_ascii_alphanumeric() && character != '-').unwrap_or(tag.len());
        let name = &tag[..end];
        // In a script `<` compares.
        if ["script", "style"].iter().any(|raw| raw.eq_ignore_ascii_case(name)) {
            script = !closing;
        }
        if script {
            continue;
        }
        if ["svg", "math"].iter().any(|foreign| foreign.eq_ignore_ascii_case(name)) {
            drawing = if closing { drawing.saturating_sub(1) } else { drawing + 1 };
        }
        // Only there an element can close itself.
        if drawing > 0 && tag.split('>').next().is_some_and(|tag| tag.ends_with('/')) {
            continue;
        }
        let known = NESTING.iter().position(|known| known.eq_ignore_ascii_case(name));
        // Names that HTML does not know nest as well; they have a hyphen or share one counter.
        let index = match known {
            Some(index) => index,
            None if is_unknown(name) => NESTING.len(),
            None => continue,
        };
        open[index] = if closing { open[index].saturating_sub(1) } else { open[index] + 1 };
        if open[index] > MAX_DEPTH {
            return Some(MAX_DEPTH);
        }
    }
    None
}

/// Whether a tag is of a kind that the parser nests without limit although no usual page does.
fn is_unknown(name: &str) -> bool {
    const FLAT: [&str; 40] = [
        "html", "head", "body", "meta", "link", "title", "style", "script", "base", "br", "hr", "img", "wbr", "p", "li", "dt", "dd", "tr",
        "td", "th", "tbody", "thead", "tfoot", "col", "colgroup", "caption", "option", "optgroup", "input", "area", "source", "track",
        "embed", "param", "h1", "h2", "h3", "h4", "h5", "h6",
    ];
    name.starts_with(|first: char| first.is_ascii_alphabetic()) && !FLAT.iter().any(|flat| flat.eq_ignore_ascii_case(name))
}

/// The element that holds the agreement: `<main>` or `<article>` where it has most of the words, else all.
pub(super) fn root(html: &Html) -> ElementRef<'_> {
    let all = html.root_element();
    let total = weight(all);
    let candidates = all.descendants().filter_map(ElementRef::wrap);
    let main = candidates.filter(|element| matches!(element.value().name(), "main" | "article") || element.attr("role") == Some("main"));
    // A page of many small articles would cost a walk for each; the whole document is among the first.
    main.take(64).find(|element| weight(*element) * 100 > total * MOST).unwrap_or(all)
}

/// Bytes of words in an element, without those of furniture.
fn weight(element: ElementRef<'_>) -> usize {
    let mut sum = 0;
    let mut node = *element;
    loop {
        let skipped = match node.value() {
            Node::Text(words) => {
                sum += words.trim().len();
                true
            }
            Node::Element(_) => ElementRef::wrap(node).is_some_and(is_skipped),
            _ => node.id() != element.id() && !node.has_children(),
        };
        if let Some(child) = node.first_child().filter(|_| !skipped) {
            node = child;
            continue;
        }
        loop {
            if node.id() == element.id() {
                return sum;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            let Some(parent) = node.parent() else { return sum };
            node = parent;
        }
    }
}

/// Whether an element is furniture or hidden.
pub(super) fn is_skipped(element: ElementRef<'_>) -> bool {
    if SKIPPED.contains(&element.value().name()) {
        return true;
    }
    if element.attr("hidden").is_some_and(|value| value != "until-found") || element.attr("aria-hidden") == Some("true") {
        return true;
    }
    if matches!(element.attr("role"), Some("navigation" | "banner" | "search" | "contentinfo")) {
        return true;
    }
    let style = element.attr("style").unwrap_or_default();
    style.contains("display") && style.to_ascii_lowercase().replace(' ', "").contains("display:none")
}

/// The title of the page.
pub(super) fn title(html: &Html) -> Option<String> {
    let all = || html.root_element().descendants().filter_map(ElementRef::wrap);
    let declared = all().find(|element| {
        let name = element.attr("name").unwrap_or_default().to_ascii_lowercase();
        element.value().name() == "meta" && matches!(name.as_str(), "dc.title" | "dcterms.title")
    });
    let words = match declared.and_then(|element| element.attr("content")) {
        Some(content) => content.to_owned(),
        None => all().find(|element| element.value().name() == "title")?.text().collect(),
    };
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    (!words.is_empty()).then_some(words)
}
