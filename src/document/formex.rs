//! Formex 4, the XML of the Publications Office of the European Union (EUR-Lex: acts, international agreements, annexes).
//!
//! Divisions, articles, paragraphs and points are marked in the source and are kept as [`Native`](super::Native) units. Footnotes
//! are counted as the Official Journal prints them. What the file only names (annexes in files of their own,
//! pictures) is told in a message.

use super::limits::Limits;
use super::units::Builder;
use super::xml::{ADVICE, Start, Xml};
use super::{Document, Level, Message, NativeKind, ReadError, encoding};
use crate::text::one_line;

/// What is done when an element ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Close {
    Nothing,
    /// It was a block: its line ends.
    Line,
    Unit,
    Label,
    Number,
    Heading,
    /// The first title of the document.
    Title,
    /// A line of the title of a unit.
    HeadLine,
    Note,
    Row,
    Cell,
    Quotation,
    Meta,
    /// An element that this reader does not know: its words are kept apart from their neighbours.
    Unknown,
}

/// Elements whose words are no words of the text: running titles, lists of amending acts, notes in the margin.
const SKIPPED: [&str; 8] = ["CURR.TITLE", "PAGE.HEADER", "FAM.COMP", "GR.MOD.ACT", "INFO.CONSLEG", "INFO.PROD", "MARGIN", "COLL.LETTERS"];
/// Elements with what the file says of itself.
const META: [&str; 4] = ["BIB.INSTANCE", "BIB.DATA", "BIB.DOC", "DOCUMENT.REF"];
/// Elements that stand in a line.
const INLINE: [&str; 26] = [
    "HT",
    "FT",
    "DATE",
    "TXT",
    "REF.DOC",
    "REF.DOC.OJ",
    "REF.DOC.SE",
    "REF.DOC.ECR",
    "REF.CONS",
    "REF.NP",
    "NO.OJ",
    "NO.DOC.C",
    "NO.DOC",
    "COLL",
    "IE",
    "BR",
    "TERM",
    "KEYWORD",
    "EXPR",
    "OVERLINE",
    "DIV.CONSID.REF",
    "LINK",
    "ACRONYM",
    "FULL.POINT",
    "ANONYMOUS",
    "IMG.CNOTE",
];
/// Elements that are blocks and nothing more.
const BLOCKS: [&str; 48] = [
    "ACT",
    "AGR",
    "CONS.ACT",
    "CONS.DOC",
    "GENERAL",
    "CORR",
    "ENACTING.TERMS",
    "PREAMBLE.INIT",
    "PREAMBLE.FINAL",
    "GR.VISA",
    "VISA",
    "GR.CONSID",
    "GR.CONSID.INIT",
    "DIV.CONSID",
    "ALINEA",
    "P",
    "LIST",
    "DLIST",
    "DLIST.ITEM",
    "CONTENTS",
    "GR.ANNEX",
    "TBL",
    "CORPUS",
    "BLK",
    "TI.BLK",
    "STI.BLK",
    "GR.TBL",
    "GR.NOTES",
    "INTRO",
    "WRAP",
    "SIGNATORY",
    "PL.DATE",
    "ADDR.S",
    "ADDR",
    "TOC.BLK",
    "TOC.ITEM",
    "DESCRIPTION",
    "CORRECTION",
    "OLD.CORR",
    "NEW.CORR",
    "SUBDIV",
    "DIV",
    "table",
    "tgroup",
    "thead",
    "tbody",
    "ANNOTATION",
    "LV",
];
/// Most names of files in a message.
const MAX_NAMED: usize = 5;

/// Reads Formex.
pub(super) fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    read_within(bytes, Limits::default())
}

/// Reads Formex within limits.
pub(super) fn read_within(bytes: &[u8], limits: Limits) -> Result<Document, ReadError> {
    let clock = limits.clock();
    let (source, _) = encoding::decode_xml(bytes);
    let mut xml = Xml::new(&source, damaged, clock);
    let mut reader = Reader::new();
    xml.walk(&SKIPPED, &mut reader, Reader::enter, Reader::words, Reader::close)?;
    let message = xml.message();
    let mut document = reader.finish();
    document.messages.extend(message);
    if document.text.trim().is_empty() {
        return Err(ReadError::NoText { format: "Formex", advice: "it may only name the files that hold the text: read those" });
    }
    Ok(document)
}

fn damaged(cause: String) -> ReadError {
    ReadError::Damaged { format: "Formex", cause, advice: ADVICE }
}

struct Reader {
    builder: Builder,
    /// The elements that are open, and what their end means.
    path: Vec<(String, Close)>,
    meta: bool,
    /// Footnotes so far.
    notes: u32,
    title: Option<String>,
    /// Words of the title while it is open.
    field: Option<String>,
    /// Dates of the act: in its metadata, and with the signatures.
    dates: [Option<String>; 2],
    /// Files with text and files with pictures to which this one refers.
    files: [Vec<String>; 2],
}

impl Reader {
    fn new() -> Self {
        Self {
            builder: Builder::new(),
            path: Vec::new(),
            meta: false,
            notes: 0,
            title: None,
            field: None,
            dates: [None, None],
            files: [Vec::new(), Vec::new()],
        }
    }

    fn parent(&self) -> &str {
        self.path.last().map_or("", |(name, _)| name.as_str())
    }

    fn enter(&mut self, start: &Start<'_>) {
        let close = self.open(start);
        self.path.push((start.name().to_owned(), close));
    }

    fn open(&mut self, start: &Start<'_>) -> Close {
        let name = start.name();
        if name == "DATE" {
            self.date(start);
        }
        if self.meta {
            return Close::Nothing;
        }
        if META.contains(&name) {
            self.meta = true;
            return Close::Meta;
        }
        if let Some(kind) = self.unit(name) {
            self.builder.open(kind, start.attribute("IDENTIFIER"));
            return Close::Unit;
        }
        match name {
            "TITLE" => self.open_title(),
            "TI" | "STI" | "P" if self.in_unit_title() => {
                self.builder.block();
                Close::HeadLine
            }
            "TI.ART" | "NO.ART" => {
                self.builder.block();
                Close::Number
            }
            "STI.ART" | "STI" | "TI" if self.builder.unit().is_some_and(|unit| unit.kind == NativeKind::Article) => {
                self.builder.block();
                Close::Heading
            }
            "P" if matches!(self.parent(), "STI.ART" | "TI.ART") => Close::Unknown,
            "NO.PARAG" | "NO.P" | "NO.CONS" | "NO.ITEM" => {
                if !self.in_unit_title() {
                    self.builder.block();
                }
                Close::Label
            }
            "NOTE" => {
                let star = start.attribute("NUMBERING").is_some_and(|how| how == "STAR");
                self.notes += u32::from(!star);
                self.builder.note(Some(if star { "*".to_owned() } else { self.notes.to_string() }));
                Close::Note
            }
            "QUOT.S" => {
                self.builder.open(NativeKind::Quotation, None);
                Close::Quotation
            }
            "QUOT.START" => {
                self.builder.opening_mark(&quotation_mark(start));
                Close::Nothing
            }
            "QUOT.END" => {
                self.builder.closing_mark(&quotation_mark(start));
                Close::Nothing
            }
            "ROW" | "row" => {
                self.builder.row();
                Close::Row
            }
            "CELL" | "entry" => {
                self.builder.cell();
                Close::Cell
            }
            "INCL.ELEMENT" => {
                if let Some(file) = start.attribute("FILEREF") {
                    let text = start.attribute("TYPE").is_none_or(|kind| kind.contains("FORMEX") || kind.contains("XML"));
                    self.files[usize::from(!text)].push(file);
                }
                Close::Nothing
            }
            _ if INLINE.contains(&name) => Close::Nothing,
            _ if BLOCKS.contains(&name) || start.name().starts_with("GR.") => {
                self.builder.block();
                Close::Line
            }
            _ => {
                self.builder.words(" ");
                Close::Unknown
            }
        }
    }

    /// The kind of unit that an element is (Formex physical specifications, chapter on the elements of acts), if any.
    fn unit(&self, name: &str) -> Option<NativeKind> {
        Some(match name {
            "PREAMBLE" => NativeKind::Preamble,
            "CONSID" | "CONSIDERANT" => NativeKind::Recital,
            "DIVISION" | "GR.SEQ" => NativeKind::Chapter,
            "ARTICLE" => NativeKind::Article,
            "PARAG" | "ITEM" => NativeKind::Item,
            // A numbered paragraph that nothing else names.
            "NP" | "NP.ECR" if !matches!(self.parent(), "ITEM" | "CONSID" | "TI" | "STI" | "TITLE") => NativeKind::Item,
            "ANNEX" | "CONS.ANNEX" | "PROT" | "LETTER" | "ACT.GEN" => NativeKind::Annex,
            "TOC" => NativeKind::Contents,
            "FINAL" | "SIGNATURE" if !self.builder.is_in(NativeKind::Signature) => NativeKind::Signature,
            _ => return None,
        })
    }

    /// The title of the document, of a unit, or of something without a name in the tree (a table, a list).
    fn open_title(&mut self) -> Close {
        self.builder.block();
        let document = matches!(self.parent(), "ACT" | "AGR" | "CONS.DOC" | "CONS.ACT" | "GENERAL" | "CORR" | "");
        if document && self.title.is_none() && self.field.is_none() {
            self.field = Some(String::new());
            return Close::Title;
        }
        Close::Line
    }

    /// Whether the title of a chapter, an annex or a part of one is open.
    fn in_unit_title(&self) -> bool {
        let mut outer = self.path.iter().rev().skip_while(|(name, _)| matches!(name.as_str(), "TI" | "STI" | "P" | "NP" | "HT" | "TXT"));
        let title = outer.next().is_some_and(|(name, _)| name == "TITLE");
        title && outer.next().is_some_and(|(_, close)| *close == Close::Unit)
    }

    fn date(&mut self, start: &Start<'_>) {
        let Some(date) = start.attribute("ISO").and_then(|digits| iso_date(&digits)) else { return };
        let closing = self.builder.is_in(NativeKind::Signature);
        if closing || self.meta && self.parent() == "BIB.INSTANCE" {
            self.dates[usize::from(closing)].get_or_insert(date);
        }
    }

    fn words(&mut self, words: &str) {
        if self.meta {
            return;
        }
        if let Some(field) = &mut self.field {
            field.push_str(words);
        }
        self.builder.words(words);
    }

    fn close(&mut self) {
        let Some((name, close)) = self.path.pop() else { return };
        if let Some(field) = self.field.as_mut().filter(|_| name == "P") {
            field.push(' ');
        }
        match close {
            Close::Nothing => {}
            Close::Line => self.builder.block(),
            Close::Unit => self.builder.close(),
            Close::Label => self.builder.label(),
            Close::Number => self.builder.number(),
            Close::Heading => self.builder.heading(),
            Close::HeadLine => {
                // The first line is the number ("CHAPTER I"), the others are the heading.
                if self.builder.unit().is_some_and(|unit| unit.number.is_none() && unit.heading.is_none()) {
                    self.builder.number();
                } else {
                    self.builder.heading();
                }
            }
            Close::Title => {
                self.builder.block();
                self.title = self.field.take().map(|words| one_line(&words)).filter(|words| !words.is_empty());
            }
            Close::Note => self.builder.end_note(),
            Close::Row => self.builder.end_row(),
            Close::Cell => self.builder.end_cell(),
            Close::Quotation => self.builder.close_quotation(),
            Close::Meta => self.meta = false,
            Close::Unknown => self.builder.words(" "),
        }
    }

    fn finish(self) -> Document {
        let mut document = self.builder.finish();
        let [listed, closing] = self.dates;
        document.metadata.title = self.title;
        document.metadata.signed = closing.or(listed);
        let [texts, pictures] = self.files;
        if !texts.is_empty() {
            let text = format!(
                "parts of the text stand in {} ({}), which was not read: read it too",
                if texts.len() == 1 { "another file".to_owned() } else { format!("{} other files", texts.len()) },
                names(&texts)
            );
            document.messages.push(Message::new(Level::Warning, "part-in-another-file", text));
        }
        if !pictures.is_empty() {
            let text = format!(
                "{} picture(s) that the file names ({}) were not read: words in them are missing",
                pictures.len(),
                names(&pictures)
            );
            document.messages.push(Message::new(Level::Info, "picture-in-another-file", text));
        }
        document
    }
}

/// The first names of a list.
fn names(files: &[String]) -> String {
    let named = files.iter().take(MAX_NAMED).map(String::as_str).collect::<Vec<_>>().join(", ");
    if files.len() > MAX_NAMED { format!("{named} …") } else { named }
}

/// The mark of a quotation: the number of its character in base 16.
fn quotation_mark(start: &Start<'_>) -> String {
    let code = start.attribute("CODE").and_then(|code| u32::from_str_radix(&code, 16).ok());
    code.and_then(char::from_u32).filter(|mark| !mark.is_control()).unwrap_or('"').to_string()
}

/// `20221214` → `2022-12-14`.
fn iso_date(digits: &str) -> Option<String> {
    let digits = digits.trim();
    (digits.len() == 8 && digits.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]))
}
