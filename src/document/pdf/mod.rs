//! PDF: from content streams to text in reading order, with the place of every word.
//!
//! lopdf loads the file and decrypts it; everything from the content streams on is done here. Pages
//! are read in parallel and then put together in order. Not read: comments that a viewer opens in a
//! window, images (a scan needs an OCR first), and fonts whose only key is a predefined CMap for
//! Chinese, Japanese or Korean.

mod annotations;
mod breaks;
mod cmap;
mod columns;
mod compose;
mod content;
mod encoding;
mod font;
mod furniture;
mod geometry;
#[cfg(test)]
mod hostile;
mod lexer;
mod lines;
mod marks;
mod notes;
mod objects;
mod outline;
mod overprint;
mod paragraphs;
mod program;
mod state;
mod tables;
#[cfg(test)]
mod tests;
mod widths;
mod words;

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

use lopdf::{LoadOptions, Object, ObjectId};
use rayon::prelude::*;

use self::compose::PageParts;
use self::content::{Cut, FontCache, MAX_GLYPHS, MAX_OPERATIONS, RawPage, Room};
use self::objects::Objects;
use self::words::PageWords;
use super::limits::Limits;
use super::{Document, Level, Message, ReadError};

/// Ranges of pages that one message names.
const MAX_RANGES_NAMED: usize = 8;

const DAMAGED_ADVICE: &str = "fetch the file again, or open it in a PDF viewer and save a new copy";

/// Reads a PDF file.
pub(super) fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    read_within(bytes, Limits::default())
}

/// Reads a PDF file within limits.
fn read_within(bytes: &[u8], limits: Limits) -> Result<Document, ReadError> {
    let clock = limits.clock();
    // lopdf is careful, but a fault in it must not take the program down with it.
    let loaded = catch_unwind(|| load(bytes, limits)).unwrap_or_else(|_| Err(damaged("its objects could not be read")))?;
    let objects = Objects::new(&loaded).within(limits, clock);
    let most = limits.pages.saturating_add(1);
    let mut ids: Vec<ObjectId> = catch_unwind(AssertUnwindSafe(|| loaded.page_iter().take(most).collect())).unwrap_or_default();
    let lost_order = ids.is_empty();
    if lost_order {
        ids = stray_pages(&loaded, most);
    }
    if ids.is_empty() {
        return Err(damaged("it has no pages"));
    }
    let more_pages = ids.len() > limits.pages;
    ids.truncate(limits.pages);
    let fonts = FontCache::default();
    let count = AtomicUsize::new(0);
    let mut pages: Vec<(RawPage, PageWords)> =
        ids.par_iter().map_init(Room::default, |room, &id| read_page(&objects, &fonts, &count, id, room)).collect();
    let mut messages = messages(&pages, limits);
    if lost_order {
        let text = "the list of pages is lost (a download that was cut off?): the pages that are left were read in the order of the file";
        messages.insert(0, Message::new(Level::Warning, "page-damaged", format!("{text}; fetch the file again")));
    }
    if more_pages {
        let text = format!("only the first {} pages were read: split the file and read the parts", limits.pages);
        messages.push(Message::new(Level::Warning, "pages-not-read", text));
    }
    let words: Vec<PageWords> = pages.iter_mut().map(|(_, words)| std::mem::take(words)).collect();
    if words.iter().all(PageWords::is_empty) {
        if pages.iter().any(|(page, _)| page.cut == Some(Cut::Time)) {
            return Err(clock.error());
        }
        if lost_order || messages.iter().any(|message| message.code != "page-without-text") {
            return Err(damaged("the contents or the fonts of its pages are lost"));
        }
        return Err(ReadError::NoText { format: "PDF", advice: "if it is a scan, run an OCR such as OCRmyPDF over it first" });
    }
    drop(pages);
    let mut document = compose::document(lay_out(words));
    document.messages = messages;
    let outline = || objects.catalog().map(|catalog| outline::read(&objects, catalog, &ids)).unwrap_or_default();
    // A damaged outline must not cost the text.
    outline::keep(&mut document, catch_unwind(AssertUnwindSafe(outline)).unwrap_or_default());
    Ok(document)
}

fn damaged(cause: &str) -> ReadError {
    ReadError::Damaged { format: "PDF", cause: cause.to_owned(), advice: DAMAGED_ADVICE }
}

fn load(bytes: &[u8], limits: Limits) -> Result<lopdf::Document, ReadError> {
    let options = || LoadOptions { max_decompressed_size: Some(limits.part_bytes), ..LoadOptions::default() };
    let mut document = match lopdf::Document::load_mem_with_options(bytes, options()) {
        Ok(document) => document,
        Err(lopdf::Error::InvalidPassword) => return Err(ReadError::Password),
        Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => {
            return Err(damaged("it inflates to more than a sound file does"));
        }
        Err(_) => lopdf::Document::load_mem_with_options(&with_root(bytes), options())
            .map_err(|_| damaged("its list of objects could not be read"))?,
    };
    // The loader tries the empty password itself; what is still encrypted needs another one.
    if document.is_encrypted() && document.encryption_state.is_none() {
        return Err(ReadError::Password);
    }
    if document.objects.len() > limits.objects {
        return Err(damaged(&format!("it has {} objects, more than {}", document.objects.len(), limits.objects)));
    }
    if !document.is_encrypted() && document.encryption_state.is_none() {
        objects::fill_streams_without_length(&mut document, bytes);
    }
    Ok(document)
}

/// A file that was cut off before the object from which all others are reached, with an empty one put
/// at its end: what is left of the other objects can then be found by their marks.
fn with_root(bytes: &[u8]) -> Vec<u8> {
    const ROOT: &[u8] = b"\nendstream\nendobj\n999998 0 obj\n<</Type/Catalog/Pages 999999 0 R>>\nendobj\n\
        999999 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\ntrailer\n<</Root 999998 0 R>>\n";
    [bytes, ROOT].concat()
}

/// The pages of a file whose list of pages is gone, in the order of their objects.
fn stray_pages(document: &lopdf::Document, most: usize) -> Vec<ObjectId> {
    let is_page = |object: &Object| object.as_dict().is_ok_and(|found| found.get_type().is_ok_and(|name| name == b"Page"));
    document.objects.iter().filter(|(_, object)| is_page(object)).map(|(&id, _)| id).take(most).collect()
}

/// Reads one page; `count` is how many words the pages so far have.
fn read_page(objects: &Objects<'_>, fonts: &FontCache, count: &AtomicUsize, id: ObjectId, room: &mut Room) -> (RawPage, PageWords) {
    let late = objects.clock.is_over().then_some(Cut::Time);
    let full = (count.load(Ordering::Relaxed) >= objects.limits.words).then_some(Cut::Words);
    if let Some(cut) = late.or(full) {
        return (RawPage { cut: Some(cut), ..RawPage::default() }, PageWords::default());
    }
    let work = AssertUnwindSafe(|| {
        let own = std::mem::take(room);
        let mut page = objects.page(id).map(|page| content::read(objects, fonts, page, own)).unwrap_or_default();
        let words = words::build(&page);
        count.fetch_add(words.main.len(), Ordering::Relaxed);
        // The glyphs are not needed any more, and are most of the memory.
        *room = Room { glyphs: std::mem::take(&mut page.glyphs), text: std::mem::take(&mut page.text) };
        page.rules = Vec::new();
        (page, words)
    });
    catch_unwind(work).unwrap_or_else(|_| (RawPage { damaged: true, ..RawPage::default() }, PageWords::default()))
}

/// Orders the words of all pages.
fn lay_out(mut words: Vec<PageWords>) -> Vec<PageParts> {
    let sorted = furniture::sort(&mut words);
    let sizes = sorted.iter().flat_map(|page| &page.body).flat_map(|line| line.words.iter().map(|(_, word)| word.size));
    let overall = columns::median(sizes.collect());
    let pages: Vec<_> = words.into_iter().zip(sorted).collect();
    let numbered: Vec<_> = (1..).zip(pages).collect();
    numbered
        .into_par_iter()
        .map(|(number, (words, sorted))| {
            let body = sorted.body.into_iter().flat_map(|line| line.words.into_iter().map(|(_, word)| word)).collect();
            let (body, tables) = tables::take(body, &words.rules);
            let mut blocks = columns::blocks(body, tables, &words.rules, &marks::is_mark);
            for turned in words.turned {
                blocks.extend(columns::blocks(turned, Vec::new(), &[], &marks::is_mark));
            }
            let text = paragraphs::build(blocks, &words.rules, overall);
            let slanted = lines::build(words.slanted);
            PageParts { number, head: sorted.head, text, foot: sorted.foot, slanted }
        })
        .collect()
}

/// What the reader of the result must know of the pages.
fn messages(pages: &[(RawPage, PageWords)], limits: Limits) -> Vec<Message> {
    let mut messages = Vec::new();
    let numbered = || (1..).zip(pages);
    for cut in [Cut::Size, Cut::Words, Cut::Time] {
        for (from, to) in ranges(numbered().filter(|(_, (page, _))| page.cut == Some(cut)).map(|(number, _)| number)) {
            let named = pages_named(from, to);
            let (code, text) = match cut {
                Cut::Size => (
                    "page-not-read",
                    format!(
                        "of {named} only {MAX_GLYPHS} characters and {MAX_OPERATIONS} drawing steps were read: words after them are missing"
                    ),
                ),
                Cut::Words => (
                    "pages-not-read",
                    format!(
                        "{named} could not be read: the other pages hold {} words already; split the file and read the parts",
                        limits.words
                    ),
                ),
                Cut::Time => (
                    "pages-not-read",
                    format!(
                        "{named} could not be read to the end within {} seconds: split the file and read the parts",
                        limits.time.as_secs()
                    ),
                ),
            };
            messages.push(Message::new(Level::Error, code, text).on_page(from));
        }
    }
    for (from, to) in ranges(numbered().filter(|(_, (page, _))| page.damaged).map(|(number, _)| number)) {
        let text = format!("the content of {} breaks off or could not be decoded in part: words may be missing", pages_named(from, to));
        messages.push(Message::new(Level::Warning, "page-damaged", text).on_page(from));
    }
    for (from, to) in ranges(numbered().filter(|(_, (page, words))| words.is_empty() && page.cut.is_none()).map(|(number, _)| number)) {
        let verb = if from == to { "holds" } else { "hold" };
        let text = format!("{} {verb} no text: run an OCR such as OCRmyPDF first if there is something to read", pages_named(from, to));
        messages.push(Message::new(Level::Warning, "page-without-text", text).on_page(from));
    }
    let mut fonts: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (number, (page, _)) in numbered() {
        for font in &page.unreadable_fonts {
            fonts.entry(font).or_default().push(number);
        }
    }
    for (font, pages) in fonts {
        let first = pages.first().copied().unwrap_or_default();
        let text = format!(
            "{}: the file does not say which characters the font {font} shows, so that words are missing: \
             run an OCR such as OCRmyPDF over the pages as they look (its option --force-ocr)",
            all_named(&ranges(pages.into_iter()))
        );
        messages.push(Message::new(Level::Warning, "font-not-decodable", text).on_page(first));
    }
    messages
}

/// Ranges of pages in one phrase: `page 2`, `pages 3–9 and 12`.
fn all_named(ranges: &[(u32, u32)]) -> String {
    let one = |&(from, to): &(u32, u32)| if from == to { from.to_string() } else { format!("{from}–{to}") };
    let mut named: Vec<String> = ranges.iter().take(MAX_RANGES_NAMED).map(one).collect();
    if ranges.len() > MAX_RANGES_NAMED {
        named.push("others".to_owned());
    }
    let word = if matches!(ranges, [(from, to)] if from == to) { "page" } else { "pages" };
    match named.split_last() {
        Some((last, [])) => format!("{word} {last}"),
        Some((last, head)) => format!("{word} {} and {last}", head.join(", ")),
        None => String::new(),
    }
}

fn pages_named(from: u32, to: u32) -> String {
    if from == to { format!("page {from}") } else { format!("pages {from}–{to}") }
}

/// Numbers that follow one another taken together, first and last.
fn ranges(numbers: impl Iterator<Item = u32>) -> Vec<(u32, u32)> {
    let mut out: Vec<(u32, u32)> = Vec::new();
    for number in numbers {
        match out.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(number) => *last = number,
            _ => out.push((number, number)),
        }
    }
    out
}
