//! XML parts as a stream of elements with local names: strict and transitional files look the same.

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::super::ReadError;
use super::super::limits::{Clock, Limits};
use super::damaged;

/// How deep elements may nest: tables within tables within text boxes stay below a hundred.
const MAX_DEPTH: usize = 512;

/// What comes next in a part.
pub(super) enum Node<'a> {
    /// An element begins; an empty element gives this and [`Node::End`].
    Start(Start<'a>),
    /// The innermost open element ends.
    End,
    /// Words, with entities resolved one by one.
    Text(std::borrow::Cow<'a, str>),
    /// The part is over.
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

    /// The value of an attribute by its name without a prefix.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let found = self.0.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
        found.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
    }

    /// The attribute `val`, which most properties use.
    pub fn val(&self) -> Option<String> {
        self.attribute("val")
    }

    /// The attribute `val` as a number.
    pub fn number(&self) -> Option<u32> {
        self.val().and_then(|value| value.trim().parse().ok())
    }

    /// A property that is on unless its `val` says otherwise.
    pub fn is_on(&self) -> bool {
        !matches!(self.val().as_deref(), Some("0" | "false" | "off"))
    }
}

/// A part that is being read.
pub(super) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    depth: usize,
    clock: Clock,
}

impl<'a> Xml<'a> {
    /// Reads a part in the usual time.
    pub fn new(part: &'a str) -> Self {
        Self::timed(part, Limits::default().clock())
    }

    /// Reads a part in the time that is left.
    pub fn timed(part: &'a str, clock: Clock) -> Self {
        let mut reader = Reader::from_str(part);
        reader.config_mut().expand_empty_elements = true;
        Self { reader, depth: 0, clock }
    }

    /// The next node.
    pub fn next(&mut self) -> Result<Node<'a>, ReadError> {
        loop {
            self.clock.step()?;
            let at = self.reader.buffer_position();
            let event = self.reader.read_event().map_err(|error| damaged(format!("{error} at byte {at} of a part")))?;
            return Ok(match event {
                Event::Start(start) => {
                    self.depth += 1;
                    if self.depth > MAX_DEPTH {
                        return Err(damaged(format!("elements nest deeper than {MAX_DEPTH}")));
                    }
                    Node::Start(Start(start))
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    Node::End
                }
                Event::Text(text) => Node::Text(text.into_inner()),
                Event::CData(text) => Node::Text(text.into_inner()),
                Event::GeneralRef(reference) => {
                    let word = match reference.resolve_char_ref() {
                        Ok(Some(character)) => character.to_string(),
                        _ => quick_xml::escape::resolve_predefined_entity(reference.as_ref()).unwrap_or("\u{fffd}").to_owned(),
                    };
                    Node::Text(word.into())
                }
                Event::Eof if self.depth > 0 => return Err(damaged("a part ends in the middle".to_owned())),
                Event::Eof => Node::Eof,
                _ => continue,
            });
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
}
