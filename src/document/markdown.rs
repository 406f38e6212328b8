//! Markdown (CommonMark 0.31): the words without their marks, by way of HTML.
//!
//! Lists keep the numbers that are typed: Markdown itself counts from the first, which would change citations.

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};

use super::limits::Limits;
use super::{Document, ReadError, html as page};

/// Fewest headings of a text in Markdown: a single `#` may mean anything.
const MIN_HEADINGS: usize = 3;
/// Fewest footnotes of a text in Markdown without headings.
const MIN_NOTES: usize = 2;

/// Whether text is clearly in Markdown.
pub(super) fn is_markdown(text: &str) -> bool {
    let headings = text.lines().filter(|line| heading(line).is_some()).take(MIN_HEADINGS).count();
    let notes = text.lines().filter(|line| line.starts_with("[^") && line.contains("]:")).take(MIN_NOTES).count();
    headings == MIN_HEADINGS || notes == MIN_NOTES
}

/// The marks of a heading and its words, with or without the space that the standard asks for.
fn heading(line: &str) -> Option<(&str, &str)> {
    let words = line.trim_start_matches('#');
    let marks = &line[..line.len() - words.len()];
    let begins = words.trim_start().starts_with(|first: char| first.is_alphanumeric() || "[*_\"“«(".contains(first));
    ((1..=6).contains(&marks.len()) && begins).then_some((marks, words))
}

/// Reads text in Markdown.
pub(super) fn read(text: &str) -> Result<Document, ReadError> {
    let mut source = String::with_capacity(text.len() + 64);
    for line in text.split_inclusive('\n') {
        match heading(line) {
            // Older dialects take `##Article` for a heading.
            Some((marks, words)) if !words.starts_with(' ') => source.extend([marks, " ", words]),
            _ => source.push_str(line),
        }
    }
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    // The last marker of each list that is open.
    let mut lists: Vec<String> = Vec::new();
    let events = Parser::new_ext(&source, options).into_offset_iter().flat_map(|(event, range)| {
        let [first, second] = match event {
            Event::Start(Tag::List(_)) => {
                lists.push(String::new());
                [None, None]
            }
            Event::End(TagEnd::List(_)) => {
                lists.pop();
                [None, None]
            }
            Event::Start(Tag::Item) => {
                let typed = source.get(range).and_then(|item| item.split_whitespace().next()).unwrap_or_default();
                let marker = marker(typed, lists.last().map_or("", String::as_str));
                let words = format!("{marker} ");
                if let Some(last) = lists.last_mut() {
                    *last = marker;
                }
                [Some(Event::Html("<div>".into())), Some(Event::Text(words.into()))]
            }
            Event::End(TagEnd::Item) => [Some(Event::Html("</div>".into())), None],
            other => [Some(other), None],
        };
        first.into_iter().chain(second)
    });
    let mut out = String::with_capacity(source.len() * 2);
    html::push_html(&mut out, events);
    page::read_source(&out, Limits::default())
}

/// The marker of an item as a reader sees it: bullets alike, and numbers as typed unless the same is typed again and again.
fn marker(typed: &str, last: &str) -> String {
    let digits = typed.trim_end_matches(['.', ')']);
    let Ok(number) = digits.parse::<u64>() else { return "•".to_owned() };
    let end = &typed[digits.len()..];
    let before = last.trim_end_matches(['.', ')']).parse::<u64>();
    // `1. 1. 1.` asks to be counted.
    match before {
        Ok(before) if number == 1 && before >= 1 => format!("{}{end}", before.saturating_add(1)),
        _ => typed.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{AsideKind, NativeKind};
    use super::{is_markdown, read};

    const TREATY: &str = "---\nlayout: page\n---\n# Chapter 3: Songs\n\n##Article 3.1\n\n1\\. A Party may _inter alia_ keep **songs**[[1]](#a1), see [the list](http://example.org/).\n\n2\\. It may lend:\n\n(a)\tdrums;\n\n## Article 3.2\n\n1. Kites fly.\n3. Kites land.[^k]\n4. They rest.\n\n* red\n* blue\n\n1. one\n1. two\n\n<pre id=\"a1\">[1] Old ones.</pre>\n\n[^k]: In spring.\n";

    #[test]
    fn marks_go_and_typed_numbers_stay() {
        assert!(is_markdown(TREATY));
        let document = read(TREATY).expect("readable");
        let asides: Vec<_> =
            document.asides.iter().map(|aside| (aside.kind, aside.mark.as_deref(), aside.span.of(&document.text))).collect();
        assert_eq!(asides, [(AsideKind::Footnote, Some("1"), "Old ones.\n"), (AsideKind::Footnote, Some("1"), "In spring.\n")]);
        assert_eq!(
            document.text,
            "Chapter 3: Songs\nArticle 3.1\n1. A Party may inter alia keep songs, see the list.\n2. It may lend:\n(a) drums;\nArticle 3.2\n1. Kites fly.\n3. Kites land.\n4. They rest.\n• red\n• blue\n1. one\n2. two\nOld ones.\nIn spring.\n"
        );
        let headings: Vec<_> = document.native.iter().map(|unit| (unit.kind, unit.span.of(&document.text))).collect();
        assert_eq!(
            headings,
            [
                (NativeKind::Heading(1), "Chapter 3: Songs"),
                (NativeKind::Heading(2), "Article 3.1"),
                (NativeKind::Heading(2), "Article 3.2")
            ]
        );
    }

    #[test]
    fn plain_text_is_left_alone() {
        assert!(!is_markdown("Article 1\n# 4 of the list\n1. * starred *\n---\n[1] note\n"));
    }
}
