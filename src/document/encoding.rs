//! Bytes to text: byte order marks first, then UTF-8, then wide encodings without a mark, then a guess among
//! the single-byte encodings.
//!
//! The detector knows the encodings of the web. Those of old computers and files of two encodings are told
//! here by their letters: a reading counts only where its letters stand in words and those of the other do not.

mod old;
mod repair;

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::{Level, Message};

/// How much of a file is looked at for an encoding of wide units, in bytes.
const LOOK: usize = 4096;

/// The text of `bytes` with `\n` line breaks, no byte order mark and no NUL, and whether every byte could be decoded.
pub(super) fn decode(bytes: &[u8]) -> (String, bool) {
    let (text, finding) = read(bytes);
    (tidy(text), finding.is_none_or(|finding| finding != Finding::Undecodable))
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

/// The text of `bytes` as [`decode`] gives it, with words that were encoded twice repaired, and what the reader must know of it.
pub(super) fn decode_with_messages(bytes: &[u8]) -> (String, Vec<Message>) {
    let (text, finding) = read(bytes);
    let mut messages = Vec::new();
    match finding {
        None => {}
        Some(Finding::Undecodable) => messages.push(Message::new(
            Level::Warning,
            "undecodable-bytes",
            "some bytes are not text in the encoding that was recognised: the places are marked with \u{fffd}; save the file as UTF-8 if words are damaged",
        )),
        Some(Finding::Mixed) => messages.push(Message::new(
            Level::Info,
            "mixed-encodings",
            "the file is UTF-8 with some characters in Windows-1252: both were read; check accented letters in quotes",
        )),
        Some(Finding::CutOff) => messages.push(Message::new(
            Level::Warning,
            "cut-off",
            "the file seems to be cut off: it ends within a character; what is there was read; compare its last lines with the source",
        )),
    }
    match repair::encoded_twice(&text) {
        Some(repaired) => {
            messages.push(Message::new(
                Level::Info,
                "encoded-twice",
                "accented letters and quotation marks had been encoded twice (\u{e2}\u{20ac}\u{2122} for \u{2019}): they were put right, so quotes differ from the file there",
            ));
            (tidy(Cow::Owned(repaired)), messages)
        }
        None => (tidy(text), messages),
    }
}

/// What is to be said of a decoded file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Finding {
    Undecodable,
    Mixed,
    CutOff,
}

/// The text before it is tidied, and what is to be said of it.
fn read(bytes: &[u8]) -> (Cow<'_, str>, Option<Finding>) {
    if let Some(text) = utf_32(bytes) {
        return (Cow::Owned(text), None);
    }
    let marked = Encoding::for_bom(bytes);
    let rest = bytes.get(marked.map_or(0, |(_, skip)| skip)..).unwrap_or_default();
    if marked.is_none_or(|(encoding, _)| encoding == UTF_8)
        && let Some(read) = mostly_utf_8(rest)
    {
        return read;
    }
    let sure = marked.map(|(encoding, _)| encoding).or_else(|| wide(bytes));
    let encoding = sure.unwrap_or_else(|| guess(bytes));
    let (text, malformed) = encoding.decode_without_bom_handling(rest);
    if sure.is_none()
        && let Some(better) = old::better(bytes, &text, encoding)
    {
        return (Cow::Owned(better), None);
    }
    (text, malformed.then_some(Finding::Undecodable))
}

/// Whether the beginning of a file is of UTF-16 or UTF-32, with a mark or without.
pub(super) fn is_wide(head: &[u8]) -> bool {
    wide(head).is_some() || utf_32(head).is_some()
}

/// UTF-16 without its mark: every other byte of Latin words is zero.
fn wide(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..LOOK).unwrap_or(bytes);
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    // Words of other scripts have zeros only in their spaces and stops.
    let enough = (head.len() / 2).div_ceil(20).max(2);
    if odd >= enough && even * 20 <= odd {
        Some(UTF_16LE)
    } else if even >= enough && odd * 20 <= even {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// UTF-32 by its mark, or by the three zeros that most of its characters have.
fn utf_32(bytes: &[u8]) -> Option<String> {
    let big = match bytes.get(..4)? {
        [0xff, 0xfe, 0, 0] | [1..=0x7f, 0, 0, 0] => false,
        [0, 0, 0xfe, 0xff] | [0, 0, 0, 1..=0x7f] => true,
        _ => return None,
    };
    let units = bytes.chunks_exact(4).map(|unit| {
        let unit = [unit[0], unit[1], unit[2], unit[3]];
        if big { u32::from_be_bytes(unit) } else { u32::from_le_bytes(unit) }
    });
    // One wrong unit is enough to say that the file is of another kind.
    units.map(char::from_u32).collect()
}

/// UTF-8 text; UTF-8 that is cut off in a character; or UTF-8 with a few bytes of Windows-1252 between.
///
/// None where most of the other bytes are not UTF-8.
fn mostly_utf_8(bytes: &[u8]) -> Option<(Cow<'_, str>, Option<Finding>)> {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) if wide(bytes).is_some() && text.contains('\0') => return None,
        Ok(text) => return Some((Cow::Borrowed(text), None)),
        Err(error) => error,
    };
    let whole = std::str::from_utf8(bytes.get(..error.valid_up_to())?).ok()?;
    if error.error_len().is_none() && !whole.is_ascii() {
        return Some((Cow::Borrowed(whole), Some(Finding::CutOff)));
    }
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|character| !character.is_ascii()).count();
        bad += chunk.invalid().len();
    }
    if good < 2 * bad {
        return None;
    }
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    Some((Cow::Owned(text), Some(Finding::Mixed)))
}

/// The best guess of the detector, which knows neither UTF-16 nor UTF-32.
fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Allow)
}

/// Line breaks of every system become `\n`, spaces that do not break become spaces; signs without a width and controls go.
///
/// A form feed stays. Controls of ISO 8859 that hold the quotation marks of Windows-1252 become what they were meant to be.
fn tidy(text: Cow<'_, str>) -> String {
    let clean = |character: char| matches!(character, '\n' | '\t' | '\u{c}' | ' '..='~' | '\u{a1}'..='\u{ac}' | '\u{ae}'..='\u{2006}' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205f}' | '\u{2070}'..='\u{fefe}' | '\u{ff00}'..);
    if text.chars().all(clean) {
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
            '\u{b}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push('\n'),
            '\u{a0}' | '\u{202f}' | '\u{2007}' => out.push(' '),
            '\u{80}'..='\u{9f}' => out.extend(repair::of_windows(character)),
            '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' => {}
            '\n' | '\t' | '\u{c}' => out.push(character),
            _ if character.is_control() => {}
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests;
