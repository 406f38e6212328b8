//! The tree as a whole: nothing lost, ids unique, spans nested, whatever the text.

use std::collections::HashSet;

use proptest::prelude::*;

use super::{Agreement, Kind};
use crate::document;

fn agreement(text: &str) -> Agreement {
    Agreement::new(document::read(text.as_bytes()).expect("plain text"))
}

/// The guarantees of the room, for any agreement.
fn assert_whole(agreement: &Agreement) {
    let text = &agreement.document.text;
    let joined: String = agreement.provisions.iter().map(|provision| provision.own.of(text)).collect();
    assert_eq!(&joined, text, "own words joined give the text back");
    let ids: HashSet<&str> = agreement.provisions.iter().map(|provision| provision.id.as_str()).collect();
    assert_eq!(ids.len(), agreement.provisions.len(), "ids are unique");
    for (index, provision) in agreement.provisions.iter().enumerate() {
        if let Some(parent) = provision.parent {
            assert!(parent < index, "a parent stands before its children");
            let outer = agreement.provisions[parent].span;
            assert!(outer.start <= provision.span.start && provision.span.end <= outer.end, "{} lies in its parent", provision.id);
        }
    }
}

const TREATY: &str = "AGREEMENT BETWEEN NORLAND AND SUDLAND\n\nPREAMBLE\n\nThe Parties,\nRECOGNISING that culture matters to them;\nDesiring to trade freely with one another,\nHave agreed as follows:\n\nCHAPTER 1\nGENERAL PROVISIONS\n\nArticle 1.1\nScope\n1. This Agreement applies to:\n(a) goods; and\n(b) services.\n2. It does not apply to\nArticle 9 of another treaty.\n\nArticle 1.2\nDefinitions\nParty means a party.\n\nCHAPTER 2\nSERVICES\n\nArticle 2.1\nScope\nThis Chapter applies.\n\nIN WITNESS WHEREOF they have signed.\n\nANNEX I\nReservations\n1. Sector: Broadcasting\n";

#[test]
fn a_small_treaty_has_its_parts() {
    let agreement = agreement(TREATY);
    assert_whole(&agreement);
    let kinds: Vec<(Kind, &str)> = agreement.provisions.iter().map(|provision| (provision.kind, provision.citation.as_str())).collect();
    assert_eq!(
        kinds,
        [
            (Kind::Agreement, "agreement"),
            (Kind::Front, "front"),
            (Kind::Preamble, "Preamble"),
            (Kind::Recital, "Preamble, recital 1"),
            (Kind::Recital, "Preamble, recital 2"),
            (Kind::Continuation, "Preamble"),
            (Kind::Chapter, "Ch. 1"),
            (Kind::Article, "Art. 1.1"),
            (Kind::Paragraph, "Art. 1.1(1)"),
            (Kind::Item, "Art. 1.1(1)(a)"),
            (Kind::Item, "Art. 1.1(1)(b)"),
            (Kind::Paragraph, "Art. 1.1(2)"),
            (Kind::Article, "Art. 1.2"),
            (Kind::Chapter, "Ch. 2"),
            (Kind::Article, "Art. 2.1"),
            (Kind::Signature, "Closing formula"),
            (Kind::Annex, "Annex I"),
            (Kind::Entry, "Annex I, entry 1 (Broadcasting)"),
        ]
    );
    let article = agreement.provisions.iter().find(|provision| provision.citation == "Art. 1.1").expect("there");
    assert_eq!(article.id, "ch_1__art_1.1");
    assert_eq!(agreement.title.as_deref(), Some("AGREEMENT BETWEEN NORLAND AND SUDLAND"));
}

#[test]
fn ids_are_stable_under_edits_elsewhere() {
    let before = agreement(TREATY);
    let after = agreement(&TREATY.replace("Party means a party.", "1. Party means a party.\n2. State means a state."));
    let ids = |agreement: &Agreement| agreement.provisions.iter().map(|provision| provision.id.clone()).collect::<Vec<_>>();
    for id in ids(&before) {
        assert!(ids(&after).contains(&id), "{id}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Keyword soup in any order, with any breaks, gives a whole tree.
    #[test]
    fn any_text_gives_a_whole_tree(words in prop::collection::vec(prop::sample::select(vec![
        "Article", "ARTICLE", "Chapter", "CHAPITRE", "Annex", "ANEXO", "Section", "1", "2", "3.1", "II", "IV", "(a)", "(b)", "(i)", "1.", "2.", "\n", "\n\n", " ", ". ", ": ", "; ",
        "shall", "The Parties", "é", "“", "’", "PREAMBLE", "Recognising that they", "IN WITNESS WHEREOF", "[", "]", "……", "PROTOCOL", "bis", "\u{a0}", "premier", "Done at Rome", "contents",
    ]), 0..120)) {
        let text = words.join(" ");
        if let Ok(document) = document::read(text.as_bytes()) {
            assert_whole(&Agreement::new(document));
        }
    }

    /// Any characters at all.
    #[test]
    fn any_characters_give_a_whole_tree(text in "\\PC{0,300}") {
        if let Ok(document) = document::read(text.as_bytes()) {
            assert_whole(&Agreement::new(document));
        }
    }
}
