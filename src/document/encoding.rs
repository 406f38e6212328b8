//! Bytes to text: byte order marks first, then UTF-8, then a guess among the single-byte encodings.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8};

/// The text of `bytes` with `\n` line breaks, no byte order mark and no NUL, and whether every byte could be decoded.
pub(super) fn decode(bytes: &[u8]) -> (String, bool) {
    let (encoding, skip) = Encoding::for_bom(bytes).unwrap_or((guess(bytes), 0));
    let (text, malformed) = encoding.decode_without_bom_handling(bytes.get(skip..).unwrap_or_default());
    (tidy(text), !malformed)
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
    use super::decode;

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
    fn utf_16_with_its_mark_is_read() {
        let bytes: Vec<u8> = [0xff, 0xfe].into_iter().chain("Ärticle".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        assert_eq!(decode(&bytes).0, "Ärticle");
    }
}
