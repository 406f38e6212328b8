//! The package of a Word document: parts by their relationship (Open Packaging Conventions, ECMA-376 part 2).

use super::super::limits::{Clock, Limits};
use super::super::xml::Node;
use super::super::{ReadError, encoding, package};
use super::{damaged, stream};

/// Where the main part stands when the package does not say.
const USUAL_MAIN: &str = "word/document.xml";

/// An open package.
pub(super) struct Package<'a> {
    parts: package::Package<'a>,
    clock: Clock,
    /// Path of the main part.
    main: String,
    relations: Vec<Relation>,
}

/// A relationship of a part.
struct Relation {
    id: String,
    /// The last segment of its type.
    kind: String,
    /// Path of the target.
    target: String,
}

impl<'a> Package<'a> {
    /// Opens the package and finds its main part.
    pub fn open(bytes: &'a [u8], limits: Limits, clock: Clock) -> Result<Self, ReadError> {
        let parts = package::Package::open(bytes, damaged, limits)?;
        let mut package = Self { parts, clock, main: USUAL_MAIN.to_owned(), relations: Vec::new() };
        if let Some(found) = package.relations_of("")?.into_iter().find(|relation| relation.kind == "officeDocument") {
            package.main = found.target;
        }
        let main = package.main.clone();
        package.relations = package.relations_of(&main)?;
        Ok(package)
    }

    /// The main part, which must be there.
    pub fn main(&mut self) -> Result<String, ReadError> {
        let main = self.main.clone();
        self.part(&main)?.ok_or_else(|| damaged(format!("the part {main} is missing")))
    }

    /// The part to which the main part is related by a type that ends in `kind`.
    pub fn related(&mut self, kind: &str) -> Result<Option<String>, ReadError> {
        let known = self.relations.iter().find(|relation| relation.kind == kind).map(|relation| relation.target.clone());
        self.part(&known.unwrap_or_else(|| format!("word/{kind}.xml")))
    }

    /// The part to which the main part is related under an identifier, and the kind of the relationship.
    pub fn by_id(&mut self, id: &str) -> Result<Option<(String, String)>, ReadError> {
        let Some(found) = self.relations.iter().find(|relation| relation.id == id) else { return Ok(None) };
        let (kind, target) = (found.kind.clone(), found.target.clone());
        Ok(self.part(&target)?.map(|part| (kind, part)))
    }

    /// Whether the main part takes in other files (chunks of HTML or RTF, sub-documents).
    pub fn has_foreign_parts(&self) -> bool {
        self.relations.iter().any(|relation| matches!(relation.kind.as_str(), "aFChunk" | "subDocument"))
    }

    /// The text of a part; none where the package has no such part.
    pub fn part(&mut self, path: &str) -> Result<Option<String>, ReadError> {
        Ok(self.parts.part(path)?.map(|bytes| encoding::decode(&bytes).0))
    }

    /// The relationships of a part; "" is the package.
    fn relations_of(&mut self, source: &str) -> Result<Vec<Relation>, ReadError> {
        let (folder, name) = source.rsplit_once('/').unwrap_or(("", source));
        let path = if folder.is_empty() { format!("_rels/{name}.rels") } else { format!("{folder}/_rels/{name}.rels") };
        let Some(part) = self.part(&path)? else { return Ok(Vec::new()) };
        let mut xml = stream(&part, self.clock);
        let mut relations = Vec::new();
        loop {
            match xml.next()? {
                Node::Start(start) if start.name() == "Relationship" => {
                    let (Some(kind), Some(target)) = (start.spaced("Type"), start.spaced("Target")) else { continue };
                    let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                    let id = start.spaced("Id").unwrap_or_default();
                    relations.push(Relation { id, kind, target: resolve(folder, &target) });
                }
                Node::Eof => return Ok(relations),
                _ => {}
            }
        }
    }
}

/// The path of a target in the package.
fn resolve(folder: &str, target: &str) -> String {
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                steps.pop();
            }
            other => steps.push(other),
        }
    }
    steps.retain(|step| !step.is_empty());
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolve;

    #[test]
    fn targets_are_relative_to_their_folder() {
        assert_eq!(resolve("word", "styles.xml"), "word/styles.xml");
        assert_eq!(resolve("word", "../docProps/core.xml"), "docProps/core.xml");
        assert_eq!(resolve("word", "/custom/notes.xml"), "custom/notes.xml");
        assert_eq!(resolve("", "word/document.xml"), "word/document.xml");
    }
}
