//! pdf.
use super::{Document, ReadError};
/// Reads it.
pub(super) fn read(_bytes: &[u8]) -> Result<Document, ReadError> {
    Err(ReadError::NoText { format: "pdf", advice: "" })
}
