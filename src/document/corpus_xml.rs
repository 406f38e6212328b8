//! The XML of the Texts of Trade Agreements corpus: metadata, then chapters of articles with identifiers.
//!
//! The numbers and names of chapters and articles are attributes in this format; they become lines of
//! the text, so that one text holds everything, and are offered as [`Native`] units.

use super::limits::Limits;
use super::xml::{ADVICE, Node, Start, Xml};
use super::{Document, Native, NativeKind, ReadError, Span, encoding};

/// How deep chapters and articles may nest: the format lists them one after the other.
const MAX_UNITS: usize = 64;

/// Reads the corpus XML.
pub(super) fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    read_within(bytes, Limits::default())
}

/// Reads the corpus XML within limits.
fn read_within(bytes: &[u8], limits: Limits) -> Result<Document, ReadError> {
    let clock = limits.clock();
    let (source, _) = encoding::decode(bytes);
    let mut xml = Xml::new(&source, |cause| ReadError::Damaged { format: "XML", cause, advice: ADVICE }, clock);
    let mut state = State::default();
    loop {
        match xml.next()? {
            Node::Start(start) => state.open(&start)?,
            Node::End => state.close(),
            Node::Text(words) => state.words(&words),
            Node::Eof => break,
        }
    }
    if state.document.text.trim().is_empty() {
        return Err(ReadError::NoText { format: "XML", advice: "the body of the treaty is empty" });
    }
    state.document.messages.extend(xml.message());
    Ok(state.document)
}

/// What has been read so far.
#[derive(Default)]
struct State {
    document: Document,
    path: Vec<String>,
    /// Indexes into `document.native` of the units that are open.
    open: Vec<usize>,
    field: String,
}

impl State {
    fn open(&mut self, start: &Start<'_>) -> Result<(), ReadError> {
        let kind = match start.name() {
            "chapter" => Some(NativeKind::Chapter),
            "article" => Some(NativeKind::Article),
            _ => None,
        };
        self.path.push(start.name().to_owned());
        self.field.clear();
        if let Some(kind) = kind {
            if self.open.len() >= MAX_UNITS {
                let cause = format!("chapters and articles nest deeper than {MAX_UNITS}");
                return Err(ReadError::Damaged { format: "XML", cause, advice: ADVICE });
            }
            let mut unit = Native {
                span: Span::default(),
                kind,
                number: start.attribute("number"),
                heading: start.attribute("name"),
                source_id: start.attribute("chapter_identifier").or_else(|| start.attribute("article_identifier")),
                head: Span::default(),
            };
            self.break_line();
            let text = &mut self.document.text;
            unit.span.start = text.len();
            let words: Vec<&str> = [unit.number.as_deref(), unit.heading.as_deref()].into_iter().flatten().collect();
            if !words.is_empty() {
                text.push_str(&words.join("\n"));
                unit.head = Span::new(unit.span.start, text.len());
                text.push('\n');
            }
            self.open.push(self.document.native.len());
            self.document.native.push(unit);
        }
        Ok(())
    }

    fn close(&mut self) {
        let Some(name) = self.path.pop() else { return };
        let value = self.field.trim().to_owned();
        self.field.clear();
        if matches!(name.as_str(), "chapter" | "article") {
            self.break_line();
            if let Some(index) = self.open.pop() {
                self.document.native[index].span.end = self.document.text.len();
            }
            return;
        }
        if value.is_empty() {
            return;
        }
        let metadata = &mut self.document.metadata;
        match name.as_str() {
            "name" => metadata.title = Some(value),
            "date_signed" => metadata.signed = Some(value),
            "date_into_force" => metadata.in_force = Some(value),
            "partyisocode" if self.path.iter().any(|step| step == "parties_original") => metadata.parties.push(value),
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        // Carriage returns and spaces that do not break may still arrive as character references.
        let words = words.replace(['\r', '\0'], "").replace(['\u{a0}', '\u{202f}'], " ");
        if self.open.is_empty() {
            self.field.push_str(&words);
        } else if self.path.last().is_some_and(|name| name == "article") || !words.trim().is_empty() {
            self.document.text.push_str(&words);
        }
    }

    fn break_line(&mut self) {
        let text = &mut self.document.text;
        if !text.is_empty() && !text.ends_with('\n') {
            text.push('\n');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{NativeKind, ReadError};
    use super::{Limits, MAX_UNITS, read, read_within};

    const SAMPLE: &str = r#"<?xml version="1.0"?><treaty><meta><name>A &amp; B</name><date_signed>2001-02-03</date_signed>
      <parties_original><partyisocode n="1">AAA</partyisocode><partyisocode n="2">BBB</partyisocode></parties_original></meta>
      <body><chapter name="Preamble" chapter_identifier="1"><article article_identifier="10">The Parties,</article></chapter>
      <chapter number="CHAPTER ONE" name="Scope &amp; Coverage" chapter_identifier="2">
      <article number="ARTICLE 1.1" name="Scope" article_identifier="11">This Chapter applies.</article></chapter></body></treaty>"#;

    #[test]
    fn numbers_names_and_identifiers_are_kept() {
        let document = read(SAMPLE.as_bytes()).expect("well formed");
        assert_eq!(document.text, "Preamble\nThe Parties,\nCHAPTER ONE\nScope & Coverage\nARTICLE 1.1\nScope\nThis Chapter applies.\n");
        assert_eq!(document.metadata.title.as_deref(), Some("A & B"));
        assert_eq!(document.metadata.parties, ["AAA", "BBB"]);
        let article = document.native.last().expect("an article");
        assert_eq!((article.kind, article.source_id.as_deref()), (NativeKind::Article, Some("11")));
        assert_eq!(article.span.of(&document.text), "ARTICLE 1.1\nScope\nThis Chapter applies.\n");
        assert_eq!(article.head.of(&document.text), "ARTICLE 1.1\nScope");
    }

    #[test]
    fn a_cut_file_is_damaged() {
        let error = read(&SAMPLE.as_bytes()[..400]).expect_err("cut").to_string();
        assert!(error.contains("damaged") && error.contains("download"), "{error}");
    }

    #[test]
    fn hostile_files_end_well() {
        let deep = format!("<treaty>{}", "<a>".repeat(1_000_000));
        let error = read(deep.as_bytes()).expect_err("too deep").to_string();
        assert!(error.contains("nest deeper than 512"), "{error}");
        let nested = format!("<treaty><body>{}", "<article>".repeat(MAX_UNITS + 1));
        let error = read(nested.as_bytes()).expect_err("too deep").to_string();
        assert!(error.contains("articles nest deeper"), "{error}");
        let laughs =
            SAMPLE.replace("<treaty>", "<!DOCTYPE t [<!ENTITY a \"laugh\"><!ENTITY b \"&a;&a;&a;\">]><treaty>").replace("This", "&b;");
        let document = read(laughs.as_bytes()).expect("a treaty");
        assert!(laughs.contains("ENTITY") && !document.text.contains("laugh"));
        assert_eq!(document.messages[0].code, "unresolved-entities");
        let limits = Limits { time: std::time::Duration::ZERO, ..Limits::default() };
        assert!(matches!(read_within(SAMPLE.as_bytes(), limits), Err(ReadError::TooSlow { seconds: 0 })));
    }
}
