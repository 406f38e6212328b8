//! Texts and files made to take the machine: each is analysed in little time, and a step whose time grows with the square of the
//! length would take hours.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod invariants;

use std::time::{Duration, Instant};

use clausula::document::{self, MAX_BYTES, ReadError};
use clausula::rules::Rulebook;

/// Far more than any of these takes, and far less than a quadratic step would.
const MOST: Duration = Duration::from_secs(60);

fn analyse(name: &str, text: &str) {
    let begun = Instant::now();
    let outcome = invariants::check(text.as_bytes(), &Rulebook::embedded().unwrap());
    assert!(outcome.is_ok(), "{name}: {outcome:?}");
    assert!(begun.elapsed() < MOST, "{name} takes {:?}", begun.elapsed());
}

fn numbered(count: usize, line: impl Fn(usize) -> String) -> String {
    (1..=count).map(line).collect()
}

#[test]
fn a_file_of_more_than_the_most_bytes_is_refused() {
    let bytes = vec![0; MAX_BYTES + 1];
    assert!(matches!(document::read(&bytes), Err(ReadError::TooLarge { bytes }) if bytes == MAX_BYTES + 1));
}

#[test]
fn one_line_without_an_end() {
    analyse("words", &"The Parties shall protect cultural diversity and films. ".repeat(60_000));
    analyse("one word", &"a".repeat(5_000_000));
    analyse("headings", &numbered(60_000, |number| format!("Article {number} The Parties shall protect culture. ")));
    analyse("open headings", &"Article 1 (".repeat(60_000));
    analyse("an annex in capitals", &format!("ANNEX {}", "CULTURAL GOODS ".repeat(100_000)));
}

#[test]
fn brackets_that_never_end() {
    for mark in ["[", "(", "((a) ", "[cultural industries "] {
        analyse(mark, &mark.repeat(200_000));
    }
    analyse("nested", &format!("{}culture{}", "[AA propose: culture ".repeat(50_000), "] ".repeat(50_000)));
    analyse("beside one another", &"[AA propose: cultural industries] ".repeat(30_000));
}

#[test]
fn headings_and_items_without_number() {
    analyse("one article again and again", &"Article 1\n".repeat(30_000));
    analyse("articles", &numbered(20_000, |number| format!("Article {number}\nScope\nThe Parties agree.\n")));
    analyse("items", &format!("Article 1\n1. The Parties:\n{}", "(a) cultural goods;\n(b) films;\n".repeat(15_000)));
    analyse("references", &format!("Article 1\n(a) x\n{}", "paragraph (b) x ".repeat(60_000)));
    analyse("deep items", &format!("Article 1\n{}", "1. x:\n(a) y:\n(i) z:\n(A) w:\n(1) v:\n(aa) u:\n".repeat(4_000)));
    analyse("sections of an annex", &{
        let articles = numbered(20_000, |number| format!("Article {number}\nThe Parties agree.\n"));
        format!("{articles}ANNEX I\n{}", numbered(20_000, |number| format!("Section {}\nx\n", number + 1)))
    });
    analyse("recitals", &format!("PREAMBLE\n{}", "Recognising that culture matters to all of us,\n".repeat(15_000)));
    analyse("schedules", &format!("ANNEX I\n{}", "Sector: Cultural industries\nMeasures: x\n".repeat(5_000)));
}

#[test]
fn findings_without_number() {
    analyse(
        "names",
        &"Convention on the Protection and Promotion of the Diversity of Cultural Expressions (the \"UNESCO Convention\"). ".repeat(10_000),
    );
    let chapter = |number| format!("Chapter {number}\nArticle {number}\nThis Title does not apply to cultural industries.\n");
    analyse("titles", &numbered(10_000, chapter));
}

#[test]
fn space_without_end() {
    for space in [" ", "\n", "\u{c}", "\t", "\r", "\u{a0}"] {
        analyse("space", &format!("Article 1{}The Parties agree.", space.repeat(2_000_000)));
    }
}
