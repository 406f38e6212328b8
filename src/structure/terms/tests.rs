//! One case for each way of defining, in three languages, and for what only looks like it.

use super::super::Agreement;
use crate::document;

/// The terms of a text: term, definition, citation of the scope.
fn terms(text: &str) -> Vec<(String, String, String)> {
    let agreement = Agreement::new(document::read(text.as_bytes()).expect("plain text"));
    let found = agreement.defined_terms();
    found
        .into_iter()
        .map(|defined| {
            let definition = crate::text::one_line(defined.definition.of(&agreement.document.text));
            (defined.term, definition, agreement.provisions[defined.scope].citation.clone())
        })
        .collect()
}

fn triples(text: &str) -> Vec<String> {
    terms(text).into_iter().map(|(term, definition, scope)| format!("{term} = {definition} [{scope}]")).collect()
}

#[test]
fn a_list_without_labels_keeps_the_items_of_a_definition() {
    let text = "CHAPTER 4\nFISHERIES\nArticle 4.1\nDefinitions\nFor the purposes of this Chapter:\nboat means anything that floats, and includes:\n(a) a raft; and\n(b) a barge;\nopen water or high water means the sea; and\nnet refers to a net.\nArticle 4.2\nScope\nThis Chapter applies to boats.\n";
    assert_eq!(
        triples(text),
        [
            "boat = anything that floats, and includes: (a) a raft; and (b) a barge [Ch. 4]",
            "open water = the sea [Ch. 4]",
            "high water = the sea [Ch. 4]",
            "net = a net [Ch. 4]"
        ]
    );
}

#[test]
fn labelled_items_with_quotation_marks() {
    let text = "Article 1\nGeneral Definitions\n1. In this Agreement, unless the context otherwise requires:\n(a) the term “boat” includes:\n(i) rafts;\n(ii) barges;\n(b) “herring” or “sprat” means a small fish; and\n(c) “mackerel” has the meaning given in Article 9.\n2. The Parties may amend the list by any means.\n";
    assert_eq!(
        triples(text),
        [
            "boat = (i) rafts; (ii) barges [agreement]",
            "herring = a small fish [agreement]",
            "sprat = a small fish [agreement]",
            "mackerel = the meaning given in Article 9 [agreement]"
        ]
    );
}

#[test]
fn a_definitions_article_without_words_of_scope_holds_for_its_chapter() {
    let text = "CHAPTER 1\nGENERAL\nArticle 1\nScope\nThis applies.\nCHAPTER 2\nBOATS\nArticle 2\nDefinitions\n“Boat” means a boat.\nANNEX I\nNETS\nArticle 1\nDefinitions\n“Net” means a net.\n";
    assert_eq!(triples(text), ["Boat = a boat [Ch. 2]", "Net = a net [Annex I]"]);
}

#[test]
fn a_sentence_with_words_of_scope_defines_in_any_article() {
    let text = "CHAPTER 2\nBOATS\nArticle 2\nHarbours\n1. For the purposes of this Article, a free harbour means a harbour without dues. The Parties shall list them.\n2. For the purposes of this Section, “dues” means charges.\n";
    assert_eq!(triples(text), ["free harbour = a harbour without dues [Art. 2]", "dues = charges [Ch. 2]"]);
}

#[test]
fn colons_define_in_a_definitions_article_only() {
    let text = "CAPÍTULO 3\nPESCA\nArtículo 3\nDefiniciones\nPara efectos de este Capítulo, se entenderá por:\nbarco: todo lo que flota, siempre que:\na) tenga remos; o\nb) tenga velas;\nred: un tejido que incluye cuerdas.\nArtículo 4\nPuertos\nLas Partes mantendrán:\na) puertos francos: los de la costa;\nb) faros: los demás.\n";
    assert_eq!(
        triples(text),
        [
            "barco = todo lo que flota, siempre que: a) tenga remos; o b) tenga velas [Capítulo 3]",
            "red = un tejido que incluye cuerdas [Capítulo 3]"
        ]
    );
}

#[test]
fn french_and_spanish_verbs() {
    let text = "Article 2\nDéfinitions\nAux fins du présent accord :\na) « bateau » désigne tout engin flottant ;\nb) le terme « filet » s’entend d’un filet de pêche ;\nc) on entend par « port » un lieu abrité.\n";
    assert_eq!(
        triples(text),
        ["bateau = tout engin flottant [agreement]", "filet = d’un filet de pêche [agreement]", "port = un lieu abrité [agreement]"]
    );
    let text = "Artículo 2\nDefiniciones\nA los efectos del presente Acuerdo:\na) \"barco\" significa todo artefacto flotante; y\nb) se entenderá por \"puerto\" un lugar abrigado.\n";
    assert_eq!(triples(text), ["barco = todo artefacto flotante [agreement]", "puerto = un lugar abrigado [agreement]"]);
}

#[test]
fn short_names_behind_what_they_stand_for() {
    for (sentence, expected) in [
        (
            "The Parties are members of the World Herring Organization (hereinafter referred to as “WHO”).",
            "WHO = the World Herring Organization",
        ),
        (
            "Each Party shall allow a period of sixty days (hereinafter the \"comment period\") for replies.",
            "comment period = a period of sixty days",
        ),
        (
            "The Parties recall the Treaty on Herring, done at Norburg in 1961 (“Herring Treaty”).",
            "Herring Treaty = the Treaty on Herring, done at Norburg in 1961",
        ),
        ("A Committee on Boats, hereinafter called the Boat Committee, is set up.", "Boat Committee = A Committee on Boats"),
        ("Les Parties instituent un comité des bateaux (ci-après dénommé « le Comité ») compétent.", "Comité = un comité des bateaux"),
        ("Las Partes crean la Comisión de Barcos (en adelante, \"la Comisión\") con sede.", "Comisión = la Comisión de Barcos"),
    ] {
        let text = format!("Article 1\nBoats\n1. {sentence}\n2. It sits in Norburg.\n");
        let found: Vec<String> = terms(&text).into_iter().map(|(term, definition, _)| format!("{term} = {definition}")).collect();
        assert_eq!(found, [expected], "{sentence}");
    }
}

#[test]
fn the_names_of_the_parties() {
    let text = "The Kingdom of Norland (hereinafter “Norland”) and the Republic of Sudland (hereinafter “Sudland”), hereinafter collectively referred to as the “Parties” and individually as a “Party”,\nDESIRING to trade with one another;\nHave agreed as follows:\nArticle 1\nScope\nThis Agreement applies.\n";
    let found = terms(text);
    let names: Vec<&str> = found.iter().map(|found| found.0.as_str()).collect();
    assert_eq!(names, ["Norland", "Sudland", "Parties", "Party"]);
    assert_eq!((found[0].1.as_str(), found[1].1.as_str()), ("The Kingdom of Norland", "the Republic of Sudland"));
}

#[test]
fn what_only_looks_like_a_definition() {
    for sentence in [
        "A notice may be given by means of a letter.",
        "This means that no duty is charged.",
        "The Parties shall promote means of transport and communication.",
        "Cooperation includes the exchange of boats.",
        "Products of heading 03.02 (“fresh herring”) remain free: this includes fillets.",
        "The Committee may use any electronic means: a call is enough.",
        "The measures are set out in Article 5 (“Harbours”).",
        "The rates are listed hereinafter in the Annex.",
    ] {
        let text = format!("Article 1\nBoats\n1. {sentence}\n2. The Committee sits in Norburg.\n");
        assert_eq!(terms(&text), [], "{sentence}");
    }
}

#[test]
fn no_running_time_out_of_proportion() {
    // A megabyte of openings without ends: each step looks a bounded way.
    let text = "hereinafter means (\"".repeat(50_000);
    let agreement = Agreement::new(document::read(text.as_bytes()).expect("plain text"));
    let started = std::time::Instant::now();
    let found = agreement.defined_terms();
    assert!(started.elapsed().as_secs() < 20, "{} terms in {:?}", found.len(), started.elapsed());
}

#[test]
fn the_term_is_everything_before_the_verb() {
    let text = "CHAPTER 2\nBOATS\nArticle 2\nDefinitions\nFor the purposes of this Chapter:\nharbour formality means a form;\nboats intended for display or sale means boats ashore;\nboat, for Norland, means a raft.\n";
    let found: Vec<String> = terms(text).into_iter().map(|found| found.0).collect();
    assert_eq!(found, ["harbour formality", "boats intended for display or sale", "boat"]);
}

#[test]
fn words_of_scope_behind_the_verb_are_no_part_of_the_definition() {
    let text = "CHAPTER 2\nBOATS\nArticle 2\nHarbours\n1. The term \\\"boat\\\" means, for the purposes of this Chapter, a raft.\n2. Boats float.\n";
    assert_eq!(triples(text), ["boat = a raft [Ch. 2]"]);
}

#[test]
fn the_number_of_a_page_ends_no_definition() {
    let text = "Article 2\nDefinitions\nFor the purposes of this Agreement:\n(a) “boat” means a raft; and\n(b) “net” means a net of Article\n4.\n2-6\n";
    assert_eq!(triples(text), ["boat = a raft [agreement]", "net = a net of Article 4 [agreement]"]);
}

#[test]
fn names_after_a_glued_hereinafter() {
    let text = "Article 1\nBoats\n1. A Committee on Boats (hereinafterreferred to as “the Committee”) is set up.\n2. It sits.\n";
    assert_eq!(triples(text), ["Committee = A Committee on Boats [agreement]"]);
}

#[test]
fn a_heading_on_the_line_of_the_first_term_is_no_part_of_it() {
    let text = "Article 2\nBoats\n1. Definitions For the purposes of this Article, boat means a raft.\n2. Boats float.\n";
    assert_eq!(triples(text), ["boat = a raft [Art. 2]"]);
}

#[test]
fn a_definition_in_the_lead_text_ends_where_the_next_one_begins() {
    let text =
        "Article 2\nDefinitions\nFor the purposes of this Agreement, boat means a raft;\n(a) net means a net; and\n(b) oar means an oar.\n";
    let found: Vec<String> = triples(text);
    assert_eq!(found, ["boat = a raft [agreement]", "net = a net [agreement]", "oar = an oar [agreement]"]);
}
