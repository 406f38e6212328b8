//! The ZIP package of an office document, whose parts are inflated under limits.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::ReadError;
use super::limits::Limits;

/// An open package.
pub(super) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    damaged: fn(String) -> ReadError,
    limits: Limits,
    /// Bytes that may still be inflated.
    left: usize,
}

impl<'a> Package<'a> {
    /// Opens the package; `damaged` makes the error of a cause.
    pub fn open(bytes: &'a [u8], damaged: fn(String) -> ReadError, limits: Limits) -> Result<Self, ReadError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(error.to_string()))?;
        if archive.len() > limits.parts {
            return Err(damaged(format!("it has {} parts, more than {}", archive.len(), limits.parts)));
        }
        Ok(Self { archive, damaged, limits, left: limits.total_bytes })
    }

    /// The bytes of a part; none where the package has no such part.
    pub fn part(&mut self, path: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(index) = self.archive.index_for_name(path) else { return Ok(None) };
        let damaged = self.damaged;
        let file = self.archive.by_index(index).map_err(|error| damaged(format!("{path}: {error}")))?;
        // The sizes in the headers are claims; what comes out of the decoder is counted.
        let packed = usize::try_from(file.compressed_size()).unwrap_or(usize::MAX);
        let limit = self.limits.inflated(packed, self.left);
        let mut bytes = Vec::new();
        file.take((limit as u64).saturating_add(1)).read_to_end(&mut bytes).map_err(|error| damaged(format!("{path}: {error}")))?;
        if bytes.len() > limit {
            return Err(damaged(format!("{path} inflates to more than {limit} bytes, which no agreement needs")));
        }
        self.left -= bytes.len();
        Ok(Some(bytes))
    }
}
