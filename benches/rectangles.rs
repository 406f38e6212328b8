//! Whether the areas of a quote hold the words of the quote: 200 findings in PDFs, against the words that
//! `pdftotext -bbox` (Poppler) places inside them.
//!
//! `cargo bench --bench rectangles` takes the sample agreements and, where there is one, the corpus. Where the findings are
//! fewer than 200, passages of provisions fill them up. Options: `--seed N`, `--count N`, `--list` (every miss).
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    missing_docs,
    reason = "a measurement, not the product"
)]

mod corpus;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use clausula::analysis::Analysis;
use clausula::document::{self, Document, Format, Span};
use clausula::structure::Agreement;

/// Words of a passage.
const PASSAGE: usize = 25;

/// A quote of a document.
struct Quote {
    file: usize,
    span: Span,
}

/// A word as `pdftotext` places it: left, top, right, bottom from the upper left corner of the page as it is shown.
struct Placed {
    rect: [f64; 4],
    text: String,
}

fn main() {
    if Command::new("pdftotext").arg("-v").output().is_err() {
        println!("skipped: no pdftotext (install poppler-utils)");
        return;
    }
    let mut paths = pdfs(Path::new("agreements"));
    paths.extend(corpus::folder().map(|folder| pdfs(&folder.join("documents/pdf"))).unwrap_or_default());
    let rulebook = corpus::rulebook();
    let files: Vec<(PathBuf, Document)> = paths
        .into_iter()
        .filter_map(|path| Some((path.clone(), document::read(&std::fs::read(path).ok()?).ok()?)))
        .filter(|(_, document)| document.format == Format::Pdf)
        .collect();
    let number = |name: &str, usual: usize| corpus::option(name).map_or(usual, |value| value.parse().unwrap());
    let (wanted, mut random) = (number("--count", 200), Random(number("--seed", 1) as u64));
    let mut quotes = Vec::new();
    for (file, (path, document)) in files.iter().enumerate() {
        let analysis = Analysis::new(&path.to_string_lossy(), document.clone(), &rulebook);
        quotes.extend(analysis.findings.iter().map(|finding| Quote { file, span: finding.span }));
    }
    let all = quotes.len();
    random.shuffle(&mut quotes);
    quotes.truncate(wanted);
    let findings = quotes.len();
    let mut passages: Vec<Quote> = files.iter().enumerate().flat_map(|(file, (_, document))| passages(file, document)).collect();
    random.shuffle(&mut passages);
    quotes.extend(passages.into_iter().take(wanted - findings));
    println!("{} PDFs; {findings} of {all} findings, {} passages of provisions", files.len(), quotes.len() - findings);

    let mut pages: HashMap<(usize, u32), Vec<Placed>> = HashMap::new();
    let mut right = [0; 2];
    for (index, quote) in quotes.iter().enumerate() {
        let (path, document) = &files[quote.file];
        let mut found = String::new();
        for area in document.rectangles(quote.span) {
            let words = pages.entry((quote.file, area.page)).or_insert_with(|| placed(path, area.page));
            found.push_str(&inside(words, area.rect));
        }
        let expected = expected(document, quote.span);
        if found == expected && !expected.is_empty() {
            right[usize::from(index >= findings)] += 1;
        } else {
            let page = document.page_at(quote.span.start).unwrap_or_default();
            println!("  miss: {} page {page}, bytes {}..{}", path.display(), quote.span.start, quote.span.end);
            if corpus::flag("--list") {
                println!("    quote: {expected}\n    areas: {found}");
            }
        }
    }
    let share = |right: usize, of: usize| format!("{right} of {of} right ({:.1} %)", 100.0 * right as f64 / of.max(1) as f64);
    println!("findings: {}; passages: {}", share(right[0], findings), share(right[1], quotes.len() - findings));
}

fn pdfs(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path()));
    let mut paths: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|end| end == "pdf")).collect();
    paths.sort();
    paths
}

/// The first words of every provision.
fn passages(file: usize, document: &Document) -> Vec<Quote> {
    let agreement = Agreement::new(document.clone());
    let spans = agreement.provisions.iter().map(|provision| provision.own).filter(|own| !own.of(&document.text).trim().is_empty());
    spans
        .map(|own| {
            let first = document.words.partition_point(|word| word.span.start < own.start);
            let words = document.words.iter().skip(first).take(PASSAGE).take_while(|word| word.span.end <= own.end);
            // A word broken at a line end has two boxes; a passage ends with the whole word.
            let end = words.last().map_or(own.start, |word| word.span.end);
            let rest = document.text[end..].find(char::is_whitespace).unwrap_or(0);
            Quote { file, span: Span::new(own.start, end + rest) }
        })
        .filter(|quote| !quote.span.is_empty())
        .collect()
}

/// The letters of a quote: words of asides within it are no part of it.
fn expected(document: &Document, span: Span) -> String {
    let mut out = String::new();
    let mut at = span.start;
    for aside in document.asides.iter().map(|aside| aside.span).filter(|aside| aside.start < span.end && aside.end > span.start) {
        if aside.start <= span.start && span.end <= aside.end + 1 {
            break;
        }
        out.push_str(&letters(Span::new(at, aside.start.max(at)).of(&document.text)));
        at = aside.end.min(span.end);
    }
    out + &letters(Span::new(at, span.end).of(&document.text))
}

/// The letters of the words whose middle lies in an area, from left to right (a turned line: along it).
fn inside(words: &[Placed], [left, bottom, right, top]: [f32; 4]) -> String {
    let (left, bottom, right, top) = (f64::from(left), f64::from(bottom), f64::from(right), f64::from(top));
    let mut inside: Vec<&Placed> = words
        .iter()
        .filter(|word| {
            let (x, y) = (f64::midpoint(word.rect[0], word.rect[2]), f64::midpoint(word.rect[1], word.rect[3]));
            left <= x && x <= right && bottom <= y && y <= top
        })
        .collect();
    let turned = top - bottom > right - left;
    // A word alone may be taller than wide; the order of one does not matter.
    inside.sort_by(|a, b| if turned { a.rect[1].total_cmp(&b.rect[1]) } else { a.rect[0].total_cmp(&b.rect[0]) });
    let shown = |word: &&Placed| {
        if turned || word.rect[0] >= left - 1.0 && word.rect[2] <= right + 1.0 {
            return letters(&word.text);
        }
        // A word that reaches beyond the area (with the mark of a note) gives the letters inside, as if all were equally wide.
        let count = word.text.chars().count() as f64;
        let place = |index: usize| word.rect[0] + (word.rect[2] - word.rect[0]) * (index as f64 + 0.5) / count;
        let inside = word.text.chars().enumerate().filter(|(index, _)| (left..=right).contains(&place(*index)));
        letters(&inside.map(|(_, letter)| letter).collect::<String>())
    };
    inside.iter().map(shown).collect()
}

/// What is compared: letters and figures, without hyphens, ligatures taken apart, raised figures as figures.
fn letters(text: &str) -> String {
    let mut out = String::new();
    for found in text.chars() {
        match found {
            'ﬁ' => out.push_str("fi"),
            'ﬂ' => out.push_str("fl"),
            'ﬀ' => out.push_str("ff"),
            'ﬃ' => out.push_str("ffi"),
            'ﬄ' => out.push_str("ffl"),
            '¹' => out.push('1'),
            '²' => out.push('2'),
            '³' => out.push('3'),
            '⁰' | '⁴'..='⁹' => out.extend(char::from_u32(u32::from(found) - 0x2070 + 0x30)),
            _ if found.is_alphanumeric() => out.push(found),
            _ => {}
        }
    }
    out
}

/// The words of a page in the coordinates of its content.
fn placed(path: &Path, page: u32) -> Vec<Placed> {
    let number = page.to_string();
    let output = Command::new("pdftotext").args(["-bbox", "-f", &number, "-l", &number]).arg(path).arg("-").output().unwrap();
    let html = String::from_utf8_lossy(&output.stdout);
    let (origin, size, turn) = page_frame(path, page);
    let attribute = |line: &str, name: &str| -> f64 {
        line.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).and_then(|value| value.parse().ok()).unwrap_or(0.0)
    };
    let back = |x: f64, y: f64| match turn {
        90 => (origin.0 + y, origin.1 + x),
        180 => (origin.0 + size.0 - x, origin.1 + y),
        270 => (origin.0 + size.0 - y, origin.1 + size.1 - x),
        _ => (origin.0 + x, origin.1 + size.1 - y),
    };
    html.lines()
        .filter(|line| line.trim_start().starts_with("<word"))
        .map(|line| {
            let one = back(attribute(line, "xMin"), attribute(line, "yMin"));
            let two = back(attribute(line, "xMax"), attribute(line, "yMax"));
            let text = line.split('>').nth(1).and_then(|rest| rest.split('<').next()).unwrap_or_default();
            let text = text.replace("&apos;", "'").replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
            Placed { rect: [one.0.min(two.0), one.1.min(two.1), one.0.max(two.0), one.1.max(two.1)], text }
        })
        .collect()
}

/// Origin and size of the media box of a page, and its turn in degrees.
fn page_frame(path: &Path, page: u32) -> ((f64, f64), (f64, f64), i64) {
    let file = lopdf::Document::load(path).unwrap();
    let id = file.get_pages()[&page];
    let inherited = |key: &[u8]| {
        let mut node = file.get_dictionary(id).ok()?;
        loop {
            if let Ok(found) = node.get(key) {
                return file.dereference(found).ok().map(|(_, found)| found.clone());
            }
            node = file.get_dictionary(node.get(b"Parent").ok()?.as_reference().ok()?).ok()?;
        }
    };
    let media = inherited(b"MediaBox").and_then(|found| found.as_array().cloned().ok()).unwrap_or_default();
    let sides: Vec<f64> = media.iter().map(|side| f64::from(side.as_float().unwrap_or_default())).collect();
    let [left, bottom, right, top] = sides[..] else { return ((0.0, 0.0), (612.0, 792.0), 0) };
    let turn = inherited(b"Rotate").and_then(|found| found.as_i64().ok()).unwrap_or_default().rem_euclid(360);
    ((left.min(right), bottom.min(top)), ((right - left).abs(), (top - bottom).abs()), turn)
}

/// Numbers that are the same in every run.
struct Random(u64);

impl Random {
    fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            list.swap(last, usize::try_from(self.0 >> 33).unwrap() % (last + 1));
        }
    }
}
