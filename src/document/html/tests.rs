//! Small pages, and what is read from them.

use super::super::{AsideKind, Document, EditKind, NativeKind, ReadError};

fn read(page: &str) -> Document {
    super::read(page.as_bytes()).expect("readable")
}

fn text(page: &str) -> String {
    read(page).text
}

#[test]
fn blocks_are_lines_and_space_is_one() {
    assert_eq!(
        text(
            "<title>T</title><p>The  Parties\n<b>shall</b>&nbsp;co<wbr>operate.<br>Again</p><div>one<div>two</div>three</div><pre>a\nb</pre><script>x()</script>"
        ),
        "The Parties shall cooperate.\nAgain\none\ntwo\nthree\na\nb\n"
    );
}

#[test]
fn furniture_is_left_out() {
    let page = "<html><body><header><h1>Ministry</h1></header><nav>Home</nav><main><header><h1>Treaty</h1></header>
        <p>The Parties shall cooperate in the field of culture.</p><p hidden>no</p><p style='display: none'>no</p><p aria-hidden=true>no</p></main><footer>Imprint</footer></body></html>";
    assert_eq!(text(page), "Treaty\nThe Parties shall cooperate in the field of culture.\n");
    let articles = "<body><header>Agreement</header><article>Article 1</article><article>Article 2</article></body>";
    assert_eq!(text(articles), "Agreement\nArticle 1\nArticle 2\n");
}

#[test]
fn list_numbers_are_written_out() {
    let page = "<ol start=3><li>goods<ol type=a><li><p>films</p><li>(b) books</ol><li value=7>services</ol><ul><li>x</ul><ol style='list-style-type: lower-roman'><li>y</ol><ol><li>1. typed</ol>";
    assert_eq!(text(page), "3. goods\n(a) films\n(b) books\n7. services\nx\n(i) y\n1. typed\n");
}

#[test]
fn tables_of_layout_and_of_data() {
    let page = "<table><tr><td>&nbsp;</td><td>1.</td><td><p>This Chapter:</p><table><tr><td>(a)</td><td>goods;</td></tr></table></td></tr></table>
        <table><tr><th>Heading</th><th>Rate</th></tr><tr><td>3706.10</td><td></td><td>10 %<br>free</td></tr><tr><td>alone</td></tr></table>";
    assert_eq!(text(page), "1. This Chapter:\n(a) goods;\nHeading\tRate\n3706.10\t\t10 % free\nalone\n");
}

#[test]
fn headings_are_native() {
    let document = read("<h2>Article 1<br>Scope</h2><p>x</p><h3> </h3>");
    assert_eq!(document.native.len(), 1);
    let heading = &document.native[0];
    assert_eq!((heading.kind, heading.span.of(&document.text)), (NativeKind::Heading(2), "Article 1\nScope"));
}

#[test]
fn footnotes_are_set_aside() {
    for (page, words, mark) in [
        (
            "<p>goods<sup><a href='#fn1' id='fnref1'>1</a></sup>.</p><ol><li id='fn1'><p>For greater certainty. <a href='#fnref1'>↩</a></p></li></ol>",
            "For greater certainty.\n",
            "1",
        ),
        (
            "<p>goods <a id='ntc2-X' href='#ntr2-X'>(<span class='super'>2</span>)</a>.</p><p class='note'><a id='ntr2-X' href='#ntc2-X'>(<span>2</span>)</a> OJ L 1.</p>",
            "OJ L 1.\n",
            "2",
        ),
        (
            "<p>goods<a href='#_ftn3' name='_ftnref3'>[3]</a>.</p><p class=MsoFootnoteText><a href='#_ftnref3' name='_ftn3'>[3]</a> 2005 Convention.</p>",
            "2005 Convention.\n",
            "3",
        ),
        ("<p>goods<a href='#footnote-4'><sup>4</sup></a>.</p><div class=footnotes><p id='footnote-4'>4 Notes.</p></div>", "Notes.\n", "4"),
    ] {
        let document = read(page);
        assert!(document.text.starts_with("goods"), "{page}: {}", document.text);
        let line = document.text.lines().next().unwrap_or_default().replace(' ', "");
        assert_eq!(line, "goods.", "{page}");
        let asides: Vec<_> =
            document.asides.iter().map(|aside| (aside.span.of(&document.text), aside.kind, aside.mark.as_deref())).collect();
        assert_eq!(asides, [(words, AsideKind::Footnote, Some(mark))], "{page}");
    }
}

#[test]
fn changes_are_marked() {
    let document = read("<p>The <del>old</del> <ins datetime='2020-01-02'>new</ins> text</p>");
    assert_eq!(document.text, "The old new text\n");
    let edits: Vec<_> = document.edits.iter().map(|edit| (edit.span.of(&document.text), edit.kind)).collect();
    assert_eq!(edits, [("old ", EditKind::Deleted), ("new ", EditKind::Inserted)]);
}

#[test]
fn the_declared_encoding_is_used() {
    let page = b"<html><head><meta http-equiv=content-type content='text/html; charset=iso-8859-2'></head><p>\xb9koda</p>";
    assert_eq!(super::read(page).expect("readable").text, "škoda\n");
}

#[test]
fn deep_nesting_ends_well() {
    for tag in ["<div>", "<b>", "<table><tr><td>", "<x-y>", "<p>"] {
        for depth in [1000, 200_000] {
            let page = format!("{}x", tag.repeat(depth));
            assert!(matches!(super::read(page.as_bytes()), Ok(_) | Err(ReadError::Damaged { .. })));
        }
    }
}

#[test]
fn drawings_and_scripts_are_not_deep() {
    let page = format!("<script>{}</script><svg>{}</svg><p>text", "if(i<b)".repeat(9000), "<path d='m'/>".repeat(9000));
    assert_eq!(text(&page), "text\n");
}

#[test]
fn an_empty_page_says_so() {
    let error = super::read(b"<html><script>render()</script></html>").expect_err("no text").to_string();
    assert!(error.contains("script"), "{error}");
}
