//! The parts of a phrase with their places in its text, which the elements themselves do not keep.

use std::ops::Range;

use super::phrase::{self, Node};

/// An element of a phrase as it is written.
#[derive(Clone, Debug)]
pub(crate) struct Element {
    /// Its place in the text of the phrase, in bytes.
    pub at: Range<usize>,
    /// What it matches; a compound with an apostrophe is several words.
    pub nodes: Vec<Node>,
}

/// Whether a character may stand between elements.
fn separates(character: char) -> bool {
    character.is_whitespace() || matches!(character, ',' | ';' | ':')
}

/// The elements of a phrase in order; empty where it cannot be read.
pub(crate) fn elements(text: &str) -> Vec<Element> {
    let (mut found, mut depth, mut start) = (Vec::new(), 0_usize, None);
    for (at, character) in text.char_indices().chain([(text.len(), ' ')]) {
        match character {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && separates(character) {
            if let Some(start) = start.take() {
                let Some(nodes) = inside(&text[start..at]) else { return Vec::new() };
                found.push(Element { at: start..at, nodes });
            }
        } else if start.is_none() {
            start = Some(at);
        }
    }
    found
}

/// The lists of alternatives of a phrase, each with the places of its branches; inner lists stand before those around them.
pub(crate) fn alternatives(text: &str) -> Vec<Vec<Range<usize>>> {
    let mut open: Vec<(usize, Vec<Range<usize>>)> = Vec::new();
    let mut found = Vec::new();
    for (at, character) in text.char_indices() {
        match character {
            '(' | '[' => open.push((at + 1, Vec::new())),
            '|' | ')' | ']' => {
                let Some((start, branches)) = open.last_mut() else { continue };
                branches.push(trimmed(text, *start..at));
                *start = at + 1;
                if character != '|' {
                    found.extend(open.pop().map(|(_, branches)| branches));
                }
            }
            _ => {}
        }
    }
    found
}

/// The range without the white space at its ends.
fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = &text[range.clone()];
    let start = range.start + (words.len() - words.trim_start().len());
    start..start + words.trim().len()
}

/// What a part of a phrase matches, which may begin or end with a gap as a phrase may not.
pub(crate) fn inside(part: &str) -> Option<Vec<Node>> {
    let mut nodes = phrase::parse(&format!("a {part} a")).ok()?;
    nodes.pop();
    nodes.remove(0);
    Some(nodes)
}

#[cfg(test)]
mod tests {
    use super::{alternatives, elements};

    #[test]
    fn elements_have_places() {
        let text = "l'accord (ne | n) …5 {film}, [all | any] _ !(x | y) audio-visual*";
        let words: Vec<&str> = elements(text).into_iter().map(|element| &text[element.at]).collect();
        assert_eq!(words, ["l'accord", "(ne | n)", "…5", "{film}", "[all | any]", "_", "!(x | y)", "audio-visual*"]);
        assert!(elements("(a | b").is_empty());
    }

    #[test]
    fn elements_together_are_the_phrase() {
        for text in ["l'accord (ne | pas) …5 {film}, [all | any] _ !(x | y) audio-visual* z", "a b c"] {
            let nodes: Vec<_> = elements(text).into_iter().flat_map(|element| element.nodes).collect();
            assert_eq!(super::phrase::parse(text).expect(text), nodes);
        }
    }

    #[test]
    fn branches_have_places() {
        let text = "(a | b [c | d]) e";
        let words: Vec<Vec<&str>> =
            alternatives(text).into_iter().map(|list| list.into_iter().map(|branch| &text[branch]).collect()).collect();
        assert_eq!(words, [vec!["c", "d"], vec!["a", "b [c | d]"]]);
    }
}
