//! Akoma Ntoso and Formex: the units of the source are the provisions, and the same treaty gives the same findings as its plain text.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;
use std::path::Path;

use clausula::analysis::Analysis;
use clausula::document::{self, Document, EditKind};
use clausula::rules::Rulebook;
use clausula::structure::{Agreement, Kind};

fn read(path: &str) -> Document {
    document::read(&std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()).unwrap()
}

fn of(path: &str) -> Agreement {
    let agreement = Agreement::new(read(path));
    let joined: String = agreement.provisions.iter().map(|provision| provision.own.of(&agreement.document.text)).collect();
    assert_eq!(joined, agreement.document.text, "{path}: own words joined give the text back");
    for provision in &agreement.provisions[1..] {
        let outer = agreement.provisions[provision.parent.unwrap()].span;
        assert!(outer.start <= provision.span.start && provision.span.end <= outer.end, "{path}: {} lies in its parent", provision.id);
    }
    agreement
}

/// Kind, citation, heading and own words of every provision.
fn outline(agreement: &Agreement) -> Vec<String> {
    let words = |provision: &clausula::structure::Provision| {
        provision.own.of(&agreement.document.text).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    agreement.provisions[1..].iter().map(|p| format!("{} | {} | {}", p.kind.name(), p.citation, words(p))).collect()
}

const TREATY: [&str; 26] = [
    "front | front | Treaty of Commerce between the Republic of Velmora and the Principality of Trant",
    "preamble | Preamble | The Republic of Velmora and the Principality of Trant (the Parties),",
    "recital | Preamble, recital 1 | (1) Holding that songs, films and books are more than merchandise;",
    "recital | Preamble, recital 2 | (2) Wishing to trade with as little hindrance as can be,",
    "continuation | Preamble | Have agreed as follows:",
    "part | Part I | PART I COMMON RULES",
    "chapter | Ch. 1 | CHAPTER 1 Scope",
    "article | Art. 1 | Article 1 Matters covered",
    "footnote | fn. 1 | The heading binds nobody.",
    "paragraph | Art. 1(1) | 1. This Treaty covers, save as Article 2 provides:",
    "item | Art. 1(1)(a) | (a) trade in goods, that is to say:",
    "item | Art. 1(1)(a)(i) | (i) goods of the land; and",
    "item | Art. 1(1)(a)(ii) | (ii) goods of the sea; and",
    "continuation | Art. 1(1)(a) | whether raw or worked;",
    "item | Art. 1(1)(b) | (b) trade in services.",
    "paragraph | Art. 1(2) | 2. Its words are to be read in good faith.",
    "article | Art. 2 | Article 2 Culture Nothing in this Treaty applies to measures that a Party takes with respect to its cultural industries.",
    "footnote | fn. 2 | Games are cultural industries too.",
    "part | Part II | PART II LAST RULES",
    "article | Art. 3 | Article 3 Earlier treaty",
    "paragraph | Art. 3(1) | 1. In the Fisheries Treaty of 1990 the following article takes the place of Article 12:",
    "continuation | Art. 3(1) | “Article 12 Nets 1. Nets shall be wide. 2. They shall be marked.”",
    "paragraph | Art. 3(2) | 2. The rest of that Treaty stands.",
    "signature | Closing formula | Done at Port Velm on 4 May 2018. Oda Marsh",
    "annex | Annex A | ANNEX A QUOTAS",
    "paragraph | Annex A, para. 1 | 1. The quotas are these: Goods Tonnes Wool 40",
];

#[test]
fn akoma_ntoso_units_are_the_provisions() {
    let agreement = of("tests/documents/velmora-trant.akn.xml");
    let wanted: Vec<String> = TREATY
        .iter()
        .map(|line| line.replace("that Treaty stands", "that Treaty falls awaystands").replace("| ANNEX A QUOTAS", "| ANNEX A – QUOTAS"))
        .collect();
    assert_eq!(outline(&agreement), wanted);
    let document = &agreement.document;
    assert_eq!(
        document.metadata.title.as_deref(),
        Some("Treaty of Commerce between the Republic of Velmora and the Principality of Trant")
    );
    assert_eq!(document.metadata.parties, ["Republic of Velmora", "Principality of Trant"]);
    assert_eq!((document.metadata.signed.as_deref(), document.metadata.in_force.as_deref()), (Some("2018-05-04"), Some("2019-01-01")));
    let edits: Vec<_> = document.edits.iter().map(|edit| (edit.kind, edit.span.of(&document.text))).collect();
    assert_eq!(edits, [(EditKind::Deleted, "falls away"), (EditKind::Inserted, "stands")]);
    let article = agreement.provisions.iter().find(|p| p.citation == "Art. 2").unwrap();
    assert_eq!((article.id.as_str(), article.source_id.as_deref()), ("part_I__ch_1__art_2", Some("art_2")));
    assert!(document.messages.is_empty(), "{:?}", document.messages);
}

#[test]
fn formex_units_are_the_provisions() {
    let agreement = of("tests/documents/velmora-trant.fmx.xml");
    assert_eq!(outline(&agreement), TREATY);
    let document = &agreement.document;
    assert_eq!(
        document.metadata.title.as_deref(),
        Some("Treaty of Commerce between the Republic of Velmora and the Principality of Trant")
    );
    assert_eq!(document.metadata.signed.as_deref(), Some("2018-05-04"));
    assert!(document.text.contains("Goods\tTonnes\nWool\t40\n"));
    let messages: Vec<_> = document.messages.iter().map(|message| message.code.as_str()).collect();
    assert_eq!(messages, ["part-in-another-file", "picture-in-another-file"]);
    assert!(document.messages[0].text.contains("L_none.000301.fmx.xml"));
}

#[test]
fn what_is_quoted_is_no_article() {
    for path in ["tests/documents/velmora-trant.akn.xml", "tests/documents/velmora-trant.fmx.xml"] {
        let articles: Vec<_> = of(path).provisions.into_iter().filter(|p| p.kind == Kind::Article).map(|p| p.number.unwrap()).collect();
        assert_eq!(articles, ["1", "2", "3"], "{path}");
    }
}

/// Two samples in all three forms: the plain text is cut by its words, the others by their elements.
#[test]
fn samples_give_the_same_as_their_text() {
    let rulebook = Rulebook::embedded().unwrap();
    let kept = |kind: Kind| !matches!(kind, Kind::Front | Kind::Footnote | Kind::Continuation);
    for (folder, name) in [("agreements", "norrland-saltmere-free-trade"), ("tests/documents", "accord-savane-littoral")] {
        let provisions = |path: &str| -> Vec<(Kind, String)> {
            of(path).provisions.into_iter().filter(|p| kept(p.kind)).map(|p| (p.kind, p.citation)).collect()
        };
        let findings = |path: &str| -> (BTreeSet<(String, &'static str)>, Vec<&'static str>) {
            let analysis = Analysis::new(path, read(path), &rulebook);
            let verdicts = analysis.requirements.iter().map(|row| row.verdict.name()).collect();
            (analysis.findings.into_iter().map(|finding| (finding.citation, finding.code)).collect(), verdicts)
        };
        let text = format!("{folder}/{name}.txt");
        let (wanted, found) = (provisions(&text), findings(&text));
        assert!(wanted.len() > 200 && found.0.len() > 30, "{name}: the text itself must say something");
        for form in ["akn.xml", "fmx.xml"] {
            let path = format!("tests/documents/{name}.{form}");
            assert_eq!(provisions(&path), wanted, "{path}");
            assert_eq!(findings(&path), found, "{path}");
        }
    }
}

#[test]
fn unsafe_xml_is_harmless() {
    let bomb = "<?xml version=\"1.0\"?><!DOCTYPE akomaNtoso [<!ENTITY a \"boom\"><!ENTITY b SYSTEM \"file:///etc/passwd\">]>\
        <akomaNtoso><act><body><article><num>Article 1</num><content><p>Words &a; &b; end.</p></content></article></body></act></akomaNtoso>";
    let document = document::read(bomb.as_bytes()).unwrap();
    assert!(!document.text.contains("boom") && !document.text.contains("root:"), "{}", document.text);
    assert_eq!(document.messages[0].code, "unresolved-entities");
    let deep = format!("<akomaNtoso>{}{}</akomaNtoso>", "<part>".repeat(4000), "</part>".repeat(4000));
    let error = document::read(deep.as_bytes()).unwrap_err().to_string();
    assert!(error.contains("nest deeper"), "{error}");
    let cut = "<?xml version=\"1.0\"?><ACT><ENACTING.TERMS><ARTICLE><TI.ART>Article 1";
    assert!(document::read(cut.as_bytes()).unwrap_err().to_string().contains("damaged"));
}
