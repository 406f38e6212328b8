//! The rule files that are built into the program.

use super::Source;

/// Name within `rules/` and text of every file.
pub const EMBEDDED: [(&str, &str); 15] = [
    ("conditions.toml", include_str!("../../rules/conditions.toml")),
    ("digital.toml", include_str!("../../rules/digital.toml")),
    ("exceptions.toml", include_str!("../../rules/exceptions.toml")),
    ("governance.toml", include_str!("../../rules/governance.toml")),
    ("nature.toml", include_str!("../../rules/nature.toml")),
    ("parties.toml", include_str!("../../rules/parties.toml")),
    ("preference.toml", include_str!("../../rules/preference.toml")),
    ("references.toml", include_str!("../../rules/references.toml")),
    ("requirements.toml", include_str!("../../rules/requirements.toml")),
    ("sectors.toml", include_str!("../../rules/sectors.toml")),
    ("supporting.toml", include_str!("../../rules/supporting.toml")),
    ("themes.toml", include_str!("../../rules/themes.toml")),
    ("vocabulary/en.toml", include_str!("../../rules/vocabulary/en.toml")),
    ("vocabulary/es.toml", include_str!("../../rules/vocabulary/es.toml")),
    ("vocabulary/fr.toml", include_str!("../../rules/vocabulary/fr.toml")),
];

/// The built-in files as sources.
///
/// # Example
/// ```
/// assert!(clausula::rules::built_in().iter().any(|source| source.name == "vocabulary/fr.toml"));
/// ```
#[must_use]
pub fn built_in() -> Vec<Source> {
    EMBEDDED.iter().map(|(name, text)| Source { name: (*name).to_owned(), text: (*text).to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::EMBEDDED;

    #[test]
    fn every_file_of_the_folder_is_built_in() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
        let mut names: Vec<String> =
            super::super::read_folder(&folder).expect("the rules are here").into_iter().map(|source| source.name).collect();
        names.sort();
        assert_eq!(names, EMBEDDED.map(|(name, _)| name));
    }
}
