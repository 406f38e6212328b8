//! Whole files, made here, through [`read`].

use lopdf::{Dictionary, Document as Pdf, EncryptionState, EncryptionVersion, Object, Permissions, Stream, StringFormat, dictionary};

use super::read;
use crate::document::{AsideKind, Document, ReadError, Span};

/// A file with these page contents; `F1` is Helvetica and `F2` its bold face.
fn build(contents: &[String]) -> Pdf {
    let mut pdf = Pdf::with_version("1.5");
    let pages = pdf.new_object_id();
    let fonts = dictionary! {
        "F1" => dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica", "Encoding" => "WinAnsiEncoding" },
        "F2" => dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica-Bold", "Encoding" => "WinAnsiEncoding" },
    };
    let resources = pdf.add_object(dictionary! { "Font" => fonts });
    let kids: Vec<Object> = contents
        .iter()
        .map(|content| {
            let content = pdf.add_object(Stream::new(dictionary! {}, content.as_bytes().to_vec()));
            let page = dictionary! { "Type" => "Page", "Parent" => pages, "Contents" => content };
            pdf.add_object(page).into()
        })
        .collect();
    let tree = dictionary! {
        "Type" => "Pages", "Count" => i64::try_from(kids.len()).unwrap_or_default(), "Kids" => kids, "Resources" => resources,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    };
    pdf.objects.insert(pages, tree.into());
    let catalog = pdf.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    pdf.trailer.set("Root", catalog);
    pdf
}

fn bytes(mut pdf: Pdf) -> Vec<u8> {
    let mut out = Vec::new();
    pdf.save_to(&mut out).expect("a file in memory");
    out
}

fn file(contents: &[String]) -> Vec<u8> {
    bytes(build(contents))
}

fn document(contents: &[String]) -> Document {
    let document = read(&file(contents)).expect("a readable file");
    // What must hold of every document.
    for word in &document.words {
        let text = word.span.of(&document.text);
        assert!(!text.is_empty() && !text.contains(char::is_whitespace), "{text:?}");
        assert_eq!(document.page_at(word.span.start), Some(word.page), "{text}");
    }
    assert!(document.words.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
    assert!(document.asides.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
    document
}

/// Lines of Helvetica at a place: size, left edge, top baseline, distance, texts.
fn lines(size: u32, left: u32, top: u32, leading: u32, texts: &[&str]) -> String {
    let shown: String = texts.iter().map(|text| format!("({}) Tj T* ", text.replace('(', "\\(").replace(')', "\\)"))).collect();
    format!("BT /F1 {size} Tf {leading} TL {left} {top} Td {shown}ET\n")
}

/// The text without its asides.
fn body(document: &Document) -> String {
    let mut out = String::new();
    let mut at = 0;
    for aside in &document.asides {
        out.push_str(&document.text[at..aside.span.start]);
        at = aside.span.end;
    }
    out + &document.text[at..]
}

fn asides(document: &Document, kind: AsideKind) -> Vec<&str> {
    document.asides.iter().filter(|aside| aside.kind == kind).map(|aside| aside.span.of(&document.text).trim()).collect()
}

#[test]
fn lines_become_a_paragraph_and_broken_words_one_word() {
    let text = lines(
        10,
        72,
        700,
        12,
        &["The Parties shall promote cultural coopera-", "tion and the diversity of expressions", "in their territories."],
    );
    let document = document(&[text]);
    assert_eq!(document.text, "The Parties shall promote cultural cooperation and the diversity of expressions in their territories.\n");
    let first = document.words.first().expect("a word");
    assert_eq!(first.span.of(&document.text), "The");
    assert!((first.rect[0] - 72.0).abs() < 0.1 && first.rect[1] < 700.0 && first.rect[3] > 706.0, "{:?}", first.rect);
    let halves: Vec<_> =
        document.words.iter().map(|word| word.span.of(&document.text)).filter(|word| "cooperation".contains(word)).collect();
    assert_eq!(halves, ["coopera", "tion"]);
}

#[test]
fn compounds_keep_their_hyphen() {
    let text = lines(
        10,
        72,
        700,
        12,
        &["cross-border trade: any measure that affects the cross-", "border supply of services, Ein-", "und Ausfuhr"],
    );
    assert_eq!(
        document(&[text]).text,
        "cross-border trade: any measure that affects the cross-border supply of services, Ein- und Ausfuhr\n"
    );
}

#[test]
fn headings_and_items_begin_paragraphs() {
    let content = lines(
        10,
        72,
        700,
        12,
        &[
            "Article 1",
            "For the purposes of this Agreement, and unless the context requires:",
            "(a) service means any service in any sector and",
            "includes digital services;",
            "(b) person means a natural or a juridical person.",
        ],
    );
    let expected = "Article 1\nFor the purposes of this Agreement, and unless the context requires:\n\
                    (a) service means any service in any sector and includes digital services;\n(b) person means a natural or a juridical person.\n";
    assert_eq!(document(&[content]).text, expected);
}

#[test]
fn two_columns_are_read_one_after_the_other() {
    // Drawn line by line across the gutter, as some producers do.
    let content: String = (0..8)
        .map(|number| {
            let top = 700 - 12 * number;
            let left = lines(10, 50, top, 12, &[&format!("left column line {number} of the running text")]);
            left + &lines(10, 310, top, 12, &[&format!("right column line {number} of the running text")])
        })
        .collect();
    let text = document(&[content]).text;
    assert!(text.find("left column line 7") < text.find("right column line 0"), "{text}");
}

#[test]
fn running_lines_and_page_numbers_are_asides_within_a_paragraph_that_goes_on() {
    let page = |number: u32, words: &[&str]| {
        lines(9, 72, 800, 12, &[&format!("{} OFFICIAL JOURNAL", 540 + number)])
            + &lines(10, 72, 700, 12, words)
            + &lines(9, 290, 30, 12, &[&format!("- {number} -")])
    };
    let document = document(&[
        page(1, &["Article 1", "The Parties recognise the value of the"]),
        page(2, &["diversity of cultural expressions and coopera-"]),
        page(3, &["tion."]),
    ]);
    assert_eq!(body(&document), "Article 1\nThe Parties recognise the value of the diversity of cultural expressions and cooperation.\n");
    assert_eq!(
        asides(&document, AsideKind::Running),
        ["541 OFFICIAL JOURNAL", "- 1 -", "542 OFFICIAL JOURNAL", "- 2 -", "543 OFFICIAL JOURNAL", "- 3 -"]
    );
    assert!(document.text[document.pages[1].start..].starts_with("542 OFFICIAL"));
}

#[test]
fn articles_at_the_top_of_pages_are_no_running_heads() {
    let pages: Vec<String> = (1..=4)
        .map(|number| lines(10, 72, 780, 12, &[&format!("Article {number}"), &"The Parties agree. ".repeat(number as usize)]))
        .collect();
    assert!(document(&pages).asides.is_empty());
}

#[test]
fn footnotes_are_asides_with_their_mark() {
    let content =
        lines(11, 72, 700, 13, &["The Parties shall respect the obligations of the", "Convention and those of other treaties in force."])
            + "BT /F1 6 Tf 330 691 Td (1) Tj ET 72 120 100 0.5 re f\n"
            + &lines(8, 72, 108, 10, &["1 Convention on the Protection and Promotion", "of the Diversity of Cultural Expressions."]);
    let document = document(&[content]);
    assert_eq!(body(&document), "The Parties shall respect the obligations of the Convention and those of other treaties in force. ¹\n");
    assert_eq!(
        asides(&document, AsideKind::Footnote),
        ["1 Convention on the Protection and Promotion of the Diversity of Cultural Expressions."]
    );
    assert_eq!(document.asides[0].mark.as_deref(), Some("1"));
}

#[test]
fn a_numbered_paragraph_under_a_larger_heading_is_no_footnote() {
    let content = lines(10, 72, 700, 12, &["The Parties agree on what follows in good faith."])
        + &lines(13, 72, 600, 15, &["Article 2"])
        + &lines(10, 72, 580, 12, &["1. Each Party shall act."]);
    assert!(document(&[content]).asides.is_empty());
}

#[test]
fn ruled_tables_have_tabs() {
    let mut content = String::new();
    for (row, cells) in [["Sector", "Reservation"], ["Audiovisual", "Unbound"]].iter().enumerate() {
        let top = 700 - 20 * u32::try_from(row).unwrap_or_default();
        content += &lines(10, 75, top, 12, &[cells[0]]);
        content += &lines(10, 205, top, 12, &[cells[1]]);
        content += &format!("70 {} 130 20 re 200 {} 130 20 re S\n", top - 6, top - 6);
    }
    assert_eq!(document(&[content]).text, "Sector\tReservation\nAudiovisual\tUnbound\n");
}

#[test]
fn a_table_that_goes_on_in_the_next_column_is_read_after_its_beginning() {
    let table = |left: u32, top: u32, cells: [[&str; 2]; 2]| {
        let mut content = String::new();
        for (top, row) in [top, top - 20].into_iter().zip(cells) {
            content += &(lines(10, left + 5, top, 12, &[row[0]]) + &lines(10, left + 105, top, 12, &[row[1]]));
            content += &format!("{left} {} 100 20 re {} {} 100 20 re S\n", top - 6, left + 100, top - 6);
        }
        content
    };
    let content = lines(10, 50, 700, 12, &["The schedule of one Party:"])
        + &table(50, 100, [["0101", "Horses"], ["0102", "Cattle"]])
        + &table(300, 700, [["0103", "Swine"], ["0104", "Sheep"]]);
    assert_eq!(document(&[content]).text, "The schedule of one Party:\n0101\tHorses\n0102\tCattle\n0103\tSwine\n0104\tSheep\n");
}

#[test]
fn forms_and_turned_pages_are_read() {
    let mut pdf = build(&["q 1 0 0 1 10 0 cm /X1 Do Q".to_owned(), "BT /F1 10 Tf 0 1 -1 0 200 100 Tm (Turned text) Tj ET".to_owned()]);
    let form = pdf.add_object(Stream::new(dictionary! { "Subtype" => "Form" }, b"BT /F1 10 Tf 50 500 Td (In a form) Tj ET".to_vec()));
    let resources = pdf.objects.values_mut().filter_map(|object| object.as_dict_mut().ok()).find(|found| found.has(b"Font"));
    resources.expect("resources").set("XObject", dictionary! { "X1" => form });
    let document = read(&bytes(pdf)).expect("text");
    assert_eq!(document.text, "In a form\nTurned text\n");
    assert!((document.words[0].rect[0] - 60.0).abs() < 0.1);
    let turned = document.words[3].rect;
    assert!(turned[3] - turned[1] > turned[2] - turned[0], "taller than wide: {turned:?}");
}

#[test]
fn hidden_text_counts_only_alone() {
    let hidden = "BT 3 Tr /F1 10 Tf 72 700 Td (Recognised text of a scan) Tj ET".to_owned();
    assert_eq!(document(std::slice::from_ref(&hidden)).text, "Recognised text of a scan\n");
    let visible = hidden + " BT 0 Tr /F1 10 Tf 72 700 Td (Visible text of the page) Tj ET";
    assert_eq!(document(&[visible]).text, "Visible text of the page\n");
}

#[test]
fn pages_without_text_and_broken_contents_are_reported() {
    let good = lines(10, 72, 700, 12, &["Text of the page."]);
    let document = document(&[good.clone(), String::new(), String::new(), good + "BT /F1 10 Tf 72 500 Td (cut off"]);
    let found: Vec<_> = document.messages.iter().map(|message| (message.code.as_str(), message.page)).collect();
    assert_eq!(found, [("page-damaged", Some(4)), ("page-without-text", Some(2))]);
    assert!(document.messages[1].text.starts_with("pages 2–3 hold no text"));
    assert_eq!(document.pages[1].start, document.pages[3].start);
}

#[test]
fn files_without_text_pages_or_password_are_errors() {
    assert!(matches!(read(&file(&[String::new()])), Err(ReadError::NoText { .. })));
    assert!(matches!(read(&file(&[])), Err(ReadError::Damaged { .. })));
    assert!(matches!(read(b"%PDF-1.7\nnothing"), Err(ReadError::Damaged { .. })));
    for (user, readable) in [("", true), ("secret", false)] {
        let mut pdf = build(&[lines(10, 72, 700, 12, &["Text"])]);
        let id = Object::String(vec![7; 16], StringFormat::Hexadecimal);
        pdf.trailer.set("ID", vec![id.clone(), id]);
        let version = EncryptionVersion::V2 {
            document: &pdf,
            owner_password: "owner",
            user_password: user,
            key_length: 128,
            permissions: Permissions::all(),
        };
        let state = EncryptionState::try_from(version).expect("a key");
        pdf.encrypt(&state).expect("encrypted");
        match read(&bytes(pdf)) {
            Ok(document) => assert!(readable && document.text == "Text\n"),
            Err(error) => assert!(!readable && matches!(error, ReadError::Password), "{error}"),
        }
    }
}

#[test]
fn a_font_without_any_key_is_reported_with_its_pages() {
    let odd = || "BT /F1 10 Tf 72 700 Td <00410042> Tj ET".to_owned();
    let plain = "BT /F2 10 Tf 72 700 Td (Words that can be read) Tj ET".to_owned();
    let mut pdf = build(&[odd(), odd(), odd(), plain, odd()]);
    let descendant = dictionary! { "Subtype" => "CIDFontType2" };
    let font = dictionary! { "Subtype" => "Type0", "BaseFont" => "Odd", "Encoding" => "Identity-H", "DescendantFonts" => vec![Object::from(descendant)] };
    for object in pdf.objects.values_mut().filter_map(|object| object.as_dict_mut().ok()).filter(|found| found.has(b"Font")) {
        if let Ok(fonts) = object.get_mut(b"Font").and_then(Object::as_dict_mut) {
            fonts.set("F1", font.clone());
        }
    }
    let document = read(&bytes(pdf)).expect("text, if unknown");
    let [message] = document.messages.as_slice() else { panic!("{:?}", document.messages) };
    assert_eq!((message.code.as_str(), message.page), ("font-not-decodable", Some(1)));
    assert!(message.text.starts_with("pages 1–3 and 5: ") && message.text.contains("OCRmyPDF"), "{}", message.text);
}

#[test]
fn the_text_that_the_file_gives_for_glyphs_without_any_key_is_taken() {
    let shown = "BT /F1 10 Tf 72 700 Td /Span <</MCID 1 /ActualText <FEFF006E6F75>>> BDC <00410042> Tj EMC ET";
    let mut pdf = build(&[shown.to_owned()]);
    let font = dictionary! { "Subtype" => "Type0", "BaseFont" => "Odd", "Encoding" => "Identity-H" };
    for object in pdf.objects.values_mut().filter_map(|object| object.as_dict_mut().ok()).filter(|found| found.has(b"Font")) {
        object.set("Font", dictionary! { "F1" => font.clone() });
    }
    let document = read(&bytes(pdf)).expect("text");
    assert_eq!(document.text, "n\u{6f75}\n");
    assert!(document.messages.is_empty(), "{:?}", document.messages);
    let rect = document.words[0].rect;
    assert!((rect[2] - rect[0] - 20.0).abs() < 0.1, "both glyphs: {rect:?}");
}

#[test]
fn what_annotations_show_is_read_in_its_place() {
    let mut pdf = build(&[lines(10, 72, 700, 12, &["Signed for Norrland by"])]);
    let content = b"BT /F1 5 Tf 0 1 Td (A. Minister) Tj ET".to_vec();
    let shown = pdf.add_object(Stream::new(
        dictionary! { "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 50.into(), 10.into()] },
        content.clone(),
    ));
    let annotation = |flags: i64| {
        let place = vec![300.into(), 698.into(), 400.into(), 718.into()];
        dictionary! { "Subtype" => "Widget", "F" => flags, "Rect" => place, "AP" => dictionary! { "N" => shown } }
    };
    let (visible, hidden) = (pdf.add_object(annotation(4)), pdf.add_object(annotation(2)));
    for object in pdf.objects.values_mut().filter_map(|object| object.as_dict_mut().ok()).filter(|found| found.has(b"Contents")) {
        object.set("Annots", vec![hidden.into(), visible.into()]);
    }
    let document = read(&bytes(pdf)).expect("text");
    assert_eq!(document.text, "Signed for Norrland by\tA. Minister\n");
    let first = document.words.iter().find(|word| word.span.of(&document.text) == "A.").expect("the name");
    // Drawn twice as large: the form is 50 points wide, its place 100.
    assert!((first.rect[0] - 300.0).abs() < 0.1 && (6.0..12.0).contains(&(first.rect[3] - first.rect[1])), "{:?}", first.rect);
}

#[test]
fn a_stream_without_its_length_and_a_file_without_its_list_of_pages_are_read() {
    let whole = file(&[lines(10, 72, 700, 12, &["Text of the first page."]), lines(10, 72, 700, 12, &["Text of the second page."])]);
    let replaced = |from: &[u8], to: &[u8]| {
        assert_eq!(from.len(), to.len());
        let mut copy = whole.clone();
        let places: Vec<usize> = (0..copy.len()).filter(|&at| copy[at..].starts_with(from)).collect();
        assert!(!places.is_empty());
        places.into_iter().for_each(|at| copy[at..at + from.len()].copy_from_slice(to));
        copy
    };
    let expected = "Text of the first page.\nText of the second page.\n";
    assert_eq!(read(&replaced(b"/Length", b"/Qength")).expect("text").text, expected);
    let lost = read(&replaced(b"/Kids", b"/Sons")).expect("text");
    assert_eq!(lost.text, expected);
    assert_eq!(lost.messages[0].code, "page-damaged");
    assert!(lost.messages[0].text.contains("fetch the file again"));
}

#[test]
fn a_download_that_was_cut_off_gives_the_pages_that_arrived() {
    let whole = file(&[lines(10, 72, 700, 12, &["Text of the first page."]), lines(10, 72, 700, 12, &["Text of the second page."])]);
    // The catalog is the last object, so that all before it has arrived.
    let end = whole.windows(8).rposition(|part| part == b"/Catalog").expect("the catalog");
    let cut = read(&whole[..end - 20]).expect("text");
    assert!(cut.text.starts_with("Text of the first page."), "{}", cut.text);
    assert_eq!(cut.messages[0].code, "page-damaged");
}

#[test]
fn no_damage_makes_it_panic() {
    let whole = file(&[lines(10, 72, 700, 12, &["The Parties shall promote", "the diversity of cultural expressions."])]);
    for length in (0..whole.len()).step_by(7) {
        let _ = read(&whole[..length]);
    }
    let mut seed = 1u32;
    for _ in 0..200 {
        let mut copy = whole.clone();
        for _ in 0..4 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let at = usize::try_from(seed >> 8).unwrap_or_default() % copy.len();
            copy[at] ^= 1 << (seed & 7);
        }
        let _ = read(&copy);
    }
}

#[test]
fn a_form_that_draws_itself_ends() {
    let mut pdf = build(&["/X1 Do".to_owned()]);
    let form = pdf.new_object_id();
    let own = dictionary! { "XObject" => dictionary! { "X1" => form } };
    let content = b"BT ET /X1 Do /X1 Do".to_vec();
    pdf.objects.insert(form, Stream::new(dictionary! { "Subtype" => "Form", "Resources" => own.clone() }, content).into());
    for object in
        pdf.objects.values_mut().filter_map(|object| object.as_dict_mut().ok()).filter(|found: &&mut Dictionary| found.has(b"Font"))
    {
        object.extend(&own);
    }
    assert!(matches!(read(&bytes(pdf)), Err(ReadError::Damaged { .. })));
}

/// The file with an outline: titles with what they open; each one the next of the one before, or its child.
fn with_outline(mut pdf: Pdf, entries: &[(Object, Object, bool)]) -> (Pdf, Vec<lopdf::ObjectId>) {
    let ids: Vec<_> = entries.iter().map(|_| pdf.new_object_id()).collect();
    for (index, (title, dest, child_next)) in entries.iter().enumerate() {
        let mut entry = dictionary! { "Title" => title.clone(), "Dest" => dest.clone() };
        if let Some(next) = ids.get(index + 1) {
            entry.set(if *child_next { "First" } else { "Next" }, *next);
        }
        pdf.objects.insert(ids[index], entry.into());
    }
    let outlines = pdf.add_object(dictionary! { "First" => ids[0] });
    pdf.catalog_mut().expect("a catalog").set("Outlines", outlines);
    (pdf, ids)
}

fn xyz(page: lopdf::ObjectId, top: u32) -> Object {
    vec![page.into(), "XYZ".into(), 0.into(), top.into(), Object::Null].into()
}

#[test]
fn bookmarks_know_where_their_words_stand() {
    let first = lines(10, 72, 700, 12, &["as Article 1 Scope says"])
        + &lines(10, 72, 600, 14, &["Article 1"])
        + &lines(10, 72, 580, 14, &["Scope"]);
    let second = lines(10, 72, 700, 12, &["The words of a second page."]) + &lines(10, 72, 600, 14, &["Diversit\\351 culturelle"]);
    let pdf = build(&[first, second]);
    let pages: Vec<_> = pdf.page_iter().collect();
    let wide: Vec<u8> = [0xfe, 0xff].into_iter().chain("DIVERSITÉ culturelle".encode_utf16().flat_map(u16::to_be_bytes)).collect();
    let (mut pdf, _) = with_outline(
        pdf,
        &[
            (Object::String(b"Article 1 \x85 Scope".to_vec(), StringFormat::Literal), xyz(pages[0], 615), true),
            (Object::String(wide, StringFormat::Literal), Object::string_literal("place"), false),
            (Object::string_literal("page-2.pdf"), vec![1.into(), "Fit".into()].into(), false),
            (Object::string_literal("lost"), vec![99.into(), "Fit".into()].into(), false),
        ],
    );
    let names = dictionary! { "Names" => vec![Object::string_literal("place"), dictionary! { "D" => xyz(pages[1], 800) }.into()] };
    pdf.catalog_mut().expect("a catalog").set("Names", dictionary! { "Dests" => dictionary! { "Kids" => vec![names.into()] } });
    let document = read(&bytes(pdf)).expect("text");
    let found: Vec<_> = document.bookmarks.iter().map(|mark| (mark.title.as_str(), mark.level, mark.page, mark.start)).collect();
    let heading = document.text.rfind("Article 1").expect("the heading");
    let title = document.text.find("Diversité").expect("the second heading");
    assert_eq!(
        found,
        [("Article 1 – Scope", 1, 1, Some(heading)), ("DIVERSITÉ culturelle", 2, 2, Some(title)), ("page-2.pdf", 2, 2, None)],
        "{}",
        document.text
    );
}

#[test]
fn an_outline_that_goes_in_circles_ends() {
    let pdf = build(&[lines(10, 72, 700, 12, &["Text of the page."])]);
    let page = pdf.page_iter().next().expect("a page");
    let entry = |title: &str| (Object::string_literal(title), xyz(page, 800), false);
    let (mut pdf, ids) = with_outline(pdf, &[entry("one"), entry("two")]);
    for (id, key) in [(ids[1], "Next"), (ids[1], "First"), (ids[0], "First")] {
        pdf.get_object_mut(id).and_then(Object::as_dict_mut).expect("an entry").set(key, ids[0]);
    }
    pdf.catalog_mut().expect("a catalog").set("Names", dictionary! { "Dests" => Object::Reference(ids[0]) });
    let document = read(&bytes(pdf)).expect("text");
    assert_eq!(document.bookmarks.iter().map(|mark| mark.title.as_str()).collect::<Vec<_>>(), ["one", "two"]);
}

#[test]
fn areas_hold_both_parts_of_a_broken_word() {
    let document =
        document(&[lines(10, 72, 700, 12, &["Each Party shall promote the coopera-", "tion of the Parties in matters of culture."])]);
    let start = document.text.find("the cooperation").expect("the words");
    let areas = document.rectangles(Span::new(start, start + "the cooperation".len()));
    let [above, below] = areas.as_slice() else { panic!("two lines: {areas:?}") };
    assert!(above.rect[0] > 150.0 && above.rect[1] < 700.0 && above.rect[3] > 700.0, "{above:?}");
    assert!((below.rect[0] - 72.0).abs() < 0.1 && below.rect[2] < 95.0 && below.rect[1] < 688.0 && below.rect[3] > 688.0, "{below:?}");
}
