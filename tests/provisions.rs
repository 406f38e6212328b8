//! Provisions of any text: heading words put together at random, and what an edit in one place does to the rest.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod invariants;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use clausula::document;
use clausula::rules::Rulebook;
use clausula::structure::{Agreement, Kind};
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

static RULEBOOK: LazyLock<Rulebook> = LazyLock::new(|| Rulebook::embedded().unwrap());

/// Words of headings in three languages, as they are written.
const WORDS: &[&str] = &[
    "Article",
    "ARTICLE",
    "article",
    "Articles",
    "Artículo",
    "ARTÍCULO",
    "Articulo",
    "Chapter",
    "CHAPTER",
    "Chapitre",
    "CHAPITRE",
    "Capítulo",
    "CAPÍTULO",
    "Part",
    "PART",
    "Partie",
    "PARTIE",
    "Parte",
    "Title",
    "TITLE",
    "Titre",
    "TITRE",
    "Título",
    "TÍTULO",
    "Section",
    "SECTION",
    "Sección",
    "SECCIÓN",
    "Sub-Section",
    "Sous-section",
    "Annex",
    "ANNEX",
    "Annexe",
    "ANNEXE",
    "Anexo",
    "ANEXO",
    "Appendix",
    "Appendice",
    "Apéndice",
    "Schedule",
    "SCHEDULE",
    "Protocol",
    "PROTOCOL",
    "Protocole",
    "Protocolo",
    "Side Letter",
    "ÉCHANGE DE LETTRES",
    "Joint Declaration on",
    "DECLARACIÓN CONJUNTA",
    "PREAMBLE",
    "Préambule",
    "PREÁMBULO",
    "CONTENTS",
    "Table des matières",
    "ÍNDICE",
    "RECOGNISING",
    "Considérant",
    "Reconociendo",
    "HAVE AGREED AS FOLLOWS",
    "SONT CONVENUS",
    "HAN ACORDADO",
    "IN WITNESS WHEREOF",
    "EN FOI DE QUOI",
    "EN FE DE LO CUAL",
    "Done at",
    "Fait à",
    "Sector:",
    "Secteur :",
    "paragraph",
    "alinéa",
    "apartado",
];
/// Numbers, labels, and what stands between them.
const MARKS: &[&str] = &[
    "1",
    "2",
    "3",
    "12",
    "1.1",
    "8.2",
    "104.1",
    "20-A",
    "G-01",
    "5 bis",
    "I",
    "II",
    "IV",
    "X",
    "XII",
    "A",
    "premier",
    "Primero",
    "Único",
    "One",
    "TWENTY-ONE",
    "the Third",
    "No. 2",
    "N° 3",
    "[X]",
    "[…]",
    "[12]",
    "X.5",
    "9999",
    "99999999999",
    "(a)",
    "(b)",
    "(i)",
    "(ii)",
    "(aa)",
    "a)",
    "1.",
    "2.",
    "1)",
    "–",
    "-",
    "•",
    "[",
    "]",
    "[[",
    "(",
    ")",
    "“",
    "”",
    "«",
    "»",
    ":",
    ";",
    ",",
    ".",
    "......... 7",
    "…",
    "\t",
    "\n",
    "\n\n",
    "\n",
    " ",
    "\u{a0}",
    "\u{c}",
    "\r\n",
    "shall",
    "The Parties agree.",
    "of this Agreement",
    "bis",
    "*",
    "**",
    "é",
    "İ",
    "\u{301}",
];

/// A text put together from heading words, numbers, labels and breaks.
fn keyword_soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![2 => prop::sample::select(WORDS), 3 => prop::sample::select(MARKS)];
    let joint = prop_oneof![5 => Just(" "), 2 => Just("\n"), 1 => Just("")];
    prop::collection::vec((piece, joint), 0..120)
        .prop_map(|pieces| pieces.into_iter().flat_map(|(piece, joint)| [piece, joint]).collect::<String>())
}

/// A treaty with so many articles in each chapter, each with so many paragraphs, of which every second has a list.
fn treaty(chapters: &[Vec<usize>]) -> String {
    let mut text = "AGREEMENT BETWEEN NORLAND AND SUDLAND\n\nThe Parties,\n\nHave agreed as follows:\n\n".to_owned();
    for (chapter, articles) in (1..).zip(chapters) {
        text += &format!("CHAPTER {chapter}\nMATTERS OF TRADE\n\n");
        for (article, &paragraphs) in (1..).zip(articles) {
            text += &format!("Article {chapter}.{article}\nScope\n\n");
            for paragraph in 1..=paragraphs {
                text += &format!("{paragraph}. Each Party shall see to it that trade goes on");
                text += if paragraph % 2 == 0 { " in:\n(a) goods; and\n(b) services.\n" } else { ".\n" };
            }
            text += "\n";
        }
    }
    text + "IN WITNESS WHEREOF they have signed.\n"
}

fn chapters() -> impl Strategy<Value = Vec<Vec<usize>>> {
    prop::collection::vec(prop::collection::vec(1..4_usize, 1..5), 1..4)
}

fn read(text: &str) -> Agreement {
    Agreement::new(document::read(text.as_bytes()).unwrap())
}

/// The ids of a tree outside one provision and what stands in it.
fn ids_outside(agreement: &Agreement, id: &str) -> BTreeSet<String> {
    let inside = format!("{id}__");
    let ids = agreement.provisions.iter().map(|provision| provision.id.clone());
    ids.filter(|other| other != id && !other.starts_with(&inside)).collect()
}

/// Where the last sentence of an article ends; `None` where it has none.
fn last_sentence(agreement: &Agreement, article: usize) -> Option<usize> {
    let span = agreement.provisions[article].span;
    span.of(&agreement.document.text).rfind(".\n").map(|at| span.start + at + 1)
}

/// Puts words into every article in turn; the ids elsewhere must not change. Gives the number of articles tried.
fn ids_stay(agreement: &Agreement, words: &str) -> Result<usize, String> {
    let mut tried = 0;
    for (index, article) in agreement.provisions.iter().enumerate().filter(|(_, provision)| provision.kind == Kind::Article) {
        let Some(at) = last_sentence(agreement, index) else { continue };
        let mut text = agreement.document.text.clone();
        text.insert_str(at, words);
        let edited = read(&text);
        invariants::tree::check(&edited)?;
        let (before, after) = (ids_outside(agreement, &article.id), ids_outside(&edited, &article.id));
        if before != after {
            return Err(format!(
                "{words:?} in {}: gone {:?}, new {:?}",
                article.id,
                before.difference(&after).collect::<Vec<_>>(),
                after.difference(&before).collect::<Vec<_>>()
            ));
        }
        tried += 1;
    }
    Ok(tried)
}

/// Edits that a draft sees every day.
const EDITS: [&str; 3] = [
    " This does not affect Article 3 of the other Agreement.",
    "\n9. The Parties shall meet once a year.",
    "\nNothing in this Article prevents:\n(a) a licence; or\n(b) a tax.",
];

proptest! {
    // Inputs that fail are kept beside this file and tried first from then on.
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn heading_words_in_any_order(text in keyword_soup()) {
        invariants::check(text.as_bytes(), &RULEBOOK).map_err(TestCaseError::fail)?;
    }

    #[test]
    fn an_edit_in_one_article_leaves_the_ids_elsewhere(chapters in chapters(), edit in prop::sample::select(&EDITS[..])) {
        let agreement = read(&treaty(&chapters));
        let articles: usize = chapters.iter().map(Vec::len).sum();
        prop_assert_eq!(ids_stay(&agreement, edit), Ok(articles));
    }

    #[test]
    fn a_regular_treaty_has_its_provisions_and_nothing_odd(chapters in chapters()) {
        let agreement = read(&treaty(&chapters));
        let count = |kind| agreement.provisions.iter().filter(|provision| provision.kind == kind).count();
        prop_assert_eq!(count(Kind::Chapter), chapters.len());
        prop_assert_eq!(count(Kind::Article), chapters.iter().map(Vec::len).sum::<usize>());
        prop_assert_eq!(count(Kind::Paragraph), chapters.iter().flatten().sum::<usize>());
        prop_assert_eq!(count(Kind::Item), chapters.iter().flatten().map(|paragraphs| paragraphs / 2 * 2).sum::<usize>());
        prop_assert_eq!(agreement.oddities(), vec![]);
    }
}

/// The text of each sample, edited in one article after the other.
#[test]
fn an_edit_in_a_sample_leaves_the_ids_elsewhere() {
    for entry in std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("agreements")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy();
        if !path.is_file() || name.starts_with('.') || name.ends_with(".md") {
            continue;
        }
        let plain = document::read(&std::fs::read(&path).unwrap()).unwrap().reading(document::As::Proposed).text;
        let agreement = read(&plain);
        let tried = ids_stay(&agreement, EDITS[0]);
        assert!(tried.as_ref().is_ok_and(|&tried| tried > 4), "{}: {tried:?}", path.display());
    }
}
