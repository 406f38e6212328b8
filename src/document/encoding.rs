//! Bytes to text: byte order marks first, then UTF-8, then a guess among the single-byte encodings.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// The text of `bytes` with `\n` line breaks, no byte order mark and no NUL, and whether every byte could be decoded.
pub(super) fn decode(bytes: &[u8]) -> (String, bool) {
    let (encoding, skip) = Encoding::for_bom(bytes).unwrap_or((guess(bytes), 0));
    let (text, malformed) = encoding.decode_without_bom_handling(bytes.get(skip..).unwrap_or_default());
    (tidy(text), !malformed)
}

/// How far into an XML file its declaration may reach, in bytes.
const DECLARATION: usize = 256;

/// The text of an XML file: as [`decode`], but the encoding that the file declares goes before a guess.
pub(super) fn decode_xml(bytes: &[u8]) -> (String, bool) {
    let Some(encoding) = declared(bytes).filter(|_| Encoding::for_bom(bytes).is_none()) else { return decode(bytes) };
    let (text, malformed) = encoding.decode_without_bom_handling(bytes);
    if malformed { decode(bytes) } else { (tidy(text), true) }
}

/// The encoding in the declaration of an XML file (XML 1.0, appendix F).
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.starts_with(b"<\0?\0") {
        return Some(UTF_16LE);
    }
    if bytes.starts_with(b"\0<\0?") {
        return Some(UTF_16BE);
    }
    let head = bytes.get(..bytes.len().min(DECLARATION))?;
    let declaration = head.split(|&byte| byte == b'>').next().filter(|first| first.starts_with(b"<?xml"))?;
    let words = String::from_utf8_lossy(declaration);
    let value = words.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let label = value.strip_prefix(['"', '\''])?.split(['"', '\'']).next()?;
    Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != UTF_16LE && *encoding != UTF_16BE)
}

/// UTF-8 where it is valid; otherwise the best guess of the detector, which knows UTF-16 only by its mark.
fn guess(bytes: &[u8]) -> &'static Encoding {
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

/// Line breaks of every system become `\n`, spaces that do not break become spaces; NUL goes.
fn tidy(text: Cow<'_, str>) -> String {
    if !text.contains(['\r', '\0', '\u{2028}', '\u{2029}', '\u{feff}', '\u{a0}', '\u{202f}', '\u{2007}']) {
        return text.into_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '\r' => {
                out.push('\n');
                if characters.peek() == Some(&'\n') {
                    characters.next();
                }
            }
            '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\u{a0}' | '\u{202f}' | '\u{2007}' => out.push(' '),
            '\0' | '\u{feff}' => {}
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{decode, decode_xml};

    #[test]
    fn line_breaks_become_one_kind() {
        assert_eq!(decode(b"a\r\nb\rc\nd").0, "a\nb\nc\nd");
    }

    #[test]
    fn windows_1252_is_recognised() {
        let bytes = b"Les Parties r\xe9affirment leur volont\xe9 de coop\xe9rer \x96 sans d\xe9lai.";
        let (text, whole) = decode(bytes);
        assert!(whole);
        assert_eq!(text, "Les Parties réaffirment leur volonté de coopérer – sans délai.");
    }

    #[test]
    fn the_encoding_that_xml_declares_is_believed() {
        let bytes = b"<?xml version=\"1.0\" encoding='ISO-8859-2'?><a>\xb3\xf3d\xbc</a>";
        assert!(decode_xml(bytes).0.contains("łódź"));
        let wide: Vec<u8> = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>é</a>".encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert!(decode_xml(&wide).0.ends_with("<a>é</a>"));
    }

    #[test]
    fn utf_16_with_its_mark_is_read() {
        let bytes: Vec<u8> = [0xff, 0xfe].into_iter().chain("Ärticle".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(decode(&bytes).0, "Ärticle");
    }
}
