//! Drafts with the tracked changes of two authors: one as Word writes it, one saved by LibreOffice (made by
//! `tests/documents/make_draft.py`). The three readings are exact, automatic numbers of each reading included.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use std::path::Path;

use clausula::document::{self, AsideKind, Document, EditKind};

fn draft(name: &str) -> Document {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents").join(name);
    document::read(&std::fs::read(path).unwrap()).unwrap()
}

/// The text without the edits of a kind.
fn without(document: &Document, kind: EditKind) -> String {
    let mut out = String::new();
    let mut at = 0;
    for edit in document.edits.iter().filter(|edit| edit.kind == kind) {
        assert!(at <= edit.span.start, "edits of one kind overlap");
        out.push_str(&document.text[at..edit.span.start]);
        at = edit.span.end;
    }
    out + &document.text[at..]
}

const WORD_WAS: &str = "Draft of 3 May
Article 1 Scope
1.1 This Agreement applies to cinema of the Parties.
Works of either Party.
1.2 It does not apply to:
(a) archives;
(b) museums;
Ben Reed: Why museums?
(c) circuses;
(d) theatres.
Article 2 Exchange
2.1 Each Party shall give access.
See the annex.
2.2 The Parties shall keep a register of festivals.
2.3 Fees are low
2.4 They are and paid once.
2.5 Costs are shared. Each Party bears its own.
Sector\tQuota
Film\t30
Article 3 Final provisions
3.1 Done in two copies.
";

const WORD_PROPOSED: &str = "Draft of 3 May
Article 1 Scope
1.1 This Agreement applies to film and music of the Parties.
Works of either Party or of both.
1.2 It does not apply to:
(a) archives;
(b) libraries;
(c) museums;
Ben Reed: Why museums?
(d) theatres.
Article 2 Definitions
2.1 Film means a work of moving pictures.
Article 3 Exchange
3.1 Each Party shall give prompt and access.
See the annex.
3.2 Fees are low and paid once.
3.3 The Parties shall keep a register of festivals.
3.4 Costs are shared.
3.5 Each Party bears its own.
Sector\tQuota
Radio\t40
Film\t35
Article 4 Final provisions
4.1 Done in two copies.
";

#[test]
fn a_draft_as_word_writes_it() {
    let document = draft("draft-word.docx");
    assert_eq!(without(&document, EditKind::Inserted), WORD_WAS);
    assert_eq!(without(&document, EditKind::Deleted), WORD_PROPOSED);
    let by = |author: &str| document.edits.iter().filter(|edit| edit.author.as_deref() == Some(author)).count();
    assert!(by("Ana Quill") >= 8 && by("Ben Reed") >= 8, "{} and {}", by("Ana Quill"), by("Ben Reed"));
    // Only the numbers that another change shifted have no author.
    let nameless: Vec<&str> =
        document.edits.iter().filter(|edit| edit.author.is_none()).map(|edit| edit.span.of(&document.text).trim()).collect();
    assert!(nameless.iter().all(|words| words.len() <= "Article 4".len()), "{nameless:?}");
}

#[test]
fn a_move_is_one_change_with_two_ends() {
    let document = draft("draft-word.docx");
    let ends: Vec<(EditKind, &str)> = document
        .edits
        .iter()
        .filter(|edit| edit.moved.as_deref() == Some("move1"))
        .map(|edit| (edit.kind, edit.span.of(&document.text).split_once(' ').unwrap().1))
        .collect();
    let words = "The Parties shall keep a register of festivals.\n";
    assert_eq!(ends, [(EditKind::Deleted, words), (EditKind::Inserted, words)]);
}

#[test]
fn what_hangs_on_a_draft_is_set_aside() {
    for name in ["draft-word.docx"] {
        let document = draft(name);
        let asides: Vec<(AsideKind, Option<&str>)> = document.asides.iter().map(|aside| (aside.kind, aside.mark.as_deref())).collect();
        assert_eq!(
            asides,
            [(AsideKind::Running, None), (AsideKind::Footnote, Some("1")), (AsideKind::Comment, None), (AsideKind::Footnote, Some("i"))],
            "{name}"
        );
    }
}
