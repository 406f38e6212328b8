//! What is odd, and what only looks so.

use super::super::Agreement;
use crate::document;

/// The oddities of a text, as kind and message.
fn odd(text: &str) -> Vec<String> {
    let agreement = Agreement::new(document::read(text.as_bytes()).expect("text"));
    agreement.oddities().iter().map(|oddity| format!("{}: {}", oddity.kind.name(), oddity.message)).collect()
}

/// An article with a heading and a sentence.
fn article(number: &str) -> String {
    format!("Article {number}\nHeading\nThe Parties shall do what they have agreed.\n\n")
}

fn articles(numbers: &[&str]) -> String {
    numbers.iter().map(|number| article(number)).collect()
}

#[test]
fn numbers_left_out_are_named() {
    assert_eq!(odd(&articles(&["1", "2", "4"])), ["numbering-gap: Article 4 follows Article 2: Article 3 was not found"]);
    assert_eq!(odd(&articles(&["1", "2", "5", "6"])), ["numbering-gap: Article 5 follows Article 2: Articles 3 and 4 were not found"]);
    assert_eq!(odd(&articles(&["I", "II", "IV"])), ["numbering-gap: Article IV follows Article II: Article III was not found"]);
    assert_eq!(odd(&articles(&["8.1", "8.2", "8.4"])), ["numbering-gap: Article 8.4 follows Article 8.2: Article 8.3 was not found"]);
    assert_eq!(odd(&articles(&["3", "4", "5"])), ["numbering-gap: The first article is Article 3: those before it were not found"]);
}

#[test]
fn a_chapter_left_out_is_named() {
    let text = format!("CHAPTER I\nGOODS\n\n{}CHAPTER III\nEND\n\n{}", articles(&["1", "2"]), articles(&["3", "4"]));
    assert_eq!(odd(&text), ["numbering-gap: Chapter III follows Chapter I: Chapter II was not found"]);
}

#[test]
fn a_number_that_comes_twice_is_named() {
    assert_eq!(odd(&articles(&["1", "2", "2", "3"])), ["duplicate-number: Article 2 comes a second time"]);
}

#[test]
fn a_count_that_begins_again_without_a_heading_is_out_of_order() {
    assert_eq!(
        odd(&articles(&["1", "2", "3", "1", "2", "3"])),
        ["out-of-order: Article 1 follows Article 3: the numbers begin again without a heading between them"]
    );
}

#[test]
fn drafts_and_additions_count_on() {
    for honest in [
        &["1", "2", "[..]", "4"][..],
        &["1", "[…]", "2", "3"],
        &["1", "1 bis", "2"],
        &["1", "1 bis", "1 quater", "2"],
        &["1", "1-A", "2"],
        &["8.1", "8.2", "9.1", "9.2"],
        &["premier", "2", "3"],
    ] {
        assert_eq!(odd(&articles(honest)), Vec::<String>::new(), "{honest:?}");
    }
}

#[test]
fn articles_that_begin_again_per_chapter_or_annex_are_no_oddity() {
    let chapters = format!("CHAPTER I\nGOODS\n\n{0}CHAPTER II\nSERVICES\n\n{0}", articles(&["1", "2", "3"]));
    assert_eq!(odd(&chapters), Vec::<String>::new());
    let annex = format!("{0}ANNEX A\nRULES OF ORIGIN\n\n{0}", articles(&["1", "2", "3"]));
    assert_eq!(odd(&annex), Vec::<String>::new());
    let hundreds = format!("CHAPTER 1\nGOODS\n\n{}CHAPTER 2\nSERVICES\n\n{}", articles(&["101", "102"]), articles(&["201", "202"]));
    assert_eq!(odd(&hundreds), Vec::<String>::new());
}

#[test]
fn a_chapter_alone_may_begin_anywhere() {
    assert_eq!(odd(&format!("CHAPTER 9\nCULTURE\n\n{}", articles(&["57", "58", "59"]))), Vec::<String>::new());
}

#[test]
fn paragraphs_and_items_left_out_are_named_with_their_article() {
    let text = "Article 1\nScope\n1. The Parties agree.\n2. They shall:\n(a) meet;\n(b) talk; and\n(d) write.\n4. They may end it.\n";
    assert_eq!(
        odd(text),
        [
            "numbering-gap: Item d follows item b in Art. 1(2): item c was not found",
            "numbering-gap: Paragraph 4 follows paragraph 2 in Art. 1: paragraph 3 was not found"
        ]
    );
}

#[test]
fn two_lists_in_one_paragraph_are_no_oddity() {
    let text = "Article 1\nScope\n1. It covers:\n(a) goods;\n(b) services.\nIt does not cover:\n(a) air;\n(b) water.\n";
    assert_eq!(odd(text), Vec::<String>::new());
}

#[test]
fn a_heading_alone_is_named_and_a_deleted_article_is_not() {
    let bare = format!("{}Article 2\nTerms\n\n{}", article("1"), article("3"));
    assert_eq!(odd(&bare), ["heading-without-text: Article 2 has a heading and no text"]);
    for deleted in ["[Deleted]", "Deleted", "(supprimé)", "[Reserved]"] {
        let text = format!("{}Article 2\n{deleted}\n\n{}", article("1"), article("3"));
        assert_eq!(odd(&text), Vec::<String>::new(), "{deleted}");
    }
}

#[test]
fn a_list_of_annexes_is_one_oddity() {
    let text = format!("{}ANNEX I\nGOODS\n\nANNEX II\nSERVICES\n\nANNEX III\nMOVEMENT\n", articles(&["1", "2", "3"]));
    assert_eq!(odd(&text), ["heading-without-text: Annex I to Annex III, 3 in all, have headings and no text"]);
}

#[test]
fn an_article_many_times_as_long_as_the_others_is_named() {
    let long = "The Parties shall do what they have agreed to do in this matter.\n".repeat(400);
    let text = format!("{}Article 6\nHeading\n{long}", articles(&["1", "2", "3", "4", "5"]));
    let found = odd(&text);
    assert!(found.len() == 1 && found[0].starts_with("long-article: Article 6 is "), "{found:?}");
}

#[test]
fn what_the_contents_list_and_the_text_does_not_have_is_named() {
    let table: String = (1..=9).map(|number| format!("Article {number} Heading {number} ........ {number}\n")).collect();
    let body = articles(&["1", "2", "3", "4", "5", "6", "7", "8"]);
    let text = format!("CONTENTS\n{table}\nPREAMBLE\n\nThe Parties,\n\nHave agreed as follows:\n\n{body}");
    assert_eq!(odd(&text), ["only-in-contents: The table of contents lists Article 9, which was not found in the text"]);
    let whole = format!("{text}{}", article("9"));
    assert_eq!(odd(&whole), Vec::<String>::new());
}

#[test]
fn a_long_text_without_articles_is_named() {
    let text = "The Parties shall do what they have agreed to do in this matter.\n".repeat(400);
    assert_eq!(odd(&text), ["no-articles: No article was found in a text of 5200 words"]);
    assert_eq!(odd(&text[..2000]), Vec::<String>::new());
}

#[test]
fn numbered_provisions_before_the_first_article_are_named() {
    let loose: String = (1..=4).map(|number| format!("{number}. The Parties shall meet.\n")).collect();
    let text = format!("The Government of Norland and the Government of Sudland,\n\n{loose}\n{}", articles(&["1", "2", "3"]));
    assert_eq!(odd(&text), ["before-first-article: Before Article 1 stand numbered provisions without a heading (preamble)"]);
}
