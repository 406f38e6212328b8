//! The format of a file, recognised by its first bytes.

use super::{ReadError, encoding, foreign};

/// A format that can be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// Plain text in any usual encoding.
    #[default]
    Text,
    /// PDF.
    Pdf,
    /// The XML of the Texts of Trade Agreements corpus.
    CorpusXml,
    /// Akoma Ntoso, the XML of parliaments and of the UN (OASIS LegalDocML).
    AkomaNtoso,
    /// Formex, the XML of the Publications Office of the European Union.
    Formex,
    /// A Word document (Office Open XML).
    Docx,
    /// A web page.
    Html,
    /// An OpenDocument text, packed or flat.
    Odt,
    /// A rich text document (RTF).
    Rtf,
}

/// How much of a file is looked at, in bytes.
const HEAD: usize = 4096;
/// Share of control bytes above which content is not text.
const MAX_CONTROL_SHARE: f64 = 0.02;

/// Recognises the format from the content of a whole file.
///
/// # Errors
/// [`ReadError::Empty`] and [`ReadError::Unsupported`], with what the content is.
///
/// # Example
/// ```
/// use clausula::document::{Format, sniff};
/// assert_eq!(sniff(b"%PDF-1.7 ...")?, Format::Pdf);
/// assert!(sniff(b"\x89PNG\r\n\x1a\n").is_err());
/// # Ok::<(), clausula::document::ReadError>(())
/// ```
pub fn sniff(bytes: &[u8]) -> Result<Format, ReadError> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadError::Empty);
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    // Some producers write a line or a byte order mark before the mark of the format (PDF 32000-1, annex H.3.4.1).
    if find(head, b"%PDF-").is_some_and(|at| at <= 1024) {
        return Ok(Format::Pdf);
    }
    if head.starts_with(b"PK\x03\x04") {
        return zip_kind(bytes);
    }
    if let Some((what, advice)) = foreign::named(bytes) {
        return Err(ReadError::Unsupported { what, advice });
    }
    if head.starts_with(b"{\\rtf") {
        return Ok(Format::Rtf);
    }
    text_kind(head)
}

/// ZIP packages are told apart by the names of the parts that they hold.
fn zip_kind(bytes: &[u8]) -> Result<Format, ReadError> {
    if find(bytes, b"word/document").is_some() || find(bytes, b"word/_rels").is_some() {
        return Ok(Format::Docx);
    }
    if find(bytes, b"opendocument.text").is_some() {
        return Ok(Format::Odt);
    }
    let (what, advice) = foreign::package(bytes);
    Err(ReadError::Unsupported { what, advice })
}

/// Text in one of its kinds: a mark-up that is read, a data format that is not, or plain words.
fn text_kind(head: &[u8]) -> Result<Format, ReadError> {
    let control = head.iter().filter(|byte| byte.is_ascii_control() && !b"\t\n\r\x0b\x0c".contains(byte)).count();
    #[allow(clippy::cast_precision_loss, reason = "the head is a few thousand bytes")]
    if !encoding::is_wide(head) && control as f64 > head.len() as f64 * MAX_CONTROL_SHARE {
        return Err(ReadError::Unsupported {
            what: "a binary file of an unknown kind",
            advice: "save the agreement as PDF, .docx, HTML or plain text",
        });
    }
    let text: String = String::from_utf8_lossy(head).chars().filter(|character| *character != '\0' && *character != '\u{feff}').collect();
    let start = text.trim_start();
    if let Some((what, advice)) = foreign::written(start) {
        return Err(ReadError::Unsupported { what, advice });
    }
    let lower = start.to_ascii_lowercase();
    if lower.starts_with("<!doctype html") || lower.contains("<html") {
        return Ok(Format::Html);
    }
    if start.starts_with("<?xml") || start.starts_with('<') {
        if let Some(format) = legal_xml(start)? {
            return Ok(format);
        }
        if lower.contains("<treaty") {
            return Ok(Format::CorpusXml);
        }
        if ["<body", "<div", "<p>", "<p ", "<table", "<h1", "<h2"].iter().any(|tag| lower.contains(tag)) {
            return Ok(Format::Html);
        }
        if let Some((what, advice)) = foreign::xml(&lower) {
            return Err(ReadError::Unsupported { what, advice });
        }
        // Other angle brackets open notes in plain text and in Markdown.
        if start.starts_with("<?xml") {
            return Err(ReadError::Unsupported {
                what: "an XML document of an unknown kind",
                advice: "save the agreement as PDF, .docx, HTML or plain text",
            });
        }
    }
    if start.starts_with("{\"")
        || start.starts_with("[\"")
        || start.starts_with("[{")
        || start.starts_with("{\n")
        || start.starts_with("[\n")
    {
        return Err(ReadError::Unsupported { what: "JSON data", advice: "give the text of the agreement instead" });
    }
    Ok(Format::Text)
}

/// Elements with which Formex files begin (Formex 4, physical specifications): acts, agreements, annexes, letters, corrigenda, general texts.
const FORMEX: [&str; 17] = [
    "ACT",
    "ADDITIONAL.DOCS",
    "ADDITIONAL.DOCS.ACT",
    "AGR",
    "ANNEX",
    "CONS.ACT",
    "CONS.ANNEX",
    "CONS.LIST",
    "CONS.OTH",
    "CONS.OTH.DOC",
    "CORR",
    "CORRIGENDUM",
    "DECISION",
    "GENERAL",
    "LETTER",
    "PROT",
    "TREATY",
];

/// The kinds of XML that are told by their first element.
fn legal_xml(start: &str) -> Result<Option<Format>, ReadError> {
    let Some(root) = root_element(start) else { return Ok(None) };
    match root.rsplit_once(':').map_or(root, |(_, local)| local) {
        "akomaNtoso" => Ok(Some(Format::AkomaNtoso)),
        // A flat office document; the namespaces alone may fill the beginning of the file, so the kind of document may be unseen.
        "document" if start.contains("opendocument:xmlns:office") && !start.contains("opendocument.spreadsheet") => Ok(Some(Format::Odt)),
        name if FORMEX.contains(&name) => Ok(Some(Format::Formex)),
        "DOC" | "PUBLICATION" if start.contains("formex") || start.contains("REF.PHYS") => Err(ReadError::Unsupported {
            what: "the list of files of a publication in the Official Journal (Formex)",
            advice: "read the files that it names: they hold the text",
        }),
        _ => Ok(None),
    }
}

/// The name of the first element, behind declarations and comments.
fn root_element(mut text: &str) -> Option<&str> {
    loop {
        text = text.trim_start().strip_prefix('<')?;
        let end = if text.starts_with('?') {
            text.find("?>")? + 2
        } else if text.starts_with("!--") {
            text.find("-->")? + 3
        } else if text.starts_with('!') {
            // The rules of a document type may stand inside it, in brackets.
            let close = text.find('>')?;
            if text.find('[').is_some_and(|open| open < close) { text.find("]>")? + 2 } else { close + 1 }
        } else {
            return text.split(|c: char| c.is_whitespace() || c == '>' || c == '/').next();
        };
        text = text.get(end..)?;
    }
}

/// Position of `needle` in `hay`, in bytes.
fn find(hay: &[u8], needle: &[u8]) -> Option<usize> {
    hay.windows(needle.len()).position(|window| window == needle)
}

#[cfg(test)]
mod tests {
    use super::{Format, sniff};

    #[test]
    fn content_decides() {
        for (bytes, format) in [
            (&b"junk\n%PDF-1.4"[..], Format::Pdf),
            (b"<?xml version=\"1.0\"?>\n<treaty>", Format::CorpusXml),
            (b"<?xml version=\"1.0\"?>\n<akn:akomaNtoso xmlns:akn=\"x\">", Format::AkomaNtoso),
            (b"<!-- <p> --><!DOCTYPE ACT [<!ENTITY a \"<b>\">]>\n<ACT>", Format::Formex),
            (b"<\0?\0x\0m\0l\0 \0v\0e\0r\0s\0i\0o\0n\0=\0\"\x001\0\"\0?\0>\0<\0A\0G\0R\0>\0", Format::Formex),
            (b"<!DOCTYPE html><html>", Format::Html),
            (b"[HL propose: Article 1]", Format::Text),
            (b"{\\rtf1", Format::Rtf),
            (b"Article 1", Format::Text),
            (b"\xff\xfeA\0r\0t\0", Format::Text),
            (b"<meta charset='utf-8' />\n\n## Convention", Format::Text),
        ] {
            assert_eq!(sniff(bytes).ok(), Some(format), "{}", String::from_utf8_lossy(bytes));
        }
    }

    #[test]
    fn what_is_not_read_is_named() {
        for (bytes, words) in [
            (&b"   \n"[..], "empty"),
            (b"[\n{\"a\": 1}]", "JSON"),
            (b"<?xml version=\"1.0\"?><DOC><REF.PHYS/></DOC>", "Formex"),
            (b"<?xml version=\"1.0\"?><feed><entry/></feed>", "XML document of an unknown kind"),
            (b"\x01\x02\x03\x04abc", "binary"),
        ] {
            let error = sniff(bytes).expect_err("must not be read").to_string();
            assert!(error.contains(words), "{error}");
        }
    }
}
