//! The same agreement as text, PDF, Word, web page and legal XML gives the same tree.
//!
//! `agreements/sources/make.py NAME --formats … --out tests/documents` makes the files from one source.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use std::collections::HashMap;
use std::path::Path;

use clausula::document::{self, Span};
use clausula::structure::{Agreement, Kind};

/// Two agreements in all formats: where each file stands.
const AGREEMENTS: [(&str, [&str; 6]); 2] = [
    (
        "agreements/norrland-saltmere-free-trade.txt",
        [
            "tests/documents/norrland-saltmere-free-trade.pdf",
            "tests/documents/norrland-saltmere-free-trade.docx",
            "tests/documents/norrland-saltmere-free-trade.html",
            "tests/documents/norrland-saltmere-free-trade.akn.xml",
            "tests/documents/norrland-saltmere-free-trade.fmx.xml",
            "agreements/norrland-saltmere-free-trade.txt",
        ],
    ),
    (
        "tests/documents/accord-savane-littoral.txt",
        [
            "tests/documents/accord-savane-littoral.pdf",
            "agreements/accord-savane-littoral.docx",
            "tests/documents/accord-savane-littoral.html",
            "tests/documents/accord-savane-littoral.akn.xml",
            "tests/documents/accord-savane-littoral.fmx.xml",
            "tests/documents/accord-savane-littoral.txt",
        ],
    ),
];

/// Kind, citation, number and heading of a provision, and the words behind its head.
type Entry = (String, Vec<String>);

/// The provisions with their words. What a format alone has stands apart: title pages, tables of contents (a PDF has one), and
/// notes, which stand at the foot of a page or after their paragraph.
fn tree(path: &str) -> Vec<Entry> {
    let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
    let agreement = Agreement::new(document::read(&bytes).unwrap());
    let kept = |kind: Kind| !matches!(kind, Kind::Agreement | Kind::Front | Kind::Contents | Kind::Footnote | Kind::Continuation);
    let mut entries: Vec<Entry> = Vec::new();
    let mut places = HashMap::new();
    for (index, p) in agreement.provisions.iter().enumerate() {
        let body = Span::new(p.head_end, p.own.end);
        let mut words = String::new();
        let mut at = body.start;
        // Page numbers and running heads are the format's.
        for aside in agreement.document.asides.iter().filter(|aside| body.contains(aside.span.start)) {
            words.push_str(Span::new(at, aside.span.start).of(&agreement.document.text));
            at = aside.span.end;
        }
        words.push_str(Span::new(at, body.end).of(&agreement.document.text));
        let words = words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned);
        if kept(p.kind) {
            places.insert(index, entries.len());
            entries.push((format!("{:?} {} {:?} {:?}", p.kind, p.citation, p.number, p.heading), words.collect()));
        } else if let (Kind::Continuation, Some(&place)) = (p.kind, p.parent.and_then(|parent| places.get(&parent))) {
            // Words that go on belong to what they go on with.
            entries[place].1.extend(words);
        }
    }
    entries
}

#[test]
fn every_format_gives_the_tree_of_the_text() {
    for (text, others) in AGREEMENTS {
        let wanted = tree(text);
        assert!(wanted.len() > 200, "{text}: the text itself must say something");
        for other in others {
            let found = tree(other);
            let outline = |tree: &[Entry]| tree.iter().map(|entry| entry.0.clone()).collect::<Vec<_>>();
            let (found_outline, wanted_outline) = (outline(&found), outline(&wanted));
            let first = wanted_outline.iter().zip(&found_outline).find(|(wanted, found)| wanted != found);
            assert!(found_outline == wanted_outline, "{other}: {} and {} provisions, {first:?}", found.len(), wanted.len());
            // The elements of legal XML say themselves which words stand outside a paragraph (tables, tails of lists).
            if other.ends_with(".xml") {
                continue;
            }
            // Text shows its few notes in brackets behind the words: there alone the words may differ.
            let different: Vec<_> = wanted.iter().zip(&found).filter(|(wanted, found)| wanted.1 != found.1).collect();
            assert!(different.len() <= 4, "{other}: {} provisions have other words: {different:#?}", different.len());
        }
    }
}
