//! Access to the objects of a file through lopdf: references followed, streams inflated within bounds.

use std::sync::atomic::{AtomicUsize, Ordering};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream};

use crate::document::limits::{Clock, Limits};

/// Steps up the page tree to find an inherited attribute.
const MAX_PARENTS: usize = 64;

/// A loaded file with what remains of its allowance.
pub(super) struct Objects<'a> {
    document: &'a Document,
    pub(super) limits: Limits,
    pub(super) clock: Clock,
    inflated: AtomicUsize,
}

impl<'a> Objects<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        let limits = Limits::default();
        Self { document, limits, clock: limits.clock(), inflated: AtomicUsize::new(0) }
    }

    /// The same file with other limits and a clock that runs already.
    pub(super) fn within(self, limits: Limits, clock: Clock) -> Self {
        Self { limits, clock, ..self }
    }

    /// The object itself where `object` is a reference.
    pub(super) fn resolve(&self, object: &'a Object) -> Option<&'a Object> {
        self.document.dereference(object).ok().map(|(_, found)| found)
    }

    /// An entry of a dictionary, references followed; `null` counts as absent.
    pub(super) fn get(&self, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
        self.resolve(dictionary.get(key).ok()?).filter(|found| !found.is_null())
    }

    /// A dictionary in a dictionary; that of a stream counts.
    pub(super) fn dictionary(&self, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Dictionary> {
        as_dictionary(self.get(dictionary, key)?)
    }

    /// A stream in a dictionary.
    pub(super) fn stream(&self, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Stream> {
        self.get(dictionary, key)?.as_stream().ok()
    }

    /// A name in a dictionary.
    pub(super) fn name(&self, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a [u8]> {
        self.get(dictionary, key)?.as_name().ok()
    }

    /// A number in a dictionary.
    pub(super) fn number(&self, dictionary: &'a Dictionary, key: &[u8]) -> Option<f64> {
        number(self.get(dictionary, key)?)
    }

    /// The numbers of an array in a dictionary; what is not a number counts as 0.
    pub(super) fn numbers(&self, dictionary: &'a Dictionary, key: &[u8]) -> Option<Vec<f64>> {
        let array = self.get(dictionary, key)?.as_array().ok()?;
        Some(array.iter().map(|item| self.resolve(item).and_then(number).unwrap_or_default()).collect())
    }

    /// The reference that an entry holds, to recognise an object that was read before.
    pub(super) fn reference(dictionary: &Dictionary, key: &[u8]) -> Option<ObjectId> {
        dictionary.get(key).ok()?.as_reference().ok()
    }

    /// The decoded bytes of a stream; `None` where it cannot be decoded or the allowance is spent.
    pub(super) fn bytes(&self, stream: &Stream) -> Option<Vec<u8>> {
        let left = self.limits.total_bytes.checked_sub(self.inflated.load(Ordering::Relaxed)).filter(|left| *left > 0)?;
        let most = self.limits.inflated(stream.content.len(), left);
        let bytes = match stream.get_plain_content_with_limit(most) {
            Ok(bytes) => bytes,
            Err(lopdf::Error::Decompress(lopdf::DecompressError::MemoryLimitExceeded { .. })) => {
                // The work was done all the same, and a file must not ask for it again and again.
                self.inflated.fetch_add(most, Ordering::Relaxed);
                return None;
            }
            Err(_) => return None,
        };
        self.inflated.fetch_add(bytes.len(), Ordering::Relaxed);
        Some(bytes)
    }

    /// The dictionary with which the file begins.
    pub(super) fn catalog(&self) -> Option<&'a Dictionary> {
        self.document.catalog().ok()
    }

    /// The dictionary of an object.
    pub(super) fn page(&self, id: ObjectId) -> Option<&'a Dictionary> {
        self.document.get_dictionary(id).ok()
    }

    /// An attribute of a page that it may have from its parents in the page tree.
    pub(super) fn inherited(&self, page: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
        let mut node = page;
        for _ in 0..MAX_PARENTS {
            if let Some(found) = self.get(node, key) {
                return Some(found);
            }
            node = self.dictionary(node, b"Parent")?;
        }
        None
    }
}

/// Gives the streams that do not say how long they are their bytes: up to the next `endstream`.
///
/// lopdf leaves such streams empty and tells only where their data begin.
pub(super) fn fill_streams_without_length(document: &mut Document, bytes: &[u8]) {
    const END: &[u8] = b"endstream";
    let mut empty: Vec<(usize, &mut Stream)> = document
        .objects
        .values_mut()
        .filter_map(|object| object.as_stream_mut().ok())
        .filter(|stream| stream.content.is_empty())
        .filter_map(|stream| stream.start_position.map(|start| (start, stream)))
        .collect();
    // From the last to the first, so that each byte is searched once.
    empty.sort_by_key(|(start, _)| std::cmp::Reverse(*start));
    let (mut searched, mut next_end) = (bytes.len(), None);
    for (start, stream) in empty {
        let area = bytes.get(start..(searched + END.len()).min(bytes.len())).unwrap_or_default();
        next_end = area.windows(END.len()).position(|part| part == END).map(|found| start + found).or(next_end);
        searched = searched.min(start);
        let data = next_end.and_then(|end| bytes.get(start..end)).unwrap_or_default();
        stream.set_content(data.to_vec());
    }
}

/// The dictionary of a dictionary or stream object.
pub(super) fn as_dictionary(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dictionary) => Some(dictionary),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

/// A finite number of either kind.
pub(super) fn number(object: &Object) -> Option<f64> {
    object.as_float().ok().map(f64::from).filter(|value| value.is_finite())
}
