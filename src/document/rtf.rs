//! RTF: the text, the rows of tables and the footnotes, read with the crate `rtf-parser-tt`.
//!
//! The crate decodes code pages, passes over pictures and instructions, and says which words are a note. It does not
//! tell tracked changes, comments and text boxes, so that a message names them where the file has some.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rtf_parser_tt::{Part, RtfDocument};

use super::flow::Flow;
use super::limits::{Clock, Limits};
use super::{AsideKind, Document, Level, Message, ReadError};

/// The largest RTF file that is read, in bytes: its tokens need about ten times as much memory.
const MAX_BYTES: usize = 96 << 20;

/// What is lost, with the control words that show it (RTF 1.9.1).
const LOST: [(&[u8], &str, &str); 3] = [
    (
        b"\\deleted",
        "tracked-changes-not-told",
        "the RTF file has tracked changes: words added and words struck out stand side by side; save it as .docx to tell them apart",
    ),
    (b"\\annotation", "comments-not-read", "the comments in the margin of the RTF file were not read: save it as .docx to have them"),
    (b"\\shptxt", "text-boxes-not-read", "words in text boxes of the RTF file were not read: save it as .docx to have them"),
];

/// Reads an RTF document.
pub(super) fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    read_within(bytes, Limits::default())
}

/// Reads an RTF document within limits; the crate cannot be stopped, so that the time is looked at only after it.
pub(super) fn read_within(bytes: &[u8], limits: Limits) -> Result<Document, ReadError> {
    let clock = limits.clock();
    if bytes.len() > MAX_BYTES {
        return Err(damaged(format!("{} bytes are more than {MAX_BYTES}, the limit for this format", bytes.len())));
    }
    let parsed = catch_unwind(AssertUnwindSafe(|| RtfDocument::from_bytes(bytes)));
    let parsed = parsed.map_err(|_| damaged("the decoder gave up".to_owned()))?.map_err(|error| damaged(error.to_string()))?;
    let mut document = lines(&parsed, clock)?.finish();
    if document.text.trim().is_empty() {
        return Err(ReadError::NoText {
            format: "RTF",
            advice: "if its pages are pictures, save it as PDF, run an OCR such as OCRmyPDF and read that",
        });
    }
    document.metadata.title = parsed.info.title.map(|title| title.trim().to_owned()).filter(|title| !title.is_empty());
    for (word, code, text) in LOST {
        if bytes.windows(word.len()).any(|window| window == word) {
            document.messages.push(Message::new(Level::Warning, code, text));
        }
    }
    Ok(document)
}

fn damaged(cause: String) -> ReadError {
    ReadError::Damaged { format: "RTF", cause, advice: "open it in Word or LibreOffice and save it as .docx or PDF" }
}

/// The lines of the body; each note follows the line that carries its mark.
fn lines(parsed: &RtfDocument, mut clock: Clock) -> Result<Flow, ReadError> {
    if clock.is_over() {
        return Err(clock.error());
    }
    let mut notes: BTreeMap<u32, String> = BTreeMap::new();
    for block in parsed.body.iter().filter(|block| !block.painter.hidden) {
        if let Part::Note(number) = block.part {
            notes.entry(number).or_default().push_str(&block.text);
        }
    }
    let mut flow = Flow::default();
    let mut line = String::new();
    let mut waiting: Vec<u32> = Vec::new();
    for block in parsed.body.iter().filter(|block| !block.painter.hidden) {
        clock.step()?;
        match block.part {
            Part::Body => {
                let mut pieces = block.text.split('\n');
                line.push_str(pieces.next().unwrap_or_default());
                for piece in pieces {
                    end_line(&mut flow, &mut line, &mut waiting, &mut notes);
                    line.push_str(piece);
                }
            }
            // The mark itself is no word of the text.
            Part::NoteReference(number) => waiting.push(number),
            _ => {}
        }
    }
    end_line(&mut flow, &mut line, &mut waiting, &mut notes);
    Ok(flow)
}

fn end_line(flow: &mut Flow, line: &mut String, waiting: &mut Vec<u32>, notes: &mut BTreeMap<u32, String>) {
    push_clean(&mut flow.text, line);
    line.clear();
    for number in waiting.drain(..) {
        let mark = number.to_string();
        let Some(words) = notes.remove(&number) else { continue };
        let words = words.trim_start();
        let mut body = Flow::default();
        for line in words.strip_prefix(&mark).unwrap_or(words).split('\n') {
            push_clean(&mut body.text, line);
        }
        flow.aside(body, AsideKind::Footnote, Some(mark));
    }
}

/// Adds a line with its break, unless it is empty: single spaces, tabs between cells kept.
fn push_clean(text: &mut String, line: &str) {
    let start = text.len();
    for character in line.trim().chars() {
        match character {
            '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}' => {}
            '\u{2011}' => text.push('-'),
            '\t' => text.push('\t'),
            _ if character.is_whitespace() || character.is_control() => {
                if !text.ends_with([' ', '\t', '\n']) {
                    text.push(' ');
                }
            }
            _ => text.push(character),
        }
    }
    if text.len() > start {
        text.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn words_rows_and_notes() {
        let rtf = b"{\\rtf1\\ansi\\ansicpg1250{\\fonttbl{\\f0 A;}{\\f1\\fcharset204 B;}}{\\info{\\title Treaty of Za\\'bf}}\\uc1\
            Za\\'bf\\'f3\\'b3\\'e6 \\u8211\\'96 {\\f1 \\'cf\\'f0\\'e8} a\\_b\\par \
            Culture{\\super\\chftn}{\\footnote {\\super\\chftn} Films too.\\par Second line.} matters.\\par\
            \\trowd\\cellx1\\cellx2 A\\cell B\\cell\\row\\pard{\\pntext (a)\\tab}Item{\\v  secret}\\par\
            {\\header Page 1\\par}{\\pict 00ff}End\\par}";
        let document = read(rtf).expect("well formed");
        assert_eq!(document.text, "Zażółć – При a-b\nCulture matters.\nFilms too.\nSecond line.\nA\tB\n(a)\tItem\nEnd\n");
        assert_eq!(document.asides[0].span.of(&document.text), "Films too.\nSecond line.\n");
        assert_eq!(document.asides[0].mark.as_deref(), Some("1"));
        assert_eq!(document.metadata.title.as_deref(), Some("Treaty of Zaż"));
    }

    #[test]
    fn what_is_lost_is_told() {
        let document = read(b"{\\rtf1\\ansi The Parties {\\deleted shall }{\\revised may }agree.\\par}").expect("well formed");
        assert_eq!(document.messages[0].code, "tracked-changes-not-told");
        let error = read(b"{\\rtf1\\ansi The Parties {\\b shall").expect_err("cut").to_string();
        assert!(error.contains("damaged") && error.contains(".docx"), "{error}");
    }
}
