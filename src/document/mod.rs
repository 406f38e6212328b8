//! From the bytes of a file to one normalised text in which every span knows its place in the source.
//!
//! This room decodes formats; it knows nothing of articles or of culture. There is one file for each
//! format, and [`read`] chooses among them by the content of the file, never by its name.
//!
//! What every reader promises for the text that it returns:
//!
//! * UTF-8, `\n` as the only line break, ordinary spaces, no byte order mark, no NUL;
//! * reading order: headings before what they head, columns one after the other, table rows one to a
//!   line with a tab between the cells;
//! * what a page adds (running heads, page numbers) and what stands outside the flow (footnotes) is
//!   kept in the text and listed in [`Document::asides`], so that nothing is lost and nothing of it is
//!   mistaken for the words of a provision.

mod akoma_ntoso;
mod areas;
mod changes;
mod corpus_xml;
mod docx;
mod encoding;
mod flow;
mod foreign;
mod format;
mod formex;
mod html;
mod language;
mod limits;
mod markdown;
mod odt;
mod package;
mod pdf;
mod reading;
mod rtf;
mod text;
mod units;
mod xml;

pub use areas::Area;
pub use format::{Format, sniff};
pub use language::Language;
pub(crate) use language::of_few_words;
pub use reading::{As, Kept};

use serde::Serialize;

/// A half-open range of bytes in [`Document::text`]. Both ends are always character boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

impl Span {
    /// A span from its two ends, in bytes.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// Length in bytes.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether the span holds no byte.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// Whether `offset` (bytes) lies in the span.
    #[must_use]
    pub const fn contains(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// The words of the span; empty where the span does not fit the text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }
}

/// A span is written as `[start, end)`, two numbers.
impl Serialize for Span {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [self.start, self.end].serialize(serializer)
    }
}

/// Where a page begins in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Number of the page in the file, from 1 (not the number printed on it).
    pub number: u32,
    /// First byte of its text. Empty pages share the start of the next one.
    pub start: usize,
}

/// Why a span stands outside the flow of the provisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsideKind {
    /// A line that repeats at the head or foot of pages, or a page number.
    Running,
    /// The body of a footnote or endnote.
    Footnote,
    /// A comment in the margin of a draft.
    Comment,
}

/// A span outside the flow: kept in the text, marked, and left out when a provision is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// The words set aside, line break included.
    pub span: Span,
    /// What they are.
    pub kind: AsideKind,
    /// The mark of a footnote (`12`, `*`), where the source shows it.
    pub mark: Option<String>,
}

/// What a source that knows its own structure says of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NativeKind {
    /// A chapter, or a group of articles whose level its number or heading tells ("TITLE II").
    Chapter,
    /// An article (the preamble too, where the source calls it one).
    Article,
    /// A part, which the source calls so.
    Part,
    /// A title above or in place of chapters, which the source calls so.
    Title,
    /// A section, which the source calls so.
    Section,
    /// The preamble.
    Preamble,
    /// One consideration of the preamble.
    Recital,
    /// A numbered paragraph or an item of a list, at any depth.
    Item,
    /// Provisions of another instrument that are quoted: their articles are no articles of this one.
    Quotation,
    /// An annex, or what else is attached: its number or heading tells which.
    Annex,
    /// A table of contents: its lines are no headings.
    Contents,
    /// The closing formula and the signatures.
    Signature,
    /// A heading of a level from 1 (a Word style, `<h2>`): a hint for the structure, not a decision.
    Heading(u8),
}

/// A unit that the source itself marks, kept rather than guessed again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Native {
    /// The whole unit; units nest or follow one another, they never overlap otherwise.
    pub span: Span,
    /// Its level.
    pub kind: NativeKind,
    /// Its number as the source gives it (`ARTICLE 2.1`).
    pub number: Option<String>,
    /// Its heading.
    pub heading: Option<String>,
    /// Its identifier in the source (`article_identifier` in the corpus XML).
    pub source_id: Option<String>,
    /// The words of number and heading in the text (empty where there are none).
    pub head: Span,
}

/// What an author did to a span in a draft with tracked changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EditKind {
    /// Added to the draft.
    Inserted,
    /// Struck out of the draft.
    Deleted,
}

/// A tracked change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The words concerned.
    pub span: Span,
    /// What was done.
    pub kind: EditKind,
    /// Who did it, as the file says.
    pub author: Option<String>,
    /// When, as the file says (ISO 8601).
    pub date: Option<String>,
    /// The name of the move of which the change is one end (`""` where the file gives none): the words were
    /// deleted in one place and inserted, unchanged, in another.
    pub moved: Option<String>,
}

/// A word on a page with its rectangle, in points.
///
/// The coordinates are those of the content of the page (its default user space, PDF 32000-1, 8.3.2.3), in
/// which annotations are written too: upwards from an origin that is most often the lower left corner
/// of the media box. A turned page (`/Rotate`) or a crop box changes what is seen and not these numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WordBox {
    /// The word in the text.
    pub span: Span,
    /// Page in the file, from 1.
    pub page: u32,
    /// Left, bottom, right, top.
    pub rect: [f32; 4],
}

/// An entry of the outline that a PDF shows beside its pages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bookmark {
    /// Its words, on one line.
    pub title: String,
    /// Its depth in the outline, from 1.
    pub level: u8,
    /// The page that it opens, from 1.
    pub page: u32,
    /// Where its words stand in the text of that page (bytes), if they do.
    pub start: Option<usize>,
}

/// What the source says of the agreement outside its text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Metadata {
    /// Title or name of the agreement.
    pub title: Option<String>,
    /// Parties, as ISO 3166 codes or names.
    pub parties: Vec<String>,
    /// Date of signature, ISO 8601.
    pub signed: Option<String>,
    /// Date of entry into force, ISO 8601.
    pub in_force: Option<String>,
}

/// How serious a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Good to know.
    Info,
    /// Something may be missing from the result.
    Warning,
    /// Something was not read.
    Error,
}

/// Something that the reader of the result must know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    /// How serious it is.
    pub level: Level,
    /// A stable code in kebab case (`page-without-text`).
    pub code: String,
    /// What happened and what to do, in plain English.
    pub text: String,
    /// The page concerned, from 1.
    pub page: Option<u32>,
}

impl Message {
    /// A message without a page.
    #[must_use]
    pub fn new(level: Level, code: &str, text: impl Into<String>) -> Self {
        Self { level, code: code.to_owned(), text: text.into(), page: None }
    }

    /// The same message about a page, from 1.
    #[must_use]
    pub fn on_page(mut self, page: u32) -> Self {
        self.page = Some(page);
        self
    }
}

/// One file as text, with the place of every span.
#[derive(Clone, Debug, Default)]
pub struct Document {
    /// The format that was recognised.
    pub format: Format,
    /// The normalised text; every [`Span`] indexes it.
    pub text: String,
    /// Where pages begin, in order; empty where the source has no pages.
    pub pages: Vec<Page>,
    /// Spans outside the flow, in order, disjoint.
    pub asides: Vec<Aside>,
    /// Units marked by the source, in order of their start, outer before inner.
    pub native: Vec<Native>,
    /// Tracked changes in order of their start. The text holds struck out and inserted words alike; [`Document::reading`]
    /// gives the text as it was and as proposed. Changes of one kind are disjoint; words that one author inserted and
    /// another struck out lie under one of each. Line breaks and automatic numbers that only one reading has are
    /// changes too, without an author where no single change caused them.
    pub edits: Vec<Edit>,
    /// Words with their rectangles, in the order of the text (PDF only).
    pub words: Vec<WordBox>,
    /// The outline of the file, in its order (PDF only).
    pub bookmarks: Vec<Bookmark>,
    /// What the source says of the agreement.
    pub metadata: Metadata,
    /// Language of most of the text.
    pub language: Language,
    /// What the reader of the result must know.
    pub messages: Vec<Message>,
}

impl Document {
    /// The page (from 1) on which the byte `offset` stands, where the source has pages.
    #[must_use]
    pub fn page_at(&self, offset: usize) -> Option<u32> {
        let after = self.pages.partition_point(|page| page.start <= offset);
        after.checked_sub(1).map(|index| self.pages[index].number)
    }
}

/// Why a file could not be read. The message says what it is and what to do.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file holds nothing.
    #[error("the file is empty: check that the copy or download was complete")]
    Empty,
    /// The file is larger than [`MAX_BYTES`].
    #[error("the file has {bytes} bytes, more than the limit of {}: split it and read the parts", MAX_BYTES)]
    TooLarge {
        /// Size of the file in bytes.
        bytes: usize,
    },
    /// The content is of a kind that clausula does not read.
    #[error("this is {what}, which clausula does not read: {advice}")]
    Unsupported {
        /// What the content is, with its article ("a ZIP archive").
        what: &'static str,
        /// What to do about it.
        advice: &'static str,
    },
    /// The file says that it is of a format but breaks its rules.
    #[error("this {format} file is damaged ({cause}): {advice}")]
    Damaged {
        /// The format, in words.
        format: &'static str,
        /// What the decoder met.
        cause: String,
        /// What to do about it.
        advice: &'static str,
    },
    /// The file needs a password.
    #[error("the PDF needs a password: save a copy without one and read that")]
    Password,
    /// Nothing in the file is text.
    #[error("no text was found in this {format} file: {advice}")]
    NoText {
        /// The format, in words.
        format: &'static str,
        /// What to do about it.
        advice: &'static str,
    },
    /// The reading took longer than any agreement takes.
    #[error("reading took longer than {seconds} seconds and was given up: split the file, or save its text, and read that")]
    TooSlow {
        /// The limit, in seconds.
        seconds: u64,
    },
}

/// The largest file that is read, in bytes: treaties with all their annexes stay below a tenth of it.
pub const MAX_BYTES: usize = 512 << 20;

/// Reads a file from its bytes; the format is recognised by content.
///
/// # Errors
/// [`ReadError`] says what the file is, or what is wrong with it, and what to do.
///
/// # Example
/// ```
/// let document = clausula::document::read(b"Article 1\nThe Parties shall cooperate.")?;
/// assert_eq!(document.format, clausula::document::Format::Text);
/// assert!(document.text.starts_with("Article 1"));
/// # Ok::<(), clausula::document::ReadError>(())
/// ```
pub fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge { bytes: bytes.len() });
    }
    let format = sniff(bytes)?;
    let mut document = match format {
        Format::AkomaNtoso => akoma_ntoso::read(bytes)?,
        Format::CorpusXml => corpus_xml::read(bytes)?,
        Format::Docx => docx::read(bytes)?,
        Format::Formex => formex::read(bytes)?,
        Format::Html => html::read(bytes)?,
        Format::Odt => odt::read(bytes)?,
        Format::Pdf => pdf::read(bytes)?,
        Format::Rtf => rtf::read(bytes)?,
        Format::Text => text::read(bytes)?,
    };
    document.format = format;
    document.language = language::of(&document.text);
    debug_assert!(!document.text.contains('\r') && !document.text.contains('\0'));
    Ok(document)
}
