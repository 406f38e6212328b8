//! Sentences of the checklist, filled in.

use crate::scan::Finding;

/// What is filled into a sentence.
pub(super) struct Filling<'a> {
    /// For `{clauses}`.
    pub clauses: &'a str,
    /// Which word of `[one|several]` is taken.
    pub several: bool,
    /// For `{where}`.
    pub place: &'a str,
    /// For `{parties}`: a sentence, or nothing.
    pub parties: &'a str,
}

/// Fills a sentence in, part by part: what is filled in is not looked at again, since citations may hold brackets.
pub(super) fn fill(sentence: &str, filling: &Filling<'_>) -> String {
    let mut out = String::with_capacity(sentence.len() + filling.clauses.len());
    let mut rest = sentence;
    while let Some(at) = rest.find(['{', '[']) {
        let (before, behind) = rest.split_at(at);
        out.push_str(before);
        let close = if behind.starts_with('{') { '}' } else { ']' };
        // The loader reports what is not closed.
        let Some(end) = behind.find(close) else {
            rest = behind;
            break;
        };
        let inner = &behind[1..end];
        match (close, inner) {
            ('}', "clauses") => out.push_str(filling.clauses),
            ('}', "where") => out.push_str(filling.place),
            ('}', "parties") => out.push_str(filling.parties),
            (']', words) => {
                let (one, several) = words.split_once('|').unwrap_or((words, words));
                out.push_str(if filling.several { several } else { one });
            }
            _ => out.push_str(&behind[..=end]),
        }
        rest = &behind[end + 1..];
    }
    out.push_str(rest);
    out.truncate(out.trim_end().len());
    out
}

/// The citations of findings, each once, the first few.
pub(super) fn cite(findings: &[&Finding]) -> String {
    const SHOWN: usize = 4;
    let mut citations: Vec<&str> = Vec::new();
    for finding in findings {
        if !citations.contains(&finding.citation.as_str()) {
            citations.push(&finding.citation);
        }
    }
    if citations.len() > SHOWN {
        return format!("{} and {} more", citations[..SHOWN].join(", "), citations.len() - SHOWN);
    }
    citations.join(", ")
}

#[cfg(test)]
mod tests {
    use super::{Filling, fill};

    #[test]
    fn sentences_are_filled_in() {
        let filled = |several| {
            let filling = Filling { clauses: "Art. 4[2]", several, place: "here", parties: "" };
            fill("{clauses} [takes|take] it out, {where}. {parties}", &filling)
        };
        assert_eq!(filled(false), "Art. 4[2] takes it out, here.");
        assert_eq!(filled(true), "Art. 4[2] take it out, here.");
    }
}
