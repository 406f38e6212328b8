//! Footnotes of web pages: which elements hold their bodies, which marks point to them.

use std::collections::{HashMap, HashSet};

use ego_tree::NodeId;
use scraper::{Element, ElementRef, Node};

/// Elements that may be the body of a footnote.
const BODIES: [&str; 8] = ["li", "p", "div", "dd", "aside", "section", "tr", "span"];
/// Class names of such elements in pages of the Official Journal, of Word and of usual sites.
const CLASSES: [&str; 12] = [
    "footnote",
    "footnote-definition",
    "fn",
    "endnote",
    "oj-note",
    "footnote-text",
    "footnotetext",
    "msofootnotetext",
    "msoendnotetext",
    "footnote-body",
    "footnote-item",
    "doc-footnote",
];
/// Beginnings of identifiers of such elements.
const PREFIXES: [&str; 12] =
    ["footnote", "fn", "ftn", "_ftn", "edn", "_edn", "endnote", "note", "cite_note", "ntr", "sdfootnote", "sdendnote"];
/// Longest mark, in characters.
const MAX_MARK: usize = 6;

/// Elements that hold a footnote which nothing but its links shows.
const LINKED_BODIES: [&str; 8] = ["p", "div", "li", "dd", "pre", "tr", "td", "blockquote"];
/// How many elements above the target of a link may be the body.
const CLIMB: usize = 4;
/// How far into a body its link back to the text may stand, in nodes.
const LOOK: usize = 16;

/// The footnotes of a page.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Identifiers of bodies and of what stands in them.
    targets: HashSet<String>,
    /// Bodies that only their links, or the raised numbers that they begin with, show.
    bodies: HashSet<NodeId>,
    /// Raised numbers that begin such a body.
    raised: HashSet<String>,
}

impl Notes {
    /// Looks through the page for bodies.
    pub fn of(root: ElementRef<'_>) -> Self {
        let mut notes = Self::default();
        let mut raised = Vec::new();
        for node in root.descendants() {
            let Some(element) = ElementRef::wrap(node) else { continue };
            if element.value().name() == "sup" {
                raised.push(element);
            }
            if !notes.is_body(element) {
                continue;
            }
            notes.targets.extend(element.attr("id").map(str::to_owned));
            for inner in element.descendants().skip(1).filter_map(ElementRef::wrap).take(8) {
                notes.targets.extend(inner.attr("id").map(str::to_owned));
                notes.targets.extend(inner.attr("name").map(str::to_owned));
            }
        }
        notes.linked(root);
        notes.raised(&raised);
        notes
    }

    /// Bodies that a mark points to and that point back to it, or that begin with the words of the mark.
    fn linked(&mut self, root: ElementRef<'_>) {
        let mut places: HashMap<&str, (usize, ElementRef<'_>)> = HashMap::new();
        let mut links = Vec::new();
        for (at, element) in root.descendants().filter_map(ElementRef::wrap).enumerate() {
            for name in element.attr("id").into_iter().chain(element.attr("name").filter(|_| element.value().name() == "a")) {
                places.entry(name).or_insert((at, element));
            }
            if let Some(fragment) = fragment_of(element) {
                links.push((at, element, fragment));
            }
        }
        for (at, link, fragment) in links {
            let Some((place, target)) = places.get(fragment).copied().filter(|(place, _)| *place > at) else { continue };
            if self.targets.contains(fragment) {
                continue;
            }
            let Some(mark) = mark_of(&words_of(link)) else { continue };
            let is_raised = link.parent().and_then(ElementRef::wrap).is_some_and(|outer| outer.value().name() == "sup")
                || link.child_elements().any(|inner| inner.value().name() == "sup");
            let typed = words_of(link);
            let looks_like_mark = is_raised || typed.starts_with(['[', '*', '†', '‡']);
            let above = std::iter::once(target).chain(target.ancestors().take(CLIMB).filter_map(ElementRef::wrap));
            let Some(body) = above.into_iter().find(|element| LINKED_BODIES.contains(&element.value().name())) else { continue };
            let back = body.descendants().take(LOOK).filter_map(ElementRef::wrap).find_map(fragment_of);
            let mutual = back.and_then(|back| places.get(back)).is_some_and(|(back, _)| back.abs_diff(at) <= 2 && *back < place);
            if !(mutual || looks_like_mark) {
                continue;
            }
            let begins =
                body.text().flat_map(str::chars).filter(|character| !character.is_whitespace()).take(MAX_MARK + 4).collect::<String>();
            let begins = begins.trim_start_matches(['(', '[']);
            let numbered = begins.strip_prefix(mark.as_str()).is_some_and(|rest| !rest.starts_with(|next: char| next.is_ascii_digit()));
            if numbered || (mutual && body.value().name() == "li") {
                self.bodies.insert(body.id());
                self.targets.insert(fragment.to_owned());
                self.targets.extend(back.map(str::to_owned));
            }
        }
    }

    /// Paragraphs at the end of a text that begin with a raised number which stands raised in the text before.
    fn raised(&mut self, raised: &[ElementRef<'_>]) {
        let mut seen = HashSet::new();
        for sup in raised {
            let Some(mark) = mark_of(&words_of(*sup)).filter(|mark| !mark.starts_with(|first: char| first.is_ascii_alphabetic())) else {
                continue;
            };
            let body =
                sup.ancestors().take(CLIMB).filter_map(ElementRef::wrap).find(|element| LINKED_BODIES.contains(&element.value().name()));
            let Some(body) = body.filter(|body| matches!(body.value().name(), "p" | "div" | "li")) else { continue };
            if begins_with(body, *sup) {
                if seen.contains(&mark) {
                    self.bodies.insert(body.id());
                    self.raised.insert(mark);
                }
            } else {
                seen.insert(mark);
            }
        }
    }

    /// Whether an element holds one footnote.
    pub fn is_body(&self, element: ElementRef<'_>) -> bool {
        self.bodies.contains(&element.id())
            || (looks_like_body(element) && !element.descendants().skip(1).filter_map(ElementRef::wrap).take(64).any(looks_like_body))
    }

    /// Whether an element only announces the footnote that follows it ("Footnote 1").
    pub fn is_label(&self, element: ElementRef<'_>) -> bool {
        element.value().name() == "dt"
            && element.next_sibling_element().is_some_and(|next| next.value().name() == "dd" && self.is_body(next))
    }

    /// Whether an element is the mark of a footnote: a short link to a body, or, in a body, back to the text.
    pub fn is_mark(&self, element: ElementRef<'_>) -> bool {
        let words = words_of(element);
        let bare = words.trim();
        let name = element.value().name();
        if matches!(bare, "↩" | "↩︎" | "↑" | "^" | "⇑") && name == "a" {
            return true;
        }
        if element.value().classes().any(|class| class == "footnote-definition-label") {
            return true;
        }
        let Some(mark) = mark_of(bare) else { return false };
        if name == "sup" && self.raised.contains(&mark) {
            return true;
        }
        let link = if name == "a" {
            Some(element)
        } else {
            element.descendants().skip(1).filter_map(ElementRef::wrap).take(8).find(|inner| inner.value().name() == "a")
        };
        let Some(fragment) = link.and_then(|link| link.attr("href")).and_then(|href| href.split_once('#')).map(|(_, fragment)| fragment)
        else {
            return false;
        };
        self.targets.contains(fragment) || is_back_link(fragment)
    }
}

/// Where a link within the page leads.
fn fragment_of(element: ElementRef<'_>) -> Option<&str> {
    element.attr("href").filter(|_| element.value().name() == "a")?.strip_prefix('#').filter(|fragment| !fragment.is_empty())
}

/// Whether an element at the beginning of a body is its number, which leads back to the text.
pub(super) fn leads_back(element: ElementRef<'_>) -> bool {
    fragment_of(element).is_some() && mark_of(&words_of(element)).is_some()
}

/// Whether the words of an element begin with those of another in it, and go on after them.
fn begins_with(body: ElementRef<'_>, first: ElementRef<'_>) -> bool {
    let mut after = false;
    for node in body.descendants().take(64) {
        let within = node.ancestors().take(CLIMB).any(|outer| outer.id() == first.id());
        if let Node::Text(words) = node.value()
            && !words.trim().is_empty()
        {
            match (within, after) {
                (true, _) => after = true,
                (false, true) => return true,
                (false, false) => return false,
            }
        }
    }
    false
}

fn looks_like_body(element: ElementRef<'_>) -> bool {
    let name = element.value().name();
    if !BODIES.contains(&name) {
        return false;
    }
    if matches!(element.attr("role"), Some("doc-footnote" | "doc-endnote")) {
        return true;
    }
    // A span with such a class is more often the mark than the body.
    let by_class =
        element.value().classes().any(|class| CLASSES.contains(&class.to_ascii_lowercase().as_str()) || (class == "note" && name == "p"));
    name != "span" && (by_class || element.attr("id").is_some_and(is_body_id))
}

/// `fn1`, `footnote-12`, `_ftn3`, but not `fnref1`.
fn is_body_id(id: &str) -> bool {
    let id = id.to_ascii_lowercase();
    PREFIXES.iter().any(|prefix| {
        id.strip_prefix(prefix).is_some_and(|rest| {
            let rest = rest.trim_start_matches(['-', '_', ':', '.']);
            rest.starts_with(|first: char| first.is_ascii_digit()) && rest.len() <= 12
        })
    })
}

/// `fnref1`, `_ftnref2`, `ntc3`: the place of a mark in the text.
fn is_back_link(fragment: &str) -> bool {
    let fragment = fragment.to_ascii_lowercase();
    ["fnref", "ftnref", "_ftnref", "_ednref", "footnoteref", "footnote-ref", "fn-ref", "ref-fn", "noteref", "cite_ref", "ntc"]
        .iter()
        .any(|prefix| fragment.starts_with(prefix))
}

/// The words of an element, as far as a mark can be long.
pub(super) fn words_of(element: ElementRef<'_>) -> String {
    // Some sites say for the ears what the eye sees: "Footnote 1".
    let spoken = |node: &ego_tree::NodeRef<'_, Node>| {
        node.parent().and_then(ElementRef::wrap).is_some_and(|outer| {
            outer.value().classes().any(|class| matches!(class, "wb-inv" | "sr-only" | "visually-hidden" | "screen-reader-text"))
        })
    };
    let words = element.descendants().take(16).filter_map(|node| match node.value() {
        Node::Text(words) if !spoken(&node) => Some(&**words),
        _ => None,
    });
    words.flat_map(str::chars).filter(|character| !character.is_whitespace()).take(MAX_MARK + 4).collect()
}

/// The mark without its brackets: `(12)` is `12`.
pub(super) fn mark_of(words: &str) -> Option<String> {
    let bare = words.trim().trim_matches(['(', ')', '[', ']', '.']).trim();
    let digits = !bare.is_empty() && bare.chars().all(|character| character.is_ascii_digit());
    let stars = !bare.is_empty() && bare.chars().all(|character| "*†‡§".contains(character));
    let letter = bare.len() == 1 && bare.chars().all(|character| character.is_ascii_alphabetic());
    ((digits || stars || letter) && bare.chars().count() <= MAX_MARK).then(|| bare.to_owned())
}

/// The number at the end of the identifier of a body.
pub(super) fn mark_of_id(element: ElementRef<'_>) -> Option<String> {
    let id = element.attr("id")?;
    let start = id.trim_end_matches(|character: char| character.is_ascii_digit()).len();
    id.get(start..).and_then(mark_of)
}

/// The mark that a body begins with, and how many bytes it takes with the space after it.
///
/// A bare number counts only where the identifier gives the same one: "2005 Convention" is not note 2005.
pub(super) fn typed_mark(text: &str, known: Option<&str>) -> Option<(String, usize)> {
    let first = text.split_whitespace().next()?;
    let (head, glued) =
        match first.find(')').filter(|_| first.starts_with('(')).or_else(|| first.find(']').filter(|_| first.starts_with('['))) {
            Some(end) => (&first[..=end], true),
            None => (first, false),
        };
    let mark = mark_of(head)?;
    let starred = mark.starts_with(['*', '†', '‡', '§']);
    let dotted = head.ends_with('.') && mark.len() <= 3;
    if !(glued || starred || dotted || known == Some(mark.as_str())) {
        return None;
    }
    let after = text.get(head.len()..)?;
    let length = head.len() + (after.len() - after.trim_start().len());
    (length < text.len()).then_some((mark, length))
}
