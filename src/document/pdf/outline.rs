//! The outline of a file (its bookmarks): titles, levels, pages, and where the titles stand in the text.

use std::collections::{HashMap, HashSet};

use lopdf::{Dictionary, Object, ObjectId, decode_text_string};

use super::objects::{Objects, as_dictionary, number};
use crate::document::{Bookmark, Document};

/// Bookmarks read of one file.
const MAX_BOOKMARKS: usize = 20_000;
/// How deep bookmarks and the tree of named destinations may nest.
const MAX_DEPTH: u8 = 32;
/// Named destinations read of one file.
const MAX_NAMES: usize = 200_000;
/// Characters kept of a title.
const MAX_TITLE: usize = 500;
/// Bookmarks looked for in the text of one page: no page has more headings.
const MAX_ON_PAGE: usize = 200;
/// Letters and figures of a title that must stand in the text.
const MIN_LETTERS: usize = 3;
/// How far (points) above the place that a bookmark opens its words may begin.
const ABOVE: f64 = 6.0;

/// A bookmark before its words are looked for.
pub(super) struct Entry {
    title: String,
    level: u8,
    page: u32,
    /// The height on the page that it opens, where it says so.
    top: Option<f64>,
}

/// Reads the outline. Entries that open no page of the file are left out.
pub(super) fn read<'a>(objects: &Objects<'a>, catalog: &'a Dictionary, pages: &[ObjectId]) -> Vec<Entry> {
    let Some(outlines) = objects.dictionary(catalog, b"Outlines") else { return Vec::new() };
    let numbers: HashMap<ObjectId, u32> = pages.iter().copied().zip(1..).collect();
    let names = names(objects, catalog);
    let mut entries = Vec::new();
    // An entry is read once, so that a circle among them ends.
    let mut met: HashSet<*const Dictionary> = HashSet::new();
    let mut open: Vec<(&'a Dictionary, u8)> = objects.dictionary(outlines, b"First").map(|first| (first, 1)).into_iter().collect();
    while let Some((entry, level)) = open.pop() {
        if met.len() >= MAX_BOOKMARKS || !met.insert(std::ptr::from_ref(entry)) {
            continue;
        }
        open.extend(objects.dictionary(entry, b"Next").map(|next| (next, level)));
        if level < MAX_DEPTH {
            open.extend(objects.dictionary(entry, b"First").map(|first| (first, level + 1)));
        }
        let title = objects.get(entry, b"Title").and_then(|title| decode_text_string(title).ok()).map(|title| one_line(&title));
        if let Some(title) = title.filter(|title| !title.is_empty())
            && let Some(place) = destination(objects, entry).and_then(|target| array(objects, target, &names))
            && let Some(page) = page_number(objects, place, &numbers)
        {
            entries.push(Entry { title, level, page, top: top(objects, place) });
        }
    }
    entries
}

fn one_line(title: &str) -> String {
    let spaced: String = title.chars().map(|found| if found.is_control() { ' ' } else { found }).take(MAX_TITLE).collect();
    crate::text::one_line(&spaced)
}

/// What a bookmark opens: a destination of its own or that of its action.
fn destination<'a>(objects: &Objects<'a>, entry: &'a Dictionary) -> Option<&'a Object> {
    objects.get(entry, b"Dest").or_else(|| {
        let action = objects.dictionary(entry, b"A")?;
        if objects.name(action, b"S") == Some(b"GoTo") { objects.get(action, b"D") } else { None }
    })
}

/// The array that a destination is, or that its name stands for.
fn array<'a>(objects: &Objects<'a>, target: &'a Object, names: &HashMap<&[u8], &'a Object>) -> Option<&'a [Object]> {
    let named = match target {
        Object::Name(name) | Object::String(name, _) => *names.get(name.as_slice())?,
        other => other,
    };
    match named {
        Object::Array(list) => Some(list),
        other => objects.get(as_dictionary(other)?, b"D")?.as_array().ok().map(Vec::as_slice),
    }
}

/// The named destinations of both kinds (PDF 32000-1, 12.3.2.3).
fn names<'a>(objects: &Objects<'a>, catalog: &'a Dictionary) -> HashMap<&'a [u8], &'a Object> {
    let mut out = HashMap::new();
    for (name, target) in objects.dictionary(catalog, b"Dests").into_iter().flat_map(Dictionary::iter) {
        out.extend(objects.resolve(target).map(|target| (name.as_slice(), target)));
    }
    let tree = objects.dictionary(catalog, b"Names").and_then(|names| objects.dictionary(names, b"Dests"));
    let mut met: HashSet<*const Dictionary> = HashSet::new();
    let mut open: Vec<&'a Dictionary> = tree.into_iter().collect();
    while let Some(node) = open.pop() {
        if out.len() >= MAX_NAMES || met.len() >= MAX_NAMES || !met.insert(std::ptr::from_ref(node)) {
            continue;
        }
        let list = |key| objects.get(node, key).and_then(|list| list.as_array().ok()).into_iter().flatten();
        open.extend(list(b"Kids").filter_map(|kid| objects.resolve(kid).and_then(as_dictionary)));
        let mut pairs = list(b"Names").filter_map(|item| objects.resolve(item));
        while let (Some(name), Some(target)) = (pairs.next(), pairs.next()) {
            if let Object::String(name, _) = name {
                out.insert(name, target);
            }
        }
    }
    out
}

/// The page of a destination: a reference, or a number from 0 as some producers write it.
fn page_number<'a>(objects: &Objects<'a>, place: &'a [Object], numbers: &HashMap<ObjectId, u32>) -> Option<u32> {
    match place.first()? {
        Object::Reference(id) => numbers.get(id).copied(),
        other => {
            let index = number(objects.resolve(other)?).filter(|index| (0.0..1e6).contains(index))? as u32;
            (usize::try_from(index).ok()? < numbers.len()).then_some(index + 1)
        }
    }
}

/// The upper edge of what a destination shows, where it names one.
fn top<'a>(objects: &Objects<'a>, place: &'a [Object]) -> Option<f64> {
    let kind = objects.resolve(place.get(1)?)?.as_name().ok()?;
    let index = match kind {
        b"XYZ" => 3,
        b"FitH" | b"FitBH" => 2,
        b"FitR" => 5,
        _ => return None,
    };
    number(objects.resolve(place.get(index)?)?)
}

/// Finds the titles in the text of their pages, and keeps them with the document.
pub(super) fn keep(document: &mut Document, entries: Vec<Entry>) {
    let mut by_page: HashMap<u32, Vec<usize>> = HashMap::new();
    for (index, entry) in entries.iter().enumerate() {
        by_page.entry(entry.page).or_default().push(index);
    }
    let mut starts = vec![None; entries.len()];
    for (page, indexes) in by_page {
        let letters = Letters::of(document, page);
        for index in indexes.into_iter().take(MAX_ON_PAGE) {
            if let (Some(entry), Some(start)) = (entries.get(index), starts.get_mut(index)) {
                *start = letters.find(&entry.title, entry.top);
            }
        }
    }
    let kept = entries.into_iter().zip(starts);
    document.bookmarks = kept.map(|(entry, start)| Bookmark { title: entry.title, level: entry.level, page: entry.page, start }).collect();
}

/// The letters and figures of the flow of a page, without what stands between them.
#[derive(Default)]
struct Letters {
    text: String,
    /// Of each word: where it begins in `text`, where in the document, and its upper edge.
    words: Vec<(usize, usize, f64)>,
}

impl Letters {
    fn of(document: &Document, page: u32) -> Self {
        let mut letters = Self::default();
        let first = document.words.partition_point(|word| word.page < page);
        for word in document.words.iter().skip(first).take_while(|word| word.page == page) {
            let after = document.asides.partition_point(|aside| aside.span.start <= word.span.start);
            if after.checked_sub(1).and_then(|index| document.asides.get(index)).is_some_and(|aside| aside.span.contains(word.span.start)) {
                continue;
            }
            let at = letters.text.len();
            letters.text.extend(plain(word.span.of(&document.text)));
            letters.words.push((at, word.span.start, f64::from(word.rect[3])));
        }
        letters
    }

    /// Where a title stands: of several places, the nearest below the height that is opened, or the first.
    fn find(&self, title: &str, top: Option<f64>) -> Option<usize> {
        let title: String = plain(title).collect();
        if title.chars().count() < MIN_LETTERS {
            return None;
        }
        let word_at = |at: usize| {
            let index = self.words.binary_search_by(|(begin, ..)| begin.cmp(&at)).ok()?;
            self.words.get(index).map(|&(_, start, upper)| (start, upper))
        };
        let mut places = self.text.match_indices(&title).filter_map(|(at, _)| word_at(at));
        let Some(top) = top else { return places.next().map(|(start, _)| start) };
        let distance = |upper: f64| if upper > top + ABOVE { 1e6 + upper - top } else { top - upper };
        places.min_by(|a, b| distance(a.1).total_cmp(&distance(b.1))).map(|(start, _)| start)
    }
}

/// Letters and figures in lower case.
fn plain(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|found| found.is_alphanumeric()).flat_map(char::to_lowercase)
}
