//! Whatever the input, nothing panics and what is read keeps its promises.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

mod invariants;

use std::io::{Cursor, Write};
use std::sync::LazyLock;

use clausula::rules::Rulebook;
use proptest::prelude::*;
use proptest::test_runner::FileFailurePersistence;

static RULEBOOK: LazyLock<Rulebook> = LazyLock::new(|| Rulebook::embedded().unwrap());

fn holds(bytes: &[u8]) -> Result<(), TestCaseError> {
    invariants::check(bytes, &RULEBOOK).map(|_| ()).map_err(TestCaseError::fail)
}

/// Pieces put together at random.
fn soup(pieces: &'static [&'static str], most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(prop_oneof![9 => prop::sample::select(pieces).prop_map(str::to_owned), 1 => ".{0,6}"], 0..most)
        .prop_map(|pieces| pieces.concat())
}

/// Makes end tags fit the elements that are open, and closes what is left: XML that does not is refused at its first tag.
fn balanced(soup: &str) -> String {
    let mut open: Vec<&str> = Vec::new();
    let mut out = String::new();
    let mut rest = soup;
    while let Some(start) = rest.find('<') {
        out += &rest[..start];
        let tag = &rest[start..start + rest[start..].find('>').map_or(1, |at| at + 1)];
        rest = &rest[start + tag.len()..];
        if tag.starts_with("</") {
            out += &open.pop().map_or(String::new(), |name| format!("</{name}>"));
            continue;
        }
        out += tag;
        let name = tag[1..].split([' ', '>']).next().unwrap_or_default();
        if !tag.ends_with("/>") && !name.is_empty() && !name.starts_with(['!', '/']) {
            open.push(name);
        }
    }
    out += rest;
    open.iter().rev().for_each(|name| out += &format!("</{name}>"));
    out
}

const AGREEMENT: &[&str] = &[
    "Article 1\n",
    "Article 2 ",
    "ARTICLE 3\nScope\n",
    "CHAPTER I\n",
    "Annex A\n",
    "ANNEX\n",
    "PREAMBLE\n",
    "Recognising that culture ",
    "1. ",
    "2. ",
    "(a) ",
    "(b) ",
    "(i) ",
    "(ii) ",
    "(aa) ",
    "1.1 ",
    "[",
    "]",
    "[AA propose: ",
    " ",
    "\n",
    "\n\n",
    "\t",
    "\u{c}",
    ";\n",
    ". ",
    ": ",
    "The Parties shall ",
    "does not apply to cultural industries",
    "Convention on the Protection and Promotion of the Diversity of Cultural Expressions",
    "(the \"Convention\") ",
    "this Chapter ",
    "Articles 1 to 99 ",
    "IN WITNESS WHEREOF ",
    "Sector: Culture\n",
    "SIDE LETTER\n",
    "Article 4 ..... 7\n",
    "é",
    "İ",
    "ß",
    "\u{301}",
    "\u{ad}",
    "\u{a0}",
    "\r\n",
    "“",
    "’s ",
    "audio-\nvisual ",
];

const HTML: &[&str] = &[
    "<p>",
    "</p>",
    "<div>",
    "</div>",
    "<h1>",
    "</h1>",
    "<h2>",
    "<ol>",
    "</ol>",
    "<ol type=i start=3>",
    "<ul>",
    "<li>",
    "<li value=-9>",
    "</li>",
    "<table>",
    "</table>",
    "<tr>",
    "</tr>",
    "<td>",
    "</td>",
    "<th>",
    "<pre>",
    "</pre>",
    "<br>",
    "<sup>",
    "</sup>",
    "<a href=#fn1>",
    "<a id=fnref1 href='#ftn1'>",
    "</a>",
    "<p id=fn1 class=footnote>",
    "<del>",
    "</del>",
    "<ins datetime=x>",
    "</ins>",
    "<svg>",
    "<math>",
    "<template>",
    "<select>",
    "<option>",
    "<script>",
    "</script>",
    "<!--",
    "-->",
    "<p hidden>",
    "<main>",
    "</main>",
    "1",
    "(a)",
    "1.",
    "text ",
    "&amp;",
    "&nbsp;",
    "&#0;",
    "&#x110000;",
    "<",
    ">",
    "\n",
    "é",
];

const WORD: &[&str] = &[
    "<w:p>",
    "</w:p>",
    "<w:r>",
    "</w:r>",
    "<w:t>",
    "</w:t>",
    "<w:t xml:space=\"preserve\"> x </w:t>",
    "<w:tbl>",
    "</w:tbl>",
    "<w:tr>",
    "</w:tr>",
    "<w:tc>",
    "</w:tc>",
    "<w:ins w:author=\"A\">",
    "</w:ins>",
    "<w:del w:author=\"B\">",
    "</w:del>",
    "<w:delText>old</w:delText>",
    "<w:txbxContent>",
    "</w:txbxContent>",
    "<w:footnoteReference w:id=\"1\"/>",
    "<w:footnoteReference w:id=\"2\" w:customMarkFollows=\"1\"/>",
    "<w:commentReference w:id=\"1\"/>",
    "<w:pPr><w:numPr><w:ilvl w:val=\"1\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>",
    "<w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr>",
    "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>",
    "<w:fldChar w:fldCharType=\"begin\"/>",
    "<w:fldChar w:fldCharType=\"separate\"/>",
    "<w:fldChar w:fldCharType=\"end\"/>",
    "<w:tab/>",
    "<w:br/>",
    "<w:sym w:font=\"Symbol\" w:char=\"F0B0\"/>",
    "<w:rPr><w:vanish/></w:rPr>",
    "<w:trPr><w:ins/></w:trPr>",
    "Article 1",
    "text ",
    "&amp;",
    "&lost;",
    "é",
];

const CORPUS: &[&str] = &[
    "<chapter number=\"CHAPTER I\" name=\"Culture\">",
    "</chapter>",
    "<article number=\"ARTICLE 1\" article_identifier=\"7\">",
    "</article>",
    "<article>",
    "<name>A</name>",
    "<x>",
    "</x>",
    "The Parties shall cooperate.\n",
    "(a) films;\n",
    "&amp;",
    "&#13;",
    "&#xa0;",
    "<![CDATA[x]]>",
    "<!-- x -->",
    "é ",
];

const CONTENT: &[&str] = &[
    "BT ",
    "ET ",
    "/F1 10 Tf ",
    "/F2 9 Tf ",
    "(Article 1) Tj ",
    "(The Parties) Tj ",
    "(1) Tj ",
    "(-) Tj ",
    "[(cul) -300 (ture)] TJ ",
    "T* ",
    "0 -12 Td ",
    "72 700 Td ",
    "300 0 Td ",
    "1 0 0 1 72 40 Tm ",
    "0 1 -1 0 300 300 Tm ",
    ".7 .7 -.7 .7 300 300 Tm ",
    "12 TL ",
    "3 Tr ",
    "0 Tr ",
    "5 Ts ",
    "200 Tz ",
    "q ",
    "Q ",
    "1 0 0 -1 0 842 cm ",
    "1e9 0 0 1e9 0 0 cm ",
    "70 600 400 200 re S ",
    "70 600 m 470 600 l S ",
    "270 600 m 270 800 l S ",
    "/X Do ",
    "/Artifact BMC ",
    "EMC ",
    "<0041",
    "(un",
    "[",
    "]",
    "<<",
    ">>",
    "' ",
    "99999999999 ",
    "-1 ",
    "0 ",
    "BI ID EI ",
    "\n",
];

fn word_file(body: &str) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let note = |id| format!("<w:footnote w:id=\"{id}\"><w:p><w:r><w:t>Note {id}.</w:t></w:r></w:p></w:footnote>");
    for (name, part) in [
        ("word/document.xml", format!("<w:document><w:body>{body}</w:body></w:document>")),
        ("word/footnotes.xml", format!("<w:footnotes>{}{}</w:footnotes>", note(1), note(2))),
        ("word/comments.xml", "<w:comments><w:comment w:id=\"1\" w:author=\"A\"><w:p><w:r><w:t>Why?</w:t></w:r></w:p></w:comment></w:comments>".to_owned()),
        (
            "word/numbering.xml",
            "<w:numbering><w:abstractNum w:abstractNumId=\"0\"><w:lvl w:ilvl=\"1\"><w:lvlText w:val=\"(%2)\"/></w:lvl></w:abstractNum><w:num w:numId=\"1\"><w:abstractNumId w:val=\"0\"/></w:num></w:numbering>".to_owned(),
        ),
    ] {
        writer.start_file(name, stored).unwrap();
        writer.write_all(part.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A file of pages with these contents; `X` is a form that draws itself.
fn pdf_file(contents: &[String]) -> Vec<u8> {
    let kids: String = (0..contents.len()).map(|index| format!("{} 0 R ", 5 + 2 * index)).collect();
    let stream = |dictionary: &str, data: &str| format!("<< {dictionary} /Length {} >>\nstream\n{data}\nendstream", data.len());
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!(
            "<< /Type /Pages /Count {} /Kids [{kids}] /MediaBox [0 0 595 842] /Resources << /XObject << /X 4 0 R >> /Font << /F1 3 0 R /F2 << /Type /Font /Subtype /Type0 /Encoding /Identity-H >> >> >> >>",
            contents.len()
        ),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
        stream("/Subtype /Form", "BT (form) Tj ET /X Do"),
    ];
    for (index, content) in contents.iter().enumerate() {
        objects.push(format!("<< /Type /Page /Parent 2 0 R /Contents {} 0 R >>", 6 + 2 * index));
        objects.push(stream("", content));
    }
    let mut out = "%PDF-1.4\n".to_owned();
    let mut table = String::new();
    for (number, object) in (1..).zip(&objects) {
        table += &format!("{:010} 00000 n \n", out.len());
        out += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let size = objects.len() + 1;
    let start = out.len();
    out += &format!("xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF");
    out.into_bytes()
}

proptest! {
    // Inputs that fail are kept beside this file and tried first from then on.
    #![proptest_config(ProptestConfig {
        failure_persistence: Some(Box::new(FileFailurePersistence::WithSource("regressions"))),
        ..ProptestConfig::default()
    })]

    #[test]
    fn bytes_of_any_kind(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        holds(&bytes)?;
    }

    #[test]
    fn bytes_behind_the_mark_of_a_format(mark in prop::sample::select(vec![&b"%PDF-1.7\n"[..], b"PK\x03\x04word/document", b"<?xml?><treaty>", b"<html>", b"{\\rtf1", b"\xff\xfe", b"\xef\xbb\xbf"]), bytes in prop::collection::vec(any::<u8>(), 0..1000)) {
        holds(&[mark, &bytes].concat())?;
    }

    #[test]
    fn texts(text in "\\PC{0,400}") {
        holds(text.as_bytes())?;
    }

    #[test]
    fn texts_like_agreements(text in soup(AGREEMENT, 80)) {
        holds(text.as_bytes())?;
    }

    #[test]
    fn pages_of_any_tags(page in soup(HTML, 80)) {
        holds(format!("<html>{page}").as_bytes())?;
    }

    #[test]
    fn corpus_files_of_any_elements(body in soup(CORPUS, 40)) {
        holds(format!("<?xml version=\"1.0\"?><treaty><body>{}</body></treaty>", balanced(&body)).as_bytes())?;
    }

    #[test]
    fn word_files_of_any_elements(body in soup(WORD, 60)) {
        holds(&word_file(&balanced(&body)))?;
    }

    #[test]
    fn pdf_files_of_any_operators(contents in prop::collection::vec(soup(CONTENT, 60), 1..4)) {
        holds(&pdf_file(&contents))?;
    }
}

/// What stands around the random parts is readable: otherwise the properties would only see errors.
#[test]
fn word_and_pdf_files_made_here_are_read() {
    assert_eq!(
        invariants::check(&word_file("<w:p><w:r><w:t>text</w:t><w:footnoteReference w:id=\"1\"/></w:r></w:p>"), &RULEBOOK),
        Ok(true)
    );
    assert_eq!(balanced("<a>x</b></c><d>"), "<a>x</a><d></d>");
    assert_eq!(invariants::check(&pdf_file(&["BT /F1 10 Tf 72 700 Td (text) Tj ET".to_owned()]), &RULEBOOK), Ok(true));
}
