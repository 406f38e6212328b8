//! What the measurements share: where the corpus is, and how words are compared.

use std::collections::HashMap;
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

/// The words of a text with their counts, in lower case.
pub fn words(text: &str) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *counts.entry(word.to_lowercase()).or_insert(0) += 1;
    }
    counts
}

/// F1 of two bags of words.
pub fn f1(one: &HashMap<String, usize>, other: &HashMap<String, usize>) -> f64 {
    let common: usize = one.iter().map(|(word, count)| count.min(other.get(word).unwrap_or(&0))).sum();
    let total: usize = one.values().sum::<usize>() + other.values().sum::<usize>();
    if total == 0 { 1.0 } else { 2.0 * common as f64 / total as f64 }
}
