//! XML that is being written: elements that are open, words with everything escaped.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// What stands for a character that XML 1.0 cannot hold (section 2.2 of the recommendation: `Char`).
const REPLACEMENT: char = '\u{fffd}';

/// An XML document while it is written.
pub(super) struct Sink {
    writer: Writer<Vec<u8>>,
    open: Vec<&'static str>,
    /// Whether the last thing written is the end of an element that stands on lines of its own.
    ended_block: bool,
}

impl Sink {
    pub fn new() -> Self {
        let mut sink = Self { writer: Writer::new(Vec::new()), open: Vec::new(), ended_block: false };
        sink.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        sink
    }

    /// Writing to memory cannot fail.
    fn event(&mut self, event: Event<'_>) {
        let _ = self.writer.write_event(event);
    }

    /// Begins a line for an element.
    fn line(&mut self) {
        let indented = format!("\n{}", "  ".repeat(self.open.len()));
        self.event(Event::Text(BytesText::from_escaped(indented)));
    }

    /// Begins an element that stands on a line of its own. Attributes without a value are left out.
    pub fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.line();
        self.open_inline(name, attributes);
    }

    /// Begins an element within a line.
    pub fn open_inline(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.event(Event::Start(start(name, attributes)));
        self.open.push(name);
        self.ended_block = false;
    }

    /// Ends the innermost element, which stands on a line of its own.
    pub fn close(&mut self) {
        let Some(name) = self.open.pop() else { return };
        if self.ended_block {
            self.line();
        }
        self.event(Event::End(BytesEnd::new(name)));
        self.ended_block = true;
    }

    /// Ends the innermost element, which stands within a line.
    pub fn close_inline(&mut self) {
        self.close();
        self.ended_block = false;
    }

    /// An element without content.
    pub fn empty(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.line();
        self.event(Event::Empty(start(name, attributes)));
        self.ended_block = true;
    }

    /// Words within the innermost element.
    pub fn words(&mut self, words: &str) {
        if !words.is_empty() {
            self.event(Event::Text(BytesText::new(&allowed(words))));
            self.ended_block = false;
        }
    }

    /// The document.
    pub fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.event(Event::Text(BytesText::from_escaped("\n")));
        String::from_utf8_lossy(&self.writer.into_inner()).into_owned()
    }
}

fn start<'a>(name: &'static str, attributes: &[(&str, &str)]) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes.iter().filter(|(_, value)| !value.is_empty()) {
        start.push_attribute((*name, allowed(value).as_ref()));
    }
    start
}

/// The text with [`REPLACEMENT`] for each character that XML cannot hold.
fn allowed(text: &str) -> Cow<'_, str> {
    let forbidden = |c: char| c < ' ' && !matches!(c, '\t' | '\n' | '\r') || matches!(c, '\u{fffe}' | '\u{ffff}');
    if text.contains(forbidden) { Cow::Owned(text.replace(forbidden, &REPLACEMENT.to_string())) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::Sink;

    #[test]
    fn everything_is_escaped() {
        let mut sink = Sink::new();
        sink.open("p", &[("title", "\"a\" < 'b'\u{1}"), ("class", "")]);
        sink.words("x < y & z\u{b}]]>");
        let written = sink.finish();
        assert!(written.contains("title=\"&quot;a&quot; &lt; &apos;b&apos;\u{fffd}\">x &lt; y &amp; z\u{fffd}]]&gt;</p>"), "{written}");
    }
}
