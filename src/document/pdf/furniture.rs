//! Running heads and feet and page numbers: the lines that pages repeat at the same place.
//!
//! A line is one of these when enough pages have the same words at the same height near their edge,
//! numbers that count with the pages being equal to one another. A lone number counts as a page
//! number when it goes with the pages, or where the file is too short to tell.

use std::collections::HashMap;

use rayon::prelude::*;

use super::lines::{self, Line};
use super::marks;
use super::words::PageWords;
use crate::text::one_line;

/// The part of the height of a page, from its edge, in which running lines stand.
const ZONE: f64 = 0.17;
/// Lines looked at from each edge.
const LINES: usize = 6;
/// Pages that must repeat a line.
const REPEATS: usize = 3;
/// Places of one line that are compared, so that thousands of pages cost no more than these.
const COMPARED: usize = 2_000;
/// Heights that count as the same place, in points.
const PLACE: f64 = 6.0;
/// Space between a lone number and the text, in sizes, where nothing else speaks for a page number.
const ALONE: f64 = 1.8;

/// The lines of a page after the running ones are taken out.
#[derive(Debug, Default)]
pub(super) struct Sorted {
    pub(super) head: Vec<Line>,
    pub(super) body: Vec<Line>,
    pub(super) foot: Vec<Line>,
}

/// A line near an edge, as it is compared with those of other pages.
struct Candidate {
    page: usize,
    line: usize,
    at_top: bool,
    height: f64,
    keys: Vec<String>,
    lone_number: bool,
    alone: bool,
    artifact: bool,
}

/// Sorts the lines of all pages.
pub(super) fn sort(pages: &mut [PageWords]) -> Vec<Sorted> {
    // The threads that made the words make lines of them, so that the memory of the words is used again.
    let lines: Vec<Vec<Line>> = pages.par_iter_mut().map(|page| lines::build(std::mem::take(&mut page.main))).collect();
    let pairs = lines.par_iter().zip(&*pages).enumerate();
    let candidates: Vec<Candidate> = pairs.flat_map_iter(|(index, (lines, page))| candidates(index, lines, page)).collect();
    let mut places: HashMap<(&str, bool), Vec<(usize, f64)>> = HashMap::new();
    for candidate in &candidates {
        for key in &candidate.keys {
            places.entry((key, candidate.at_top)).or_default().push((candidate.page, candidate.height));
        }
    }
    let mut running: Vec<HashMap<usize, bool>> = vec![HashMap::new(); pages.len()];
    let needed = if pages.len() < REPEATS { pages.len().max(2) } else { REPEATS };
    for candidate in &candidates {
        let repeats = candidate.keys.iter().filter_map(|key| places.get(&(key.as_str(), candidate.at_top)));
        let most = repeats.map(|places| same_place(places, candidate.height)).max().unwrap_or_default();
        let numbered = candidate.lone_number && (most >= 2 || pages.len() < REPEATS && candidate.alone);
        if (candidate.artifact || numbered || most >= needed)
            && let Some(page) = running.get_mut(candidate.page)
        {
            page.insert(candidate.line, candidate.at_top);
        }
    }
    lines.into_iter().zip(running).map(|(lines, running)| split(lines, &running)).collect()
}

/// How many pages have the line at about this height; counting stops at enough.
fn same_place(places: &[(usize, f64)], height: f64) -> usize {
    let mut count = 0;
    let mut last = None;
    for &(page, other) in places.iter().take(COMPARED) {
        if (other - height).abs() < PLACE && last != Some(page) {
            last = Some(page);
            count += 1;
            if count >= REPEATS {
                break;
            }
        }
    }
    count
}

fn split(lines: Vec<Line>, running: &HashMap<usize, bool>) -> Sorted {
    let mut sorted = Sorted::default();
    for (index, line) in lines.into_iter().enumerate() {
        match running.get(&index) {
            Some(true) => sorted.head.push(line),
            Some(false) => sorted.foot.push(line),
            None => sorted.body.push(line),
        }
    }
    sorted
}

fn candidates(page: usize, lines: &[Line], words: &PageWords) -> Vec<Candidate> {
    let Some(bounds) = words.bounds else { return Vec::new() };
    let tagged = lines.iter().flat_map(|line| &line.words).any(|(_, word)| !word.artifact);
    let zone = ZONE * bounds.height();
    let mut out = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let at_top = bounds.top - line.base < zone;
        let at_bottom = line.base - bounds.bottom < zone;
        if !(at_top && index < LINES || at_bottom && index + LINES >= lines.len()) {
            continue;
        }
        let text = line.text();
        let above = index.checked_sub(1).and_then(|above| lines.get(above)).map_or(f64::INFINITY, |above| above.base - line.base);
        let below = lines.get(index + 1).map_or(f64::INFINITY, |below| line.base - below.base);
        out.push(Candidate {
            page,
            line: index,
            at_top,
            height: if at_top { bounds.top - line.base } else { line.base - bounds.bottom },
            keys: keys(&text, page),
            lone_number: lone_number(&text),
            alone: (if at_top { below } else { above }) > ALONE * line.size,
            artifact: tagged && line.words.iter().all(|(_, word)| word.artifact),
        });
    }
    out
}

/// The forms in which a line may repeat: as it is, and with one of its numbers counting with the pages.
fn keys(text: &str, page: usize) -> Vec<String> {
    let plain = one_line(text).to_lowercase();
    let mut keys = Vec::new();
    let page = i64::try_from(page).unwrap_or_default();
    // `Article 5` at the top of one page and `Article 6` on the next are headings, not running heads;
    // only a number at the end, after a title, counts the pages.
    let heading = marks::is_heading(text);
    if !heading || text.split_whitespace().count() > 3 {
        let mut rest = plain.as_str();
        while let Some(start) = rest.find(|found: char| found.is_ascii_digit()) {
            let tail = rest.get(start..).unwrap_or_default();
            let digits = tail.find(|found: char| !found.is_ascii_digit()).unwrap_or(tail.len());
            let (number, after) = tail.split_at(digits);
            if heading && !after.is_empty() {
                rest = after;
                continue;
            }
            if let (Ok(number), Some(before)) = (number.parse::<i64>(), plain.get(..plain.len() - tail.len())) {
                keys.push(format!("{before}#{}{after}", number.saturating_sub(page)));
            }
            rest = after;
            if keys.len() >= 8 {
                break;
            }
        }
        if let Some(number) = marks::roman(plain.trim_matches(|found: char| !found.is_alphanumeric())) {
            keys.push(format!("#roman{}", i64::from(number).saturating_sub(page)));
        }
    }
    // A line without letters or figures (a row of dots or dashes) repeats by chance.
    if plain.chars().any(char::is_alphanumeric) {
        keys.push(plain);
    }
    keys
}

/// Whether a line is a page number and nothing else: `12`, `- 12 -`, `Page 3 of 20`, `xiv`, `3/20`.
fn lone_number(text: &str) -> bool {
    let words: Vec<&str> = text
        .split(|found: char| !found.is_alphanumeric())
        .filter(|word| !word.is_empty() && !matches!(*word, "page" | "Page" | "PAGE"))
        .collect();
    let is_number = |word: &str| (word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit())) || marks::roman(word).is_some();
    match words.as_slice() {
        [one] => is_number(one),
        [one, two] => is_number(one) && is_number(two) && text.contains('/'),
        [one, "of" | "sur" | "de" | "von", two] => is_number(one) && is_number(two),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{keys, lone_number};

    #[test]
    fn page_numbers() {
        for text in ["12", "- 12 -", "Page 3 of 20", "xiv", "3/20", "– 7 –"] {
            assert!(lone_number(text), "{text}");
        }
        for text in ["12 March", "Article 5", "1 000 000", ""] {
            assert!(!lone_number(text), "{text}");
        }
    }

    #[test]
    fn numbers_count_with_the_pages() {
        let shared = |a: &str, b: &str| keys(a, 3).iter().any(|key| keys(b, 4).contains(key));
        assert!(shared("Page 5 of 20", "Page 6 of 20"));
        assert!(shared("542 JOURNAL 23 février", "543 JOURNAL 23 février"));
        assert!(shared("Chapter 2: Structure 5", "Chapter 2: Structure 6"));
        assert!(!shared("Article 5", "Article 6"));
        assert!(!shared("Article 5 Scope and coverage", "Article 6 Scope and coverage"));
        assert!(!shared("Tariff 10", "Tariff 20"));
    }
}
