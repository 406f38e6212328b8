//! Plain text: decoding, form feeds as pages. Text with the marks of Markdown is read by its own reader.

use super::{Document, Page, ReadError, encoding, markdown};

/// Reads plain text in any usual encoding. A form feed begins a page.
pub(super) fn read(bytes: &[u8]) -> Result<Document, ReadError> {
    let (decoded, messages) = encoding::decode_with_messages(bytes);
    if markdown::is_markdown(&decoded) {
        let mut document = markdown::read(&decoded)?;
        document.messages.splice(0..0, messages);
        return Ok(document);
    }
    let mut document = Document { messages, ..Document::default() };
    if decoded.contains('\u{c}') {
        let mut start = 0;
        for (number, page) in (1..).zip(decoded.split('\u{c}')) {
            document.pages.push(Page { number, start });
            start += page.len() + 1;
        }
    }
    // A form feed stays one byte, so that the page starts hold.
    document.text = decoded.replace('\u{c}', "\n");
    Ok(document)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn form_feeds_are_pages() {
        let document = read(b"one\x0ctwo\x0cthree").expect("text");
        assert_eq!(document.text, "one\ntwo\nthree");
        assert_eq!([0, 3, 4, 8].map(|at| document.page_at(at)), [Some(1), Some(1), Some(2), Some(3)]);
    }

    #[test]
    fn text_without_form_feeds_has_no_pages() {
        assert_eq!(read(b"one\ntwo").expect("text").page_at(0), None);
    }
}
