//! Files made to take the machine, and what the reader says of them.

use std::time::Duration;

use lopdf::{Document as Pdf, Object, ObjectId, Stream, dictionary};

use super::content::{Cut, RawPage};
use super::words::PageWords;
use super::{messages, read, read_within};
use crate::document::limits::Limits;
use crate::document::{Document, ReadError};

const WORDS: &str = "BT /F1 10 Tf 72 700 Td (Text of the page) Tj ET ";

/// A file of pages with these contents, packed, and with one more object that pages know as `X` and the font as its map.
fn file(contents: &[String], extra: Option<(&str, Object)>) -> Vec<u8> {
    let mut pdf = Pdf::with_version("1.5");
    let tree = pdf.new_object_id();
    let mut font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
    let mut resources = dictionary! {};
    match extra {
        Some(("XObject", form)) => {
            let form = pdf.add_object(form);
            resources.set("XObject", dictionary! { "X" => form });
        }
        Some((key, value)) => {
            let value = pdf.add_object(value);
            let descendant = if key == "W" {
                dictionary! { "Subtype" => "CIDFontType2", "W" => value }
            } else {
                dictionary! {}
            };
            font = dictionary! { "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "X", "Encoding" => "Identity-H",
            "DescendantFonts" => vec![Object::from(descendant)] };
            if key != "W" {
                font.set(key, value);
            }
        }
        None => {}
    }
    resources.set("Font", dictionary! { "F1" => font });
    let resources = pdf.add_object(resources);
    let kids: Vec<Object> = contents.iter().map(|content| page(&mut pdf, tree, content).into()).collect();
    let bounds: Vec<Object> = vec![0.into(), 0.into(), 595.into(), 842.into()];
    let root = dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => kids, "Resources" => resources, "MediaBox" => bounds };
    pdf.objects.insert(tree, root.into());
    let catalog = pdf.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    pdf.trailer.set("Root", catalog);
    let mut out = Vec::new();
    pdf.save_to(&mut out).expect("a file in memory");
    out
}

fn page(pdf: &mut Pdf, tree: ObjectId, content: &str) -> ObjectId {
    let mut stream = Stream::new(dictionary! {}, content.as_bytes().to_vec());
    stream.compress().expect("packed");
    let content = pdf.add_object(stream);
    pdf.add_object(dictionary! { "Type" => "Page", "Parent" => tree, "Contents" => content })
}

fn codes(document: &Document) -> Vec<&str> {
    document.messages.iter().map(|message| message.code.as_str()).collect()
}

#[test]
fn a_bomb_loses_its_page_only() {
    let bomb = WORDS.to_owned() + &" ".repeat(3 << 20);
    let bytes = file(&[bomb, WORDS.to_owned()], None);
    assert!(bytes.len() < 20_000);
    for limits in [Limits { ratio_from: 1 << 20, ..Limits::default() }, Limits { part_bytes: 1 << 20, ..Limits::default() }] {
        let document = read_within(&bytes, limits).expect("the other page");
        assert_eq!((document.text.as_str(), codes(&document)), ("Text of the page\n", vec!["page-damaged", "page-without-text"]));
        assert_eq!(document.messages[0].page, Some(1));
    }
    assert!(codes(&read(&bytes).expect("harmless")).is_empty());
}

#[test]
fn all_streams_together_are_limited() {
    let page = WORDS.to_owned() + &" ".repeat(10_000);
    let document = read_within(&file(&vec![page; 20], None), Limits { total_bytes: 50_000, ..Limits::default() }).expect("some pages");
    assert!(codes(&document).contains(&"page-damaged"), "{:?}", document.messages);
    assert!((1..=8).contains(&document.text.lines().count()), "{}", document.text);
}

#[test]
fn pages_objects_and_words_are_limited() {
    let bytes = file(&vec![WORDS.to_owned(); 30], None);
    let document = read_within(&bytes, Limits { pages: 10, ..Limits::default() }).expect("ten pages");
    assert_eq!((document.pages.len(), codes(&document)), (10, vec!["pages-not-read"]));
    assert!(document.messages[0].text.starts_with("only the first 10 pages"), "{}", document.messages[0].text);
    let error = read_within(&bytes, Limits { objects: 20, ..Limits::default() }).expect_err("refused").to_string();
    assert!(error.contains("objects, more than 20"), "{error}");
    let document = read_within(&bytes, Limits { words: 12, ..Limits::default() }).expect("some pages");
    assert!(codes(&document).iter().all(|code| *code == "pages-not-read") && !document.messages.is_empty());
    assert!(document.messages[0].text.contains("12 words already"), "{}", document.messages[0].text);
}

#[test]
fn the_time_is_limited() {
    let limits = Limits { time: Duration::ZERO, ..Limits::default() };
    assert!(matches!(read_within(&file(&[WORDS.to_owned()], None), limits), Err(ReadError::TooSlow { seconds: 0 })));
    let late = || (RawPage { cut: Some(Cut::Time), ..RawPage::default() }, PageWords::default());
    let found = messages(&[late(), late()], limits);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].text.starts_with("pages 1–2 could not be read to the end within 0 seconds"), "{}", found[0].text);
}

#[test]
fn a_page_of_too_many_characters_is_cut() {
    let many = format!("BT /F1 10 Tf {}ET", "1 0 0 1 72 700 Tm (aaaaaaaaaaaaaaaaaaaa) Tj ".repeat(15_000));
    let document = read(&file(&[many, WORDS.to_owned()], None)).expect("both pages");
    assert_eq!((codes(&document), document.messages[0].page), (vec!["page-not-read"], Some(1)));
    assert!(document.text.ends_with("Text of the page\n"));
}

#[test]
fn rings_and_towers_end() {
    // A page tree that holds itself, at two depths.
    let mut pdf = Pdf::load_mem(&file(&[WORDS.to_owned()], None)).expect("a file");
    let tree = pdf.catalog().and_then(|catalog| catalog.get(b"Pages")?.as_reference()).expect("a tree");
    let inner = pdf.add_object(dictionary! { "Type" => "Pages", "Kids" => vec![Object::Reference(tree); 50] });
    let kids = pdf.get_dictionary_mut(tree).and_then(|tree| tree.get_mut(b"Kids")?.as_array_mut()).expect("kids");
    kids.extend([Object::Reference(inner), Object::Reference(tree)]);
    let mut ring = Vec::new();
    pdf.save_to(&mut ring).expect("a file in memory");
    assert!(read(&ring).expect("its page").text.starts_with("Text of the page\n"));
    // A table of references that comes before itself.
    let whole = file(&[WORDS.to_owned()], None);
    let text = String::from_utf8_lossy(&whole).into_owned();
    let at = text.rfind("startxref").expect("there") + "startxref".len();
    let start = text[at..].split_whitespace().next().expect("a number").to_owned();
    let mut loops = whole.clone();
    let trailer = whole.windows(9).rposition(|part| part == b"trailer\n<").map_or(0, |at| at + 10);
    loops.splice(trailer..trailer, format!("/Prev {start} ").bytes());
    assert!(matches!(read(&loops), Ok(_) | Err(ReadError::Damaged { .. })));
    // Arrays, dictionaries and saved states within one another.
    for tower in ["[".repeat(300_000), "<<".repeat(300_000), "q ".repeat(300_000), "(".repeat(300_000), "/Artifact BMC ".repeat(300_000)] {
        let document = read(&file(&[WORDS.to_owned() + &tower, WORDS.to_owned()], None)).expect("the words before it");
        assert_eq!(document.text.matches("Text of the page").count(), 2);
    }
}

#[test]
fn forms_maps_and_widths_that_multiply_end() {
    let draw = "/X Do ".repeat(200);
    let form = Stream::new(dictionary! { "Subtype" => "Form" }, (draw.clone() + WORDS).into_bytes());
    // Each of two hundred forms draws two hundred: the operations of the page are counted with those of its forms.
    let document = read_within(
        &file(&[draw, WORDS.to_owned()], Some(("XObject", form.into()))),
        Limits { total_bytes: 20 << 20, ..Limits::default() },
    );
    assert!(document.expect("the other page").text.contains("Text of the page"));
    let map = b"1 begincodespacerange <00000000> <ffffffff> endcodespacerange 1 beginbfrange <00000000> <ffffffff> <0041> endbfrange";
    let shown = "BT /F1 10 Tf 100 100 Td <0000000100000002> Tj ET".to_owned();
    let document =
        read(&file(std::slice::from_ref(&shown), Some(("ToUnicode", Stream::new(dictionary! {}, map.to_vec()).into())))).expect("text");
    assert!(document.text.contains('B'), "{}", document.text);
    let widths: Vec<Object> = (0..20_000).flat_map(|_| [0.into(), 65_535.into(), 500.into()]).collect();
    assert!(matches!(read(&file(&[shown], Some(("W", widths.into())))), Ok(_) | Err(ReadError::NoText { .. })));
}
