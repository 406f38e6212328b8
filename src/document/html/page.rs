//! The page around the agreement: its encoding, its title, how deep it nests, whether it is whole.

use encoding_rs::Encoding;
use scraper::{ElementRef, Html};

use super::super::{Message, encoding};
use crate::text::one_line;

/// Where a page declares its encoding: browsers look no further either.
const HEAD: usize = 4096;
/// How deep elements that must be closed may nest. The parser looks through all open ones at every tag.
const MAX_DEPTH: usize = 1000;

/// The text of the page: marks and UTF-8 first, then what the page declares, then a guess; and what was noticed.
pub(super) fn decode(bytes: &[u8]) -> (String, Vec<Message>) {
    if Encoding::for_bom(bytes).is_none()
        && std::str::from_utf8(bytes).is_err()
        && let Some(declared) = declared(bytes)
    {
        let (text, _) = declared.decode_without_bom_handling(bytes);
        return encoding::decode_with_messages(text.as_bytes());
    }
    encoding::decode_with_messages(bytes)
}

/// The encoding in `<meta charset>`, in its older form with `content`, or in the XML declaration of XHTML.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(bytes.get(..HEAD).unwrap_or(bytes)).to_ascii_lowercase();
    let declaration = head.trim_start().strip_prefix("<?xml").and_then(|xml| xml.split("?>").next()?.split_once("encoding"));
    let after = match declaration {
        Some((_, after)) => after,
        None => head.split("charset").nth(1)?,
    };
    let after = after.trim_start().strip_prefix('=')?;
    let label: String = after
        .trim_start()
        .trim_start_matches(['"', '\''])
        .chars()
        .take_while(|character| character.is_ascii_alphanumeric() || "-_:.".contains(*character))
        .collect();
    // Bytes that can be read at all are not UTF-16, whatever the page says.
    Encoding::for_label(label.as_bytes()).filter(|found| found.is_ascii_compatible() && *found != encoding_rs::UTF_8)
}

/// The source as HTML reads it: XHTML closes empty elements in one tag, which HTML takes for open ones.
///
/// An open `<title/>` or `<script/>` would swallow the whole page.
pub(super) fn close_empty(source: String) -> String {
    const EMPTY: [&str; 14] = ["title", "script", "style", "textarea", "iframe", "noscript", "a", "div", "span", "p", "td", "li", "b", "i"];
    let head = String::from_utf8_lossy(source.as_bytes().get(..HEAD).unwrap_or(source.as_bytes()));
    if !source.contains("/>") || !(head.trim_start().starts_with("<?xml") || head.contains("http://www.w3.org/1999/xhtml")) {
        return source;
    }
    let mut out = String::with_capacity(source.len() + source.len() / 16);
    let mut rest = source.as_str();
    while let Some(at) = rest.find("/>") {
        let (before, after) = (&rest[..at], &rest[at + 2..]);
        let name = before
            .rfind('<')
            .map(|start| &before[start + 1..])
            .filter(|tag| !tag.contains('>'))
            .map(|tag| tag.split(|character: char| !character.is_ascii_alphanumeric()).next().unwrap_or_default());
        match name.filter(|name| EMPTY.iter().any(|empty| empty.eq_ignore_ascii_case(name))) {
            Some(name) => {
                out.push_str(before);
                out.push_str("></");
                out.push_str(name);
                out.push('>');
            }
            None => out.push_str(&rest[..at + 2]),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Whether the source ends inside a tag or before the end of a page that marks its beginning.
pub(super) fn is_cut_off(source: &str) -> bool {
    let end = source.trim_end();
    let in_tag = match (end.rfind('<'), end.rfind('>')) {
        (Some(open), close) if close.is_none_or(|close| close < open) => {
            end[open + 1..].starts_with(|first: char| first.is_ascii_alphabetic() || matches!(first, '/' | '!')) || open + 1 == end.len()
        }
        _ => false,
    };
    let bytes = end.as_bytes();
    let tail = String::from_utf8_lossy(bytes.get(bytes.len().saturating_sub(HEAD)..).unwrap_or_default()).to_ascii_lowercase();
    let head = String::from_utf8_lossy(bytes.get(..HEAD).unwrap_or(bytes)).to_ascii_lowercase();
    in_tag || (head.contains("<html") && !tail.contains("</html") && !tail.contains("</body"))
}

/// Whether a page with these few words is a frame around what a script, a login or other files would show.
pub(super) fn is_shell(source: &str, words: &str) -> bool {
    const FEW: usize = 300;
    const MARKUP: usize = 8;
    if words.len() > FEW {
        return false;
    }
    let lower = source.to_ascii_lowercase();
    let asks = lower.contains("type=\"password\"") || lower.contains("type='password'") || lower.contains("type=password");
    asks || (lower.contains("<script") && source.len() > words.len() * MARKUP && lower.contains("javascript"))
        || lower.contains("<frame ")
        || lower.contains("id=\"root\"")
        || lower.contains("id=\"app\"")
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
    let words = one_line(&words);
    (!words.is_empty()).then_some(words)
}

/// Attributes of one tag beyond which a page is not parsed: the parser compares each with all before it.
pub(super) const MAX_ATTRIBUTES: usize = 2000;

/// Whether a tag has more attributes than any page needs.
pub(super) fn too_many_attributes(source: &str) -> bool {
    source.split('<').skip(1).filter(|tag| tag.len() > MAX_ATTRIBUTES && tag.starts_with(|first: char| first.is_ascii_alphabetic())).any(
        |tag| {
            let (mut count, mut quote, mut gap) = (0, None, false);
            for byte in tag.bytes() {
                match (byte, quote) {
                    (b'"' | b'\'', None) => quote = Some(byte),
                    (_, Some(mark)) if byte == mark => quote = None,
                    (b'>', None) => break,
                    (b' ' | b'\t' | b'\n' | b'\r' | 0x0c | b'/', None) => gap = true,
                    (_, None) if gap => {
                        gap = false;
                        count += 1;
                    }
                    _ => {}
                }
            }
            count > MAX_ATTRIBUTES
        },
    )
}
