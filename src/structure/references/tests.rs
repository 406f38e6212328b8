//! One named case for each way in which a provision is named, over texts of invented states.

use super::super::Agreement;
use super::{Target, of};
use crate::document;

/// The references of `words`, put into paragraph 3 of Article 5 of a small agreement: "words → targets".
fn read(words: &str) -> Vec<String> {
    let text = format!(
        "AGREEMENT BETWEEN NORLAND AND SUDLAND\n\nCHAPTER ONE\nGENERAL\n\nArticle 1\nScope\n1. Rivers.\n2. Lakes:\n(a) small; or\n(b) large.\n\nArticle 2\nAims\nThe sea.\n\nArticle 3\nWords\n1. Hills.\n2. Dales.\n\nCHAPTER TWO\nTRADE\n\nSECTION A\nGOODS\n\nArticle 4\nGoods\n1. Corn.\n2. Wool:\n(a) raw;\n(b) spun:\n(i) fine;\n(ii) coarse.\n\nSECTION B\nSERVICES\n\nArticle 5\nServices\n1. Ships.\n2. Trains:\n(a) fast;\n(b) slow.\n3. {words}\n4. Carts.\n\nArticle 5 bis\nCarriages\nHorses.\n\nArticle 6\nEnd\n1. Nothing.\n\nIN WITNESS WHEREOF they have signed.\n\nANNEX I\nFISH\n\n1. Trout.\n2. Pike.\n\nANNEX II\nFOWL\n\nArticle 1\nDucks\n1. Teal.\n2. Mallard.\n"
    );
    listed(&text, "Art. 5(3)")
}

/// The references that stand in the provision with this citation.
fn listed(text: &str, citation: &str) -> Vec<String> {
    let agreement = Agreement::new(document::read(text.as_bytes()).expect("plain text"));
    let references = of(&agreement);
    references
        .iter()
        .filter(|reference| agreement.provisions[reference.at].citation == citation)
        .map(|reference| {
            let targets: Vec<String> = reference
                .targets
                .iter()
                .map(|target| match target {
                    Target::Provision(node) => agreement.provisions[*node].citation.clone(),
                    Target::External(outside) => {
                        format!("<{}{}>", outside.instrument, outside.part.as_deref().map_or(String::new(), |part| format!(": {part}")))
                    }
                    Target::Unresolved { reason, .. } => format!("[{reason}]"),
                })
                .collect();
            format!("{} → {}", reference.span.of(&agreement.document.text), targets.join(", "))
        })
        .collect()
}

#[test]
fn paragraphs_and_items_stand_in_the_article_around() {
    assert_eq!(read("Paragraph 1 applies."), ["Paragraph 1 → Art. 5(1)"]);
    assert_eq!(read("See paragraphs 1 and 2(b)."), ["paragraphs 1 and 2(b) → Art. 5(1), Art. 5(2)(b)"]);
    assert_eq!(read("See paragraph 2(a) or (b)."), ["paragraph 2(a) or (b) → Art. 5(2)(a), Art. 5(2)(b)"]);
    assert_eq!(read("See paragraph 7."), ["paragraph 7 → [no paragraph 7 in Art. 5]"]);
    assert_eq!(
        read("Under this paragraph and the preceding two paragraphs."),
        ["this paragraph → Art. 5(3)", "preceding two paragraphs → Art. 5(1), Art. 5(2)"]
    );
}

#[test]
fn articles_in_lists_and_ranges() {
    assert_eq!(read("Articles 1 to 3 apply."), ["Articles 1 to 3 → Art. 1, Art. 2, Art. 3"]);
    assert_eq!(read("Articles 3-5 apply."), ["Articles 3-5 → Art. 3, Art. 4, Art. 5"]);
    assert_eq!(read("Articles 4 to 6 apply."), ["Articles 4 to 6 → Art. 4, Art. 5, Art. 5 bis, Art. 6"]);
    assert_eq!(read("Articles 1(1), 2 and 4 apply."), ["Articles 1(1), 2 and 4 → Art. 1(1), Art. 2, Art. 4"]);
    assert_eq!(read("Article 2 or Article 99."), ["Article 2 → Art. 2", "Article 99 → [no Article 99 in this file]"]);
    assert_eq!(read("From Article 2 to Article 4."), ["Article 2 to Article 4 → Art. 2, Art. 3, Art. 4"]);
    assert_eq!(read("Within Article 2, 30 days after."), ["Article 2 → Art. 2"]);
}

#[test]
fn levels_are_joined_from_either_side() {
    for words in [
        "Article 4(2)(b)(ii)",
        "paragraph 2(b)(ii) of Article 4",
        "Article 4, paragraph 2(b)(ii)",
        "subparagraph (ii) of paragraph 2(b) of Article 4",
        "Article 4.2(b)(ii)",
    ] {
        assert_eq!(read(&format!("As in {words}.")), [format!("{words} → Art. 4(2)(b)(ii)")]);
    }
    assert_eq!(
        read("paragraphs 1 and 2 of Articles 3 and 4"),
        ["paragraphs 1 and 2 of Articles 3 and 4 → Art. 3(1), Art. 3(2), Art. 4(1), Art. 4(2)"]
    );
    assert_eq!(read("the first paragraph of Article 3"), ["first paragraph of Article 3 → Art. 3(1)"]);
    assert_eq!(
        read("Section A of Chapter Two and Chapters One (General) and Two"),
        ["Section A of Chapter Two → Ch. TWO, Sec. A", "Chapters One (General) and Two → Ch. ONE, Ch. TWO"]
    );
}

#[test]
fn a_dot_in_a_number_is_decided_by_the_tree() {
    assert_eq!(read("Article 3.2 applies."), ["Article 3.2 → Art. 3(2)"]);
    let text = "CHAPTER 3\nTRADE\n\nArticle 3.1\nScope\n1. Corn.\n\nArticle 3.2\nRules\n1. See Article 3.2.1 and Article 3.1.\n";
    assert_eq!(listed(text, "Art. 3.2(1)"), ["Article 3.2.1 → Art. 3.2(1)", "Article 3.1 → Art. 3.1"]);
}

#[test]
fn what_stands_around_or_beside_is_pointed_to() {
    assert_eq!(
        read("This Article, this Section, this Chapter and this Agreement."),
        ["This Article → Art. 5", "this Section → Ch. TWO, Sec. B", "this Chapter → Ch. TWO", "this Agreement → agreement"]
    );
    assert_eq!(read("The preceding Article and the following Article."), ["preceding Article → Art. 4", "following Article → Art. 5 bis"]);
    assert_eq!(read("This Part."), ["This Part → [it stands in no part]"]);
}

#[test]
fn what_was_named_last_is_pointed_to() {
    assert_eq!(
        read("Article 3 applies; paragraph 2 thereof does not. That Article stays."),
        ["Article 3 → Art. 3", "paragraph 2 thereof → Art. 3(2)", "That Article → Art. 3"]
    );
    assert_eq!(read("That Article stays."), ["That Article → [the words before do not say what “that article” is]"]);
}

#[test]
fn what_was_named_last_may_be_external() {
    assert_eq!(
        read("Article XIV bis of the GATS and the WTO Agreement on Plums; that Article."),
        [
            "Article XIV bis of the GATS → <GATS: Article XIV bis>",
            "WTO Agreement on Plums → <WTO Agreement on Plums>",
            "that Article → <GATS: Article XIV bis>"
        ]
    );
    assert_eq!(
        read("Section A of its Schedule to Annex I."),
        ["Section A of its Schedule to Annex I → [the schedules are not in this file]"]
    );
    assert_eq!(
        read("Articles 2, 5 and Annex 3 of the Treaty on European Union and by way of leave."),
        ["Articles 2, 5 → Art. 2, Art. 5", "Annex 3 of the Treaty on European Union → <Treaty on European Union: Annex 3>"]
    );
    assert_eq!(
        read("The Agreement on Implementation of Article VII of the GATT 1994."),
        ["Agreement on Implementation of Article VII of the GATT 1994 → <Agreement on Implementation of Article VII of the GATT 1994>"]
    );
    assert_eq!(
        read("paragraph 1 or 2, as the case may be, of Article 3"),
        ["paragraph 1 or 2, as the case may be, of Article 3 → Art. 3(1), Art. 3(2)"]
    );
    assert_eq!(read("Under this Chapter, Article 3 applies."), ["this Chapter → Ch. TWO", "Article 3 → Art. 3"]);
}

#[test]
fn this_chapter_in_an_annex_is_the_chapter_of_its_number() {
    let text = "CHAPTER 3\nTRADE\n\nArticle 3.1\nScope\n1. Corn.\n\nANNEX 3-A\nWOOL\n\n1. This Chapter applies.\n2. None.\n";
    assert_eq!(listed(text, "Annex 3-A, para. 1"), ["This Chapter → Ch. 3"]);
}

#[test]
fn other_instruments_are_external() {
    assert_eq!(
        read("Article XX(a) and (b) of the GATT 1994 applies."),
        ["Article XX(a) and (b) of the GATT 1994 → <GATT 1994: Article XX(a) and (b)>"]
    );
    assert_eq!(
        read("Article 3 of the Agreement on Bananas and Plums shall apply."),
        ["Article 3 of the Agreement on Bananas and Plums → <Agreement on Bananas and Plums: Article 3>"]
    );
    assert_eq!(
        read("GATS Article XIV and the WTO Agreement."),
        ["GATS Article XIV → <GATS: Article XIV>", "WTO Agreement → <WTO Agreement>"]
    );
    assert_eq!(
        read("Annex I to Regulation (EEC) No 2658/87."),
        ["Annex I to Regulation (EEC) No 2658/87 → <Regulation (EEC) No 2658/87: Annex I>"]
    );
    assert_eq!(
        read("This Agreement is concluded; Article 36 of the Treaty of Rome and Article 3 of that Treaty."),
        [
            "This Agreement → agreement",
            "Article 36 of the Treaty of Rome → <Treaty of Rome: Article 36>",
            "Article 3 of that Treaty → <Treaty of Rome: Article 3>"
        ]
    );
    assert_eq!(
        read("This Agreement: Article 3 of this Agreement, Article 3 of the Agreement."),
        ["This Agreement → agreement", "Article 3 of this Agreement → Art. 3", "Article 3 of the Agreement → Art. 3"]
    );
}

#[test]
fn names_of_instruments_are_whole() {
    for name in [
        "Harmonized Commodity Description and Coding System",
        "WTO DSU",
        "SAA",
        "GATT of 1994",
        "1980 Treaty of Norburg",
        "Articles of Agreement of the International Monetary Fund",
        "Understanding on Lakes",
        "International Plan of Action for Sharks",
        "Plum Trade and Pear Agreement between Norland and Westland",
        "Agreement between Norland, of the one part, and the Republic of Westland, of the other part",
    ] {
        assert_eq!(read(&format!("Article 2 of the {name} applies.")), [format!("Article 2 of the {name} → <{name}: Article 2>")]);
    }
    assert_eq!(
        read("Article 2 of the Treaty of the Plum Union’ applies."),
        ["Article 2 of the Treaty of the Plum Union → <Treaty of the Plum Union: Article 2>"]
    );
    assert_eq!(
        read("Articles I and XIV(d), including their footnotes, of the GATS."),
        ["Articles I and XIV(d), including their footnotes, of the GATS → <GATS: Articles I and XIV(d)>"]
    );
    assert_eq!(read("See SAA Articles 30 and 38."), ["Articles 30 and 38 → <SAA: Articles 30 and 38>"]);
}

#[test]
fn a_small_letter_belongs_to_the_number() {
    assert_eq!(
        read("Article 245a(3) of the Treaty on European Union."),
        ["Article 245a(3) of the Treaty on European Union → <Treaty on European Union: Article 245a(3)>"]
    );
}

#[test]
fn a_heading_with_nothing_under_it_in_an_annex_gives_way_to_the_main_text() {
    let text = "CHAPTER 12\nTRADE\n\nSECTION B\nGOODS\n\nArticle 1\nScope\n1. Corn.\n\nARTICLE 2\nEnd\n1. None.\n\nANNEX I\nNOTES\n\nCHAPTER 12\nSEEDS\n\n1. See Section B of Chapter 12.\n2. None.\n";
    let agreement = Agreement::new(document::read(text.as_bytes()).expect("plain text"));
    let chapters = agreement.provisions.iter().filter(|provision| provision.kind == super::super::Kind::Chapter).count();
    assert_eq!(chapters, 2);
    let references = of(&agreement);
    let [Target::Provision(section)] = references[0].targets.as_slice() else { panic!("{:?}", references[0].targets) };
    assert_eq!(agreement.provisions[*section].citation, "Ch. 12, Sec. B");
}

#[test]
fn parties_with_an_open_word_are_no_parts() {
    assert_eq!(read("The Parties [shall] agree."), Vec::<String>::new());
}

#[test]
fn annexes_have_numbers_of_their_own() {
    assert_eq!(
        read("Annex I and paragraph 2 of Annex I to this Agreement."),
        ["Annex I → Annex I", "paragraph 2 of Annex I to this Agreement → Annex I, para. 2"]
    );
    assert_eq!(
        read("See Protocol 2 and Annex IV."),
        ["Protocol 2 → [the protocols are not in this file]", "Annex IV → [no Annex IV in this file]"]
    );
    let text = "Article 1\nScope\n1. This Agreement applies.\n\nArticle 2\nEnd\n1. None.\n\nANNEX I\nFISH\n\nArticle 1\nTrout\n1. Brown.\n\nArticle 3\nPike\n1. Article 1, Article 1 of the Agreement and Article 2.\n";
    assert_eq!(
        listed(text, "Annex I, Art. 3(1)"),
        ["Article 1 → Annex I, Art. 1", "Article 1 of the Agreement → Art. 1", "Article 2 → Art. 2"]
    );
}

#[test]
fn words_that_name_no_provision() {
    assert_eq!(read("Each Party, in part 30 days, on the following Articles: at this point title to goods."), Vec::<String>::new());
    assert_eq!(read("The Parties agree in section."), Vec::<String>::new());
}

#[test]
fn french() {
    let text = "CHAPITRE PREMIER\nDISPOSITIONS\n\nArticle premier\nObjet\n1. Le présent accord vise la mer.\n2. Les lacs:\na) petits;\nb) grands.\n\nArticle 2\nFin\n1. À l'article premier, paragraphe 2, point b), et à l'alinéa a) du paragraphe 2 de l'article 1, le présent chapitre et l'article précédent; aux articles 1 à 2; article 3 de la Convention de Vienne sur le droit des traités.\n";
    assert_eq!(
        listed(text, "art. 2, par. 1"),
        [
            "article premier, paragraphe 2, point b) → art. premier, par. 2, al. b)",
            "alinéa a) du paragraphe 2 de l'article 1 → art. premier, par. 2, al. a)",
            "présent chapitre → chap. PREMIER",
            "article précédent → art. premier",
            "articles 1 à 2 → art. premier, art. 2",
            "article 3 de la Convention de Vienne sur le droit des traités → <Convention de Vienne sur le droit des traités: article 3>",
        ]
    );
}

#[test]
fn spanish() {
    let text = "CAPÍTULO 1\nDISPOSICIONES\n\nArtículo 1\nObjeto\n1. El presente Acuerdo se aplica al mar.\n2. Los lagos que son:\na) pequeños;\nb) grandes.\n\nArtículo 2\nFin\n1. En el apartado 1 del artículo 1, los artículos 1 a 2, los literales a) y b) del párrafo 2 del artículo 1, el presente Capítulo, el artículo anterior y el artículo XX del GATT de 1994.\n";
    assert_eq!(
        listed(text, "Artículo 2, apartado 1"),
        [
            "apartado 1 del artículo 1 → Artículo 1, apartado 1",
            "artículos 1 a 2 → Artículo 1, Artículo 2",
            "literales a) y b) del párrafo 2 del artículo 1 → Artículo 1, apartado 2, letra a), Artículo 1, apartado 2, letra b)",
            "presente Capítulo → Capítulo 1",
            "artículo anterior → Artículo 1",
            "artículo XX del GATT de 1994 → <GATT de 1994: artículo XX>",
        ]
    );
}

#[test]
fn words_of_a_reference_are_words_of_the_text() {
    let text = "Article 1\nScope\n1. See\nparagraph\n2 of this\nArticle.\n2. Nothing.\n";
    let agreement = Agreement::new(document::read(text.as_bytes()).expect("plain text"));
    let references = of(&agreement);
    assert_eq!(references.len(), 1);
    assert_eq!(references[0].span.of(&agreement.document.text), "paragraph\n2 of this\nArticle");
}
