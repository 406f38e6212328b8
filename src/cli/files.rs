//! Which files a command reads: names, folders (all documents in them), `-` for standard input.

use std::io::Read;
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;

use crate::document::{self, Document, ReadError};

/// One input, in the order in which it was named.
#[derive(Clone, Debug)]
pub(super) enum Input {
    /// Standard input.
    Standard,
    /// A file.
    File(PathBuf),
}

impl Input {
    /// How the input is called in the output: the path with `/`, or `-`.
    pub fn name(&self) -> String {
        match self {
            Self::Standard => "-".to_owned(),
            Self::File(path) => path.to_string_lossy().replace('\\', "/"),
        }
    }

    /// Reads and decodes the input.
    pub fn document(&self) -> Result<Document, InputError> {
        let bytes = match self {
            Self::Standard => {
                let mut bytes = Vec::new();
                std::io::stdin().lock().take(document::MAX_BYTES as u64 + 1).read_to_end(&mut bytes).map(|_| bytes)
            }
            Self::File(path) => {
                let mut bytes = Vec::new();
                let file = std::fs::File::open(path);
                file.and_then(|file| file.take(document::MAX_BYTES as u64 + 1).read_to_end(&mut bytes)).map(|_| bytes)
            }
        };
        let bytes = bytes.map_err(InputError::System)?;
        document::read(&bytes).map_err(InputError::Content)
    }
}

/// Why an input gave no document.
#[derive(Debug, thiserror::Error)]
pub(super) enum InputError {
    /// The system could not open it.
    #[error("cannot be opened: {0}")]
    System(std::io::Error),
    /// Its content is not readable.
    #[error("{0}")]
    Content(#[from] ReadError),
}

/// Files in folders that are no agreements by their kind: data, programs, notes of the folder itself.
const NO_DOCUMENTS: &[&str] = &[
    "json", "jsonl", "ndjson", "csv", "tsv", "toml", "yaml", "yml", "ini", "cfg", "lock", "rs", "py", "js", "ts", "sh", "css", "r", "sql",
    "db", "log", "bib", "ignore", "svg", "snap", "exe", "dll", "so", "o", "a", "source",
];

/// Expands the arguments; folders are walked in the order of names. Gives the inputs, what does not exist, and how many
/// files in folders were passed over as no documents.
pub(super) fn expand(arguments: &[PathBuf]) -> (Vec<Input>, Vec<(String, String)>, usize) {
    let (mut inputs, mut missing, mut passed) = (Vec::new(), Vec::new(), 0);
    for argument in arguments {
        if argument == Path::new("-") {
            inputs.push(Input::Standard);
        } else if argument.is_dir() {
            // `.ignore` files are honoured, so that a folder can keep notes and sources beside its agreements.
            let walk = WalkBuilder::new(argument)
                .standard_filters(false)
                .hidden(true)
                .ignore(true)
                .follow_links(false)
                .sort_by_file_name(std::cmp::Ord::cmp)
                .build();
            for entry in walk {
                match entry {
                    Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                        if is_document(entry.path()) {
                            inputs.push(Input::File(entry.into_path()));
                        } else {
                            passed += 1;
                        }
                    }
                    Ok(_) => {}
                    Err(error) => missing.push((argument.to_string_lossy().into_owned(), error.to_string())),
                }
            }
        } else if argument.exists() {
            inputs.push(Input::File(argument.clone()));
        } else {
            missing.push((argument.to_string_lossy().into_owned(), "there is no such file or folder: check the name".to_owned()));
        }
    }
    (inputs, missing, passed)
}

/// Whether a file found in a folder may be an agreement.
fn is_document(path: &Path) -> bool {
    let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    !extension.is_some_and(|extension| NO_DOCUMENTS.contains(&extension.as_str()))
        && !stem.starts_with("readme")
        && !stem.starts_with("licen")
}
