//! Paragraph styles: which are headings, which carry automatic numbers.

use std::collections::HashMap;

use super::super::ReadError;
use super::super::xml::{Node, Xml};

/// How many styles one may be based on in turn; a ring of styles ends here.
const MAX_CHAIN: usize = 32;

/// What a style says of itself.
#[derive(Debug, Default)]
struct Style {
    name: String,
    based_on: Option<String>,
    num_id: Option<u32>,
    level: Option<usize>,
    outline: Option<u8>,
    hidden: Option<bool>,
}

/// All styles of a document, by identifier.
#[derive(Debug, Default)]
pub(super) struct Styles {
    styles: HashMap<String, Style>,
    /// The style of paragraphs that name none.
    usual: Option<String>,
}

impl Styles {
    /// Reads the part with the styles.
    pub fn read(xml: &mut Xml<'_>) -> Result<Self, ReadError> {
        let mut all = Self::default();
        let mut open: Option<(String, Style)> = None;
        loop {
            match xml.next()? {
                Node::Start(start) => match (start.name(), open.as_mut()) {
                    ("style", _) => {
                        all.close(open.take());
                        let id = start.spaced("styleId").unwrap_or_default();
                        let paragraph = start.spaced("type").is_none_or(|kind| kind == "paragraph");
                        if paragraph && matches!(start.spaced("default").as_deref(), Some("1" | "true" | "on")) {
                            all.usual = Some(id.clone());
                        }
                        open = Some((id, Style::default()));
                    }
                    ("name", Some((_, style))) => style.name = start.val().unwrap_or_default(),
                    ("basedOn", Some((_, style))) => style.based_on = start.val(),
                    ("vanish", Some((_, style))) => style.hidden = Some(start.is_on()),
                    ("numId", Some((_, style))) => style.num_id = start.number(),
                    ("ilvl", Some((_, style))) => style.level = start.number().map(|level| level as usize),
                    ("outlineLvl", Some((_, style))) => style.outline = start.number().and_then(|level| u8::try_from(level).ok()),
                    // Table styles hold conditional properties, and changes hold the old ones.
                    ("tblStylePr" | "pPrChange" | "rPrChange", _) => xml.skip()?,
                    _ => {}
                },
                Node::Eof => {
                    all.close(open.take());
                    return Ok(all);
                }
                _ => {}
            }
        }
    }

    fn close(&mut self, style: Option<(String, Style)>) {
        if let Some((id, style)) = style {
            self.styles.insert(id, style);
        }
    }

    /// The style and those that it is based on, nearest first.
    fn chain<'a>(&'a self, id: Option<&'a str>) -> impl Iterator<Item = (&'a str, &'a Style)> {
        let first = id.filter(|id| self.styles.contains_key(*id)).or(self.usual.as_deref());
        std::iter::successors(first.and_then(|id| self.styles.get_key_value(id)), |(_, style)| {
            style.based_on.as_deref().and_then(|id| self.styles.get_key_value(id))
        })
        .map(|(id, style)| (id.as_str(), style))
        .take(MAX_CHAIN)
    }

    /// The level of a heading from 1; none for body text.
    pub fn heading(&self, id: Option<&str>) -> Option<u8> {
        for (_, style) in self.chain(id) {
            if let Some(outline) = style.outline {
                return (outline < 9).then_some(outline + 1);
            }
            // The names of built-in styles are English in every language of Word; their identifiers are not.
            let name = style.name.to_ascii_lowercase();
            if let Some(level) = name.strip_prefix("heading ").and_then(|level| level.parse().ok()).filter(|level| (1..=9).contains(level))
            {
                return Some(level);
            }
        }
        None
    }

    /// Whether the words of a style are hidden.
    pub fn hides(&self, id: Option<&str>) -> bool {
        self.chain(id).find_map(|(_, style)| style.hidden).unwrap_or(false)
    }

    /// Whether a style is one of the lines of a table of contents, or of the heading over it.
    pub fn is_contents(&self, id: Option<&str>) -> bool {
        self.chain(id).next().is_some_and(|(_, style)| {
            let name = style.name.to_ascii_lowercase();
            let numbered = name.strip_prefix("toc ").or_else(|| name.strip_prefix("contents "));
            numbered.is_some_and(|level| level == "heading" || level.parse::<u8>().is_ok())
        })
    }

    /// The list of a style: its number, its level where the style says so, and the styles that may be tied to a level.
    pub fn list<'a>(&'a self, id: Option<&'a str>) -> Option<(u32, Option<usize>, Vec<&'a str>)> {
        let num_id = self.chain(id).find_map(|(_, style)| style.num_id)?;
        let level = self.chain(id).find_map(|(_, style)| style.level);
        let mut names = Vec::new();
        for (id, style) in self.chain(id) {
            names.push(id);
            if style.num_id.is_some() {
                break;
            }
        }
        Some((num_id, level, names))
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::limits::Limits;
    use super::super::stream;
    use super::Styles;

    #[test]
    fn headings_and_lists_come_down_the_chain() {
        let part = r#"<s><style type="paragraph" default="1" styleId="N"><name val="Normal"/></style>
            <style type="paragraph" styleId="Titre1"><name val="heading 1"/><basedOn val="N"/><pPr><numPr><numId val="4"/></numPr></pPr></style>
            <style type="paragraph" styleId="Mine"><name val="Mine"/><basedOn val="Titre1"/></style>
            <style type="paragraph" styleId="Plain"><name val="Plain"/><basedOn val="Titre1"/><pPr><outlineLvl val="9"/></pPr></style>
            <style type="paragraph" styleId="Ring"><name val="Ring"/><basedOn val="Ring"/></style></s>"#;
        let styles = Styles::read(&mut stream(part, Limits::default().clock())).expect("well formed");
        assert_eq!(["Titre1", "Mine", "Plain", "Ring", "N"].map(|id| styles.heading(Some(id))), [Some(1), Some(1), None, None, None]);
        assert_eq!(styles.list(Some("Mine")), Some((4, None, vec!["Mine", "Titre1"])));
        assert_eq!(styles.list(None), None);
    }
}
