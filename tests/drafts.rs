//! Drafts with the tracked changes of two authors: one as Word writes it, one saved by LibreOffice (made by
//! `tests/documents/make_draft.py`). The three readings are exact, automatic numbers of each reading included.
#![allow(missing_docs, clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;
use std::path::Path;

use clausula::document::{self, As, AsideKind, Document, EditKind};

fn draft(name: &str) -> Document {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/documents").join(name);
    document::read(&std::fs::read(path).unwrap()).unwrap()
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

const LIBREOFFICE_WAS: &str = "Article 1 Scope
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

const LIBREOFFICE_PROPOSED: &str = "Article 1 Scope
1.1 This Agreement applies to film and music of the Parties.
Works of either Party.
1.2 It does not apply to:
(a) archives;
(b) libraries;
(c) museums;
Ben Reed: Why museums?
(d) theatres.
Article 2 Exchange
2.1 Each Party shall give prompt access.
See the annex.
2.2 Fees are low and paid once.
2.3 The Parties shall keep a register of festivals.
2.4 Costs are shared.
2.5 Each Party bears its own.
Sector\tQuota
Radio\t40
Film\t35
Article 3 Final provisions
3.1 Done in two copies.
";

#[test]
fn a_draft_saved_by_libreoffice() {
    let document = draft("draft-libreoffice.docx");
    assert_eq!(document.reading(As::Was).text, LIBREOFFICE_WAS);
    assert_eq!(document.reading(As::Proposed).text, LIBREOFFICE_PROPOSED);
    let authors: BTreeSet<&str> = document.edits.iter().filter_map(|edit| edit.author.as_deref()).collect();
    assert_eq!(authors, BTreeSet::from(["Ana Quill", "Ben Reed"]));
}

#[test]
fn a_draft_as_word_writes_it() {
    let document = draft("draft-word.docx");
    assert_eq!(document.reading(As::Was).text, WORD_WAS);
    assert_eq!(document.reading(As::Proposed).text, WORD_PROPOSED);
    let authors: BTreeSet<&str> = document.edits.iter().filter_map(|edit| edit.author.as_deref()).collect();
    assert_eq!(authors, BTreeSet::from(["Ana Quill", "Ben Reed"]));
    // Only the numbers that another change shifted have no author.
    let nameless: Vec<&str> =
        document.edits.iter().filter(|edit| edit.author.is_none()).map(|edit| edit.span.of(&document.text).trim()).collect();
    assert!(nameless.iter().all(|words| words.len() <= "Article 4".len()), "{nameless:?}");
}

#[test]
fn a_move_is_one_change_with_two_ends() {
    // LibreOffice gives its moves no name.
    for (name, moved) in [("draft-word.docx", "move1"), ("draft-libreoffice.docx", "")] {
        let document = draft(name);
        let ends: Vec<(EditKind, &str)> = document
            .edits
            .iter()
            .filter(|edit| edit.moved.as_deref() == Some(moved))
            .map(|edit| (edit.kind, edit.span.of(&document.text)))
            .filter(|(_, words)| words.len() > "2.2 ".len())
            .collect();
        let words = "The Parties shall keep a register of festivals.";
        assert!(
            matches!(ends.as_slice(), [(EditKind::Deleted, from), (EditKind::Inserted, to)] if from.contains(words) && to.contains(words)),
            "{name}: {ends:?}"
        );
    }
}

#[test]
fn what_hangs_on_a_draft_is_set_aside() {
    let document = draft("draft-word.docx");
    let kinds: Vec<_> = document.asides.iter().map(|aside| (aside.kind, aside.mark.as_deref())).collect();
    let footnote = |mark| (AsideKind::Footnote, Some(mark));
    assert_eq!(kinds, [(AsideKind::Running, None), footnote("1"), (AsideKind::Comment, None), footnote("i")]);
    let document = draft("draft-libreoffice.docx");
    let kinds: Vec<_> = document.asides.iter().map(|aside| (aside.kind, aside.mark.as_deref())).collect();
    assert_eq!(kinds, [footnote("1"), (AsideKind::Comment, None), footnote("i")]);
}
