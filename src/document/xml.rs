//! XML as a stream of elements with local names, for the readers of formats that lawyers and offices exchange: prefixes are
//! passed over, so that every version of a format reads alike.
//!
//! Nothing outside the file is ever fetched and no entity is ever expanded: what a document type declaration
//! defines is passed over, and a reference to it leaves a mark in the text and a message.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::limits::Clock;
use super::{Level, Message, ReadError};

/// How deep elements may nest: lists within articles within chapters within annexes stay below a hundred.
const MAX_DEPTH: usize = 512;
/// Most names of entities that a message lists.
const MAX_NAMED: usize = 5;
/// Advice for a file that holds nothing but XML.
pub(super) const ADVICE: &str = "check that the copy or download was complete";
/// What stands in the text for an entity that the file does not spell out.
const UNKNOWN: &str = "\u{fffd}";

/// What comes next.
pub(super) enum Node<'a> {
    /// An element begins; an empty element gives this and [`Node::End`].
    Start(Start<'a>),
    /// The innermost open element ends.
    End,
    /// Words, with entities resolved one by one.
    Text(Cow<'a, str>),
    /// The document is over.
    Eof,
}

/// The beginning of an element.
pub(super) struct Start<'a>(BytesStart<'a>);

impl Start<'_> {
    /// Its name without a prefix.
    pub fn name(&self) -> &str {
        let name = self.0.name().0;
        name.rsplit_once(':').map_or(name, |(_, local)| local)
    }

    /// The value of an attribute by its name without a prefix, trimmed; none where it is empty.
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.spaced(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    }

    /// The value of an attribute as it stands, spaces included.
    pub fn spaced(&self, name: &str) -> Option<String> {
        let found = self.0.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
    }
}

/// A document that is being read.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    damaged: fn(String) -> ReadError,
    clock: Clock,
    depth: usize,
    /// Names of entities that could not be resolved.
    unknown: Vec<String>,
}

impl<'a> Xml<'a> {
    /// Reads `source` in the time that is left; `damaged` makes the error of a cause.
    pub fn new(source: &'a str, damaged: fn(String) -> ReadError, clock: Clock) -> Self {
        let mut reader = Reader::from_str(source);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, damaged, clock, depth: 0, unknown: Vec::new() }
    }

    /// The next node.
    pub fn next(&mut self) -> Result<Node<'a>, ReadError> {
        loop {
            self.clock.step()?;
            let at = self.reader.buffer_position();
            let event = self.reader.read_event().map_err(|error| (self.damaged)(format!("{error} at byte {at}")))?;
            return Ok(match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        return Err((self.damaged)(format!("elements nest deeper than {MAX_DEPTH}")));
                    }
                    Node::Start(Start(start))
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::End
                }
                Event::Text(text) => Node::Text(text.into_inner()),
                Event::CData(text) => Node::Text(text.into_inner()),
                Event::GeneralRef(reference) => Node::Text(self.resolve(&reference)),
                Event::Eof if self.depth > 0 => return Err((self.damaged)("it ends in the middle".to_owned())),
                Event::Eof => Node::Eof,
                _ => continue,
            });
        }
    }

    /// A character for its number, or for one of the five names that every XML document knows.
    fn resolve(&mut self, reference: &quick_xml::events::BytesRef<'_>) -> Cow<'a, str> {
        if let Ok(Some(character)) = reference.resolve_char_ref() {
            return character.to_string().into();
        }
        let name: &str = reference.as_ref();
        if let Some(known) = quick_xml::escape::resolve_predefined_entity(name) {
            return known.into();
        }
        if self.unknown.len() < MAX_NAMED && !self.unknown.iter().any(|known| known == name) {
            self.unknown.push(name.to_owned());
        }
        UNKNOWN.into()
    }

    /// Gives all nodes that are left to `reader`, but passes over the elements named in `skipped` with all that they hold.
    pub fn walk<R>(
        &mut self,
        skipped: &[&str],
        reader: &mut R,
        open: impl Fn(&mut R, &Start<'_>),
        words: impl Fn(&mut R, &str),
        close: impl Fn(&mut R),
    ) -> Result<(), ReadError> {
        loop {
            match self.next()? {
                Node::Start(start) if skipped.contains(&start.name()) => self.skip()?,
                Node::Start(start) => open(reader, &start),
                Node::Text(text) => words(reader, &text),
                Node::End => close(reader),
                Node::Eof => return Ok(()),
            }
        }
    }

    /// Passes over the element that has just begun, with all that it holds.
    pub fn skip(&mut self) -> Result<(), ReadError> {
        let outer = self.depth.saturating_sub(1);
        while self.depth > outer {
            if matches!(self.next()?, Node::Eof) {
                break;
            }
        }
        Ok(())
    }

    /// What to tell of entities that were met.
    pub fn message(&self) -> Option<Message> {
        let names = self.unknown.join(", ");
        (!names.is_empty()).then(|| {
            Message::new(
                Level::Warning,
                "unresolved-entities",
                format!(
                    "the file abbreviates words by names that stand outside its text ({names}); for safety they were not filled in, and the places are marked with {UNKNOWN}: save the file with the characters themselves"
                ),
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::ReadError;
    use super::super::limits::Limits;
    use super::{ADVICE, MAX_DEPTH, Node, Xml};

    fn open(source: &str) -> Xml<'_> {
        Xml::new(source, |cause| ReadError::Damaged { format: "XML", cause, advice: ADVICE }, Limits::default().clock())
    }

    fn words(source: &str) -> (String, Option<String>) {
        let mut xml = open(source);
        let mut words = String::new();
        loop {
            match xml.next().expect("well formed") {
                Node::Text(text) => words.push_str(&text),
                Node::Eof => break,
                _ => {}
            }
        }
        (words, xml.message().map(|message| message.text))
    }

    #[test]
    fn entities_are_never_expanded() {
        let bomb = "<!DOCTYPE a [<!ENTITY x \"boom\"><!ENTITY y \"&x;&x;\"><!ENTITY z SYSTEM \"file:///etc/passwd\">]><a>1 &amp; &#x32; &y; &z;</a>";
        let (words, message) = words(bomb);
        assert_eq!(words, "1 & 2 \u{fffd} \u{fffd}");
        assert!(message.is_some_and(|text| text.contains("(y, z)")));
    }

    #[test]
    fn nesting_has_a_limit() {
        let deep = "<a>".repeat(MAX_DEPTH + 1);
        let mut xml = open(&deep);
        let error = loop {
            match xml.next() {
                Ok(Node::Eof) => panic!("no limit"),
                Ok(_) => {}
                Err(error) => break error.to_string(),
            }
        };
        assert!(error.contains("nest deeper"), "{error}");
    }
}
