//! The export as Akoma Ntoso: no word is lost, it reads back as the same tree, and it is valid where the schema is at hand.
#![allow(missing_docs, clippy::unwrap_used, clippy::print_stderr, reason = "tests")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use clausula::document::{self, Document};
use clausula::report::akoma_ntoso;
use clausula::structure::{Agreement, Kind};

/// The six samples, and two files of the formats in which units nest.
const FILES: [&str; 8] = [
    "agreements/accord-savane-littoral.docx",
    "agreements/aurelian-union-tavira-partnership.pdf",
    "agreements/harbourlands-isles-draft.docx",
    "agreements/meridia-castellan-trade-promotion.xml",
    "agreements/norrland-saltmere-free-trade.txt",
    "agreements/tratado-costa-brava-altamar.html",
    "tests/documents/velmora-trant.akn.xml",
    "tests/documents/velmora-trant.fmx.xml",
];

fn of(path: &str) -> Agreement {
    Agreement::new(document::read(&std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()).unwrap())
}

/// A text as it is, control characters included, which readers of files give only rarely.
fn of_text(text: &str) -> Agreement {
    Agreement::new(Document { text: text.to_owned(), ..Document::default() })
}

fn read_back(xml: &str) -> Agreement {
    Agreement::new(document::read(xml.as_bytes()).unwrap())
}

/// The words between the tags, metadata aside.
fn words(xml: &str) -> String {
    let mut out = String::new();
    let mut rest = xml;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        rest = if rest.starts_with("<meta>") { &rest[rest.find("</meta>").unwrap()..] } else { rest };
        rest = &rest[rest.find('>').unwrap() + 1..];
    }
    out.push_str(rest);
    ["&lt;<", "&gt;>", "&quot;\"", "&apos;'", "&amp;&"].iter().fold(out, |out, entity| {
        let (name, character) = entity.split_at(entity.len() - 1);
        out.replace(name, character)
    })
}

/// The letters without white space, and the places in them where a word ends.
fn letters(text: &str) -> (String, BTreeSet<usize>) {
    let (mut all, mut ends) = (String::new(), BTreeSet::new());
    for word in text.split_whitespace() {
        all.push_str(word);
        ends.insert(all.len());
    }
    (all, ends)
}

fn assert_no_word_is_lost(name: &str, agreement: &Agreement) {
    let (wanted, ends) = letters(&agreement.document.text);
    let (found, found_ends) = letters(&words(&akoma_ntoso(agreement)));
    assert!(!wanted.is_empty() && found == wanted, "{name}: the words of the export are not those of the text");
    // A number may stand apart from the words that it is glued to in the text; nothing else is divided, and nothing is joined.
    assert!(ends.is_subset(&found_ends), "{name}: words are joined");
}

/// Identifier, kind, number and heading of every provision. Words that go on after a note have no identity of their own. The
/// XML of the corpus leaves the closing formula in its last article, where reading back finds it.
fn outline(agreement: &Agreement) -> Vec<String> {
    let kept = agreement.provisions.iter().filter(|provision| !matches!(provision.kind, Kind::Continuation | Kind::Signature));
    kept.map(|p| format!("{} {:?} {:?} {:?}", p.id, p.kind, p.number, p.heading)).collect()
}

#[test]
fn no_word_is_lost() {
    for path in FILES {
        assert_no_word_is_lost(path, &of(path));
    }
}

#[test]
fn samples_read_back_as_the_same_tree() {
    for path in FILES {
        let agreement = of(path);
        let xml = akoma_ntoso(&agreement);
        let back = read_back(&xml);
        let (wanted, found) = (outline(&agreement), outline(&back));
        assert!(wanted.len() > 20, "{path}: the sample itself must say something");
        let first = wanted.iter().zip(&found).find(|(wanted, found)| wanted != found);
        assert_eq!(found, wanted, "{path}: first difference {first:?}");
        assert_eq!(back.title, agreement.title, "{path}");
        let facts =
            |document: &Document| (document.metadata.signed.clone(), document.metadata.in_force.clone(), document.metadata.parties.clone());
        assert_eq!(facts(&back.document), facts(&agreement.document), "{path}");
        // Identifiers stand in the source of what is read back.
        for provision in back.provisions.iter().filter(|p| p.kind == Kind::Article) {
            assert_eq!(provision.source_id.as_deref(), Some(provision.id.as_str()), "{path}");
        }
        assert_eq!(akoma_ntoso(&agreement), xml, "{path}: the same input gives the same bytes");
    }
}

/// Texts in which the parts stand where the schema has no place for them, or in which there are none.
fn odd_texts() -> Vec<(&'static str, String)> {
    vec![
        ("no heading", "Nothing but words & signs < here.\nAnd a second line.\n".to_owned()),
        ("an annex alone", "ANNEX I\nRules of origin\n1. Wool is wool.\n(a) Raw; and\n(b) spun.\n".to_owned()),
        (
            "an article behind an annex",
            "CHAPTER 1\nRules\nArticle 1\nScope\nAll of it.\nDone at Port Velm on 1 May 2001.\nANNEX I\nQuotas\n1. None.\nCHAPTER 2\nMore\nArticle 2\nEnd\nIt ends.\n".to_owned(),
        ),
        ("control characters", "Article 1\nScope\u{1}\n1. It\u{b}applies to \u{fffe} goods.\n2. It ends ]]> here.\n".to_owned()),
        ("deep lists", {
            let mut text = "Article 1\nScope\n".to_owned();
            for depth in 0..300 {
                writeln!(text, "{}1. Level {depth}:", " ".repeat(depth)).unwrap();
            }
            text
        }),
    ]
}

#[test]
fn odd_texts_lose_no_word() {
    for (name, text) in odd_texts() {
        let agreement = of_text(&text);
        let text: String = agreement
            .document
            .text
            .chars()
            .map(|c| if c.is_control() && !c.is_whitespace() || c == '\u{fffe}' { '\u{fffd}' } else { c })
            .collect();
        let found = letters(&words(&akoma_ntoso(&agreement))).0;
        assert_eq!(found, letters(&text).0, "{name}");
        read_back(&akoma_ntoso(&agreement));
    }
}

#[test]
fn what_comes_out_of_place_keeps_its_place() {
    let xml = akoma_ntoso(&of_text(&odd_texts()[2].1));
    let places: Vec<usize> =
        ["eId=\"ch_1__art_1\"", "name=\"annex\"", "eId=\"ch_2\""].iter().map(|words| xml.find(words).unwrap_or(0)).collect();
    assert!(places.is_sorted() && places[0] > 0, "{places:?}: {xml}");
}

/// The schema of OASIS is not ours to give: `CLAUSULA_AKN_SCHEMA` names the file `akomantoso30.xsd` (its `xml.xsd` beside it).
#[test]
fn exports_are_valid() {
    let Some(schema) = std::env::var_os("CLAUSULA_AKN_SCHEMA").map(PathBuf::from) else {
        eprintln!("skipped: CLAUSULA_AKN_SCHEMA does not name the schema akomantoso30.xsd");
        return;
    };
    let files = FILES.iter().map(|path| ((*path).to_owned(), of(path)));
    let odd = odd_texts().into_iter().map(|(name, text)| (name.to_owned(), of_text(&text)));
    for (name, agreement) in files.chain(odd) {
        let mut xmllint = Command::new("xmllint")
            .args(["--huge", "--noout", "--schema"])
            .arg(&schema)
            .arg("-")
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("xmllint of libxml2 is installed");
        xmllint.stdin.take().unwrap().write_all(akoma_ntoso(&agreement).as_bytes()).unwrap();
        let result = xmllint.wait_with_output().unwrap();
        assert!(result.status.success(), "{name}: {}", String::from_utf8_lossy(&result.stderr));
    }
}
