//! What a page adds to the agreement: menus, banners, buttons, hidden parts.
//!
//! Elements that are furniture by their name or class are passed over. Lists of nothing but links are a
//! guess, so their words are kept and set aside. Neither holds where the element has much of the words of
//! the page: a site may call its whole content "menu" or hide it until a click.

use std::collections::HashSet;

use ego_tree::NodeId;
use ego_tree::iter::Edge;
use scraper::{ElementRef, Html, Node};

/// Elements whose words are not words of the document.
const SKIPPED: [&str; 28] = [
    "head", "script", "style", "noscript", "template", "nav", "iframe", "object", "embed", "svg", "canvas", "audio", "video", "map",
    "button", "select", "input", "textarea", "datalist", "img", "picture", "progress", "meter", "frameset", "title", "rt", "rp", "rtc",
];
/// Classes and identifiers of what is passed over.
const FURNITURE: [&str; 27] = [
    "breadcrumb",
    "breadcrumbs",
    "skiplink",
    "skip-link",
    "skip-to-content",
    "sr-only",
    "screen-reader-text",
    "visually-hidden",
    "visuallyhidden",
    "wb-inv",
    "fn-rtn",
    "social",
    "social-share",
    "share",
    "share-buttons",
    "sharing",
    "sharedaddy",
    "addtoany_share_save_container",
    "pagination",
    "pager",
    "noprint",
    "no-print",
    "d-print-none",
    "mw-editsection",
    "mw-jump-link",
    "back-to-top",
    "navbox",
];
/// Classes and identifiers of what is set aside.
const SIDE: [&str; 16] = [
    "navbar",
    "nav",
    "navigation",
    "menu",
    "main-menu",
    "mainmenu",
    "topmenu",
    "sidebar",
    "side-bar",
    "sidenav",
    "site-header",
    "site-footer",
    "page-footer",
    "footer",
    "related-posts",
    "related-content",
];
/// Identifiers of the element that holds the act in pages of EUR-Lex and the text in wikis.
const TEXTS: [&str; 4] = ["TexteOnly", "docHtml", "document1", "mw-content-text"];
/// Elements that may be a menu.
const MENUS: [&str; 9] = ["ul", "ol", "dl", "table", "tr", "td", "div", "p", "section"];
/// How many elements are considered as the one with the text: it is among the first.
const MAX_TEXTS: usize = 64;
/// Share of the words above which an element is taken for the whole document, in per cent.
const MOST: usize = 60;
/// Share of the words above which an element is no furniture, in per cent.
const MUCH: usize = 20;
/// Fewest links of a menu.
const MENU_LINKS: usize = 4;
/// Longest words of the usual link of a menu, in bytes.
const MENU_WORDS: usize = 50;

/// How an element is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Use {
    /// Its words are words of the document.
    Read,
    /// Its words stand outside the document.
    Aside,
    /// It is passed over with all that it holds.
    Skip,
}

/// The furniture of a page.
#[derive(Debug)]
pub(super) struct Furniture {
    root: NodeId,
    aside: HashSet<NodeId>,
    skip: HashSet<NodeId>,
}

/// Bytes of words in an element.
#[derive(Clone, Copy, Default)]
struct Weight {
    words: usize,
    /// Those in links to other pages.
    linked: usize,
    links: usize,
}

impl Furniture {
    /// Weighs all elements of a page once.
    pub fn of(html: &Html) -> Self {
        let all = html.root_element();
        let mut open = vec![Weight::default()];
        let mut within_link = 0_usize;
        let (mut roots, mut asides, mut skips) = (Vec::new(), Vec::new(), Vec::new());
        // Nothing is weighed below an element that is passed over whatever it holds.
        let mut passed: Option<NodeId> = None;
        for edge in all.traverse() {
            match edge {
                Edge::Open(node) => match node.value() {
                    _ if passed.is_some() => {}
                    Node::Text(words) => {
                        if let Some(last) = open.last_mut() {
                            let bytes = words.trim().len();
                            last.words += bytes;
                            last.linked += if within_link > 0 { bytes } else { 0 };
                        }
                    }
                    Node::Element(_) => {
                        let Some(element) = ElementRef::wrap(node) else { continue };
                        if by_name(element) == Use::Skip {
                            passed = Some(node.id());
                            continue;
                        }
                        within_link += usize::from(is_link(element));
                        open.push(Weight { links: usize::from(is_link(element)), ..Weight::default() });
                        if is_text(element) && roots.len() < MAX_TEXTS {
                            // Outer before inner: the place is taken when the element opens, its weight when it closes.
                            roots.push((node.id(), 0));
                        }
                    }
                    _ => {}
                },
                Edge::Close(node) => {
                    if passed.is_some() {
                        passed = passed.filter(|id| *id != node.id());
                        continue;
                    }
                    let Some(element) = ElementRef::wrap(node) else { continue };
                    let weight = open.pop().unwrap_or_default();
                    within_link -= usize::from(is_link(element));
                    if let Some(outer) = open.last_mut() {
                        outer.words += weight.words;
                        outer.linked += weight.linked;
                        outer.links += weight.links;
                    }
                    if is_text(element)
                        && let Some(root) = roots.iter_mut().rev().find(|(id, _)| *id == node.id())
                    {
                        root.1 = weight.words;
                    }
                    if is_hidden(element) {
                        skips.push((node.id(), weight.words, MOST));
                    } else {
                        match by_class(element) {
                            Use::Skip => skips.push((node.id(), weight.words, MUCH)),
                            Use::Aside => asides.push((node.id(), weight.words)),
                            Use::Read if is_menu(element, weight) => asides.push((node.id(), weight.words)),
                            Use::Read => {}
                        }
                    }
                }
            }
        }
        let total = open.first().map_or(0, |weight| weight.words);
        let root = roots.iter().find(|(_, words)| words * 100 > total * MOST).map_or(all.id(), |(id, _)| *id);
        Self {
            root,
            aside: asides.into_iter().filter(|(_, words)| words * 100 <= total * MUCH).map(|(id, _)| id).collect(),
            skip: skips.into_iter().filter(|(_, words, most)| words * 100 <= total * most).map(|(id, ..)| id).collect(),
        }
    }

    /// The element that holds the agreement, where one has most of the words; else all.
    pub fn root<'a>(&self, html: &'a Html) -> ElementRef<'a> {
        html.tree.get(self.root).and_then(ElementRef::wrap).unwrap_or_else(|| html.root_element())
    }

    /// How an element is read.
    pub fn usage(&self, element: ElementRef<'_>) -> Use {
        let id = element.id();
        if by_name(element) == Use::Skip || self.skip.contains(&id) {
            Use::Skip
        } else if self.aside.contains(&id) && id != self.root {
            Use::Aside
        } else {
            Use::Read
        }
    }
}

/// `<main>`, `<article>` and what sites call so.
fn is_text(element: ElementRef<'_>) -> bool {
    matches!(element.value().name(), "main" | "article")
        || element.attr("role") == Some("main")
        || element.attr("id").is_some_and(|id| TEXTS.contains(&id))
}

fn by_name(element: ElementRef<'_>) -> Use {
    let furniture = SKIPPED.contains(&element.value().name())
        || matches!(element.attr("role"), Some("navigation" | "banner" | "search" | "contentinfo" | "dialog" | "alertdialog"));
    if furniture { Use::Skip } else { Use::Read }
}

/// What the class or the identifier of an element says.
fn by_class(element: ElementRef<'_>) -> Use {
    if matches!(element.value().name(), "html" | "body" | "main" | "article") {
        return Use::Read;
    }
    let names = element.value().classes().chain(element.attr("id"));
    let mut usage = Use::Read;
    for name in names {
        let name = name.to_ascii_lowercase();
        if FURNITURE.contains(&name.as_str()) || name.contains("cookie") {
            return Use::Skip;
        }
        if SIDE.contains(&name.as_str()) {
            usage = Use::Aside;
        }
    }
    usage
}

fn is_hidden(element: ElementRef<'_>) -> bool {
    if element.attr("hidden").is_some_and(|value| value != "until-found") || element.attr("aria-hidden") == Some("true") {
        return true;
    }
    let style = element.attr("style").unwrap_or_default();
    style.contains("display") && style.to_ascii_lowercase().replace(' ', "").contains("display:none")
}

/// A link to another page; those within the page are notes and tables of contents.
fn is_link(element: ElementRef<'_>) -> bool {
    element.value().name() == "a" && element.attr("href").is_some_and(|href| !href.contains('#'))
}

fn is_menu(element: ElementRef<'_>, weight: Weight) -> bool {
    MENUS.contains(&element.value().name())
        && weight.links >= MENU_LINKS
        && weight.linked * 10 >= weight.words * 9
        && weight.words <= weight.links * MENU_WORDS
}
