//! What the measurements share: where the corpus is.

use std::path::PathBuf;

/// The corpus folder, or a line that says why nothing is measured.
pub fn folder() -> Option<PathBuf> {
    let folder = std::env::var_os("CLAUSULA_CORPUS").map_or_else(|| PathBuf::from("../shared/corpus"), PathBuf::from);
    if folder.join("tota").is_dir() {
        return Some(folder);
    }
    eprintln!("skipped: no corpus at {} (set CLAUSULA_CORPUS)", folder.display());
    None
}
