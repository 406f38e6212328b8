//! The layouts of sites and programs that publish agreements, in small pages of our own words.

use super::super::{AsideKind, Document, EditKind, ReadError};

fn read(page: &str) -> Document {
    super::read(page.as_bytes()).expect("readable")
}

fn text(page: &str) -> String {
    read(page).text
}

/// The words in the flow and the asides as kind, mark and words.
fn parts(page: &str) -> (String, Vec<(AsideKind, Option<String>, String)>) {
    let document = read(page);
    let mut flow = document.text.clone();
    let mut asides = Vec::new();
    for aside in document.asides.iter().rev() {
        flow.replace_range(aside.span.start..aside.span.end, "");
        asides.insert(0, (aside.kind, aside.mark.clone(), aside.span.of(&document.text).to_owned()));
    }
    (flow, asides)
}

#[test]
fn official_journal_lists_are_tables_in_tables() {
    let page = "<html xmlns='http://www.w3.org/1999/xhtml'><body><div class='eli-subdivision' id='art_4'>
        <p class='oj-ti-art'>Article 4</p><div class='eli-title'><p class='oj-sti-art'>Lanterns</p></div>
        <div id='004.001'><p class='oj-normal'>1.&#160;&#160;&#160;Each Party may, for lanterns:</p>
        <table width='100%'><col width='4%'/><col width='96%'/><tbody><tr><td valign='top'><p class='oj-normal'>(a)</p></td>
          <td valign='top'><p class='oj-normal'>lend them:</p>
            <table><tbody><tr><td><p class='oj-normal'>(i)</p></td><td><p class='oj-normal'>to schools;</p></td></tr></tbody></table>
            <table><tbody><tr><td><p class='oj-normal'>(ii)</p></td><td><p class='oj-normal'>to museums;</p></td></tr></tbody></table>
          </td></tr></tbody></table>
        <table><tbody><tr><td><p class='oj-normal'>‘(b)</p></td><td><p class='oj-normal'>paint them.’</p></td></tr></tbody></table>
        </div></div></body></html>";
    assert_eq!(
        text(page),
        "Article 4\nLanterns\n1. Each Party may, for lanterns:\n(a) lend them:\n(i) to schools;\n(ii) to museums;\n‘(b) paint them.’\n"
    );
}

#[test]
fn consolidated_texts_number_with_elements_of_their_own() {
    let page = "<html><body><div class='eli-subdivision' id='art_2'><p class='title-article-norm'>Article 2</p>
        <div class='eli-title'><p class='stitle-article-norm'>Scope</p></div>
        <div class='norm'><span class='no-parag'>1.&nbsp;&nbsp;</span><div class='norm inline-element'>This Title covers:
          <div class='grid-container grid-list'><div class='list grid-list-column-1'><span>(a) </span></div>
            <div class='grid-list-column-2'><p class='norm'>puppets;</p>
              <div class='grid-container grid-list'><div class='list grid-list-column-1'><span>(i)</span></div><div class='grid-list-column-2'><p class='norm'>of wood;</p></div></div>
            </div></div>
        </div></div>
        <div class='norm'><span class='no-parag'>2.</span><div class='norm inline-element'><p class='norm inline-element'>It does not cover kites.</p></div></div>
        </div></body></html>";
    assert_eq!(text(page), "Article 2\nScope\n1. This Title covers:\n(a) puppets;\n(i) of wood;\n2. It does not cover kites.\n");
}

#[test]
fn marks_of_editors_are_set_aside_and_numbers_keep_their_distance() {
    let page = "<p class='arrow'><a href='x'>►M2</a></p><p class='li'><span class='num'><span>1.1.</span></span><span>Kites</span></p><p>▼B</p><p>►M1 Songs ◄</p>";
    let (flow, asides) = parts(page);
    assert_eq!(flow, "1.1. Kites\n►M1 Songs ◄\n");
    assert_eq!(asides.iter().map(|aside| aside.2.as_str()).collect::<String>(), "►M2\n▼B\n");
}

#[test]
fn old_pages_of_one_column_keep_their_lines() {
    let page = "<HTML><BODY><div id=TexteOnly><p><TXT_TE><p>Article 1</p><p>The Parties shall sing.</p><p>2. They shall dance.<br>Article 2<br>Drums</p></TXT_TE></p></div></BODY></HTML>";
    assert_eq!(text(page), "Article 1\nThe Parties shall sing.\n2. They shall dance.\nArticle 2\nDrums\n");
    let page = "<html><center><font size=4><b>Article 1<br>Aims</b></font></center><a name='a1'></a><font face=Arial>The aims are:<dl><dt>(a)<dd>song; and<dt>(b)<dd>dance.</dl></font>";
    assert_eq!(text(page), "Article 1\nAims\nThe aims are:\n(a) song; and\n(b) dance.\n");
}

#[test]
fn spans_keep_the_columns() {
    let page = "<table><tr><th rowspan=2>Code</th><th colspan=2>Rate</th><th>Note</th></tr><tr><td>base</td><td>year 1</td><td>x</td></tr>
        <tr><td rowspan=2>3706</td><td>5</td><td>0</td></tr><tr><td>6</td><td>1</td><td>y</td></tr></table>";
    assert_eq!(text(page), "Code\tRate\t\tNote\n\tbase\tyear 1\tx\n3706\t5\t0\n\t6\t1\ty\n");
    // A span that no table has costs nothing.
    let wide = format!("<table><tr>{}</tr></table>", "<td colspan=1000 rowspan=65534>x</td>".repeat(2000));
    assert!(text(&wide).len() < 10_000);
}

#[test]
fn lists_count_as_browsers_do() {
    assert_eq!(text("<ol reversed><li>x<li>y</ol>"), "2. x\n1. y\n");
    assert_eq!(text("<style>.r, ol.q{list-style-type:lower-roman}</style><ol class=r start=4><li>x<li value=9>y</ol>"), "(iv) x\n(ix) y\n");
    assert_eq!(text("<style>ol ol {list-style: lower-alpha inside}</style><ol><li>x<ol><li>y</ol><li>z</ol>"), "1. x\n(a) y\n2. z\n");
}

#[test]
fn marks_that_only_style_sheets_compose_are_read() {
    let page = "<style>ol.lst-k-0{list-style-type:none}.lst-k-0 > li:before{content:\"\" counter(lst-ctn-k-0,decimal) \". \"}
        .lst-k-1 > li:before{content:\"(\" counter(lst-ctn-k-1,lower-latin) \") \"}.lst-k-2>li:before{content:counter(lst-ctn-k-0,decimal) \".\" counter(lst-ctn-k-2,decimal)}</style>
        <ol class='c1 lst-k-0 start' start=1><li><span>One</span></li></ol><ol class='c1 lst-k-1 start' start=1><li>sub</li><li>sub</li></ol>
        <ol class='c1 lst-k-0' start=2><li>Two</li></ol><ol class='lst-k-2 start'><li>deep</li></ol>";
    assert_eq!(text(page), "1. One\n(a) sub\n(b) sub\n2. Two\n2.1 deep\n");
}

#[test]
fn word_pages_have_their_numbers_and_bullets() {
    let page = "<html><body lang=EN><div class=WordSection1>
        <p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>(a)<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span></span><![endif]>theatre;<o:p></o:p></p>
        <p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><!--[if !supportLists]--><span style='font-family:Wingdings'><span style='mso-list:Ignore'>§<span>&nbsp; </span></span></span><!--[endif]-->opera;</p>
        <p class=MsoNormal><ins cite='mailto:Ada%20L.' datetime='2024-05-02T09:00'>new</ins> <s>old</s> <span style='text-decoration:line-through'>older</span> text</p>
        </div></body></html>";
    let document = read(page);
    assert_eq!(document.text, "(a) theatre;\n• opera;\nnew old older text\n");
    let edits: Vec<_> = document.edits.iter().map(|edit| (edit.span.of(&document.text), edit.kind, edit.author.as_deref())).collect();
    assert_eq!(edits, [("new ", EditKind::Inserted, Some("Ada L.")), ("old older ", EditKind::Deleted, None)]);
}

#[test]
fn footnotes_of_programs_and_sites_are_set_aside() {
    for page in [
        // LibreOffice
        "<p>kites<a class='sdfootnoteanc' name='sdfootnote7anc' href='#sdfootnote7sym'><sup>7</sup></a>.</p><div id='sdfootnote7'><p><a class='sdfootnotesym' name='sdfootnote7sym' href='#sdfootnote7anc'>7</a>Of paper.</p></div>",
        // Google Docs
        "<p>kites<sup><a href='#ftnt7' id='ftnt_ref7'>[7]</a></sup>.</p><hr><div><p><a href='#ftnt_ref7' id='ftnt7'>[7]</a><span>&nbsp;Of paper.</span></p></div>",
        // Markdown converters
        "<p>kites<a href='#fn7' class='footnote-ref' role='doc-noteref'><sup>7</sup></a>.</p><section role='doc-endnotes'><hr><ol start=7><li id='fn7'><p>Of paper.<a href='#fnref7' role='doc-backlink'>↩︎</a></p></li></ol></section>",
        // Identifiers without a meaning
        "<p>kites<a href='#b2'>[7]</a>.</p><p><a name='b2'></a>[7] Of paper.</p>",
        // Sites of the Government of Canada
        "<p>kites<sup id='fn7-rf'><a class='fn-lnk' href='#fn7'><span class='wb-inv'>Footnote </span>7</a></sup>.</p><aside><dl><dt>Footnote 7</dt><dd id='fn7'><p>Of paper.</p><p class='fn-rtn'><a href='#fn7-rf'>Return</a></p></dd></dl></aside>",
        // Consolidated texts of the European Union, old
        "<p>kites<a name='src.E7'></a> (<a href='#E7'> <span>7</span> </a>).</p><hr><p><a name='E7'></a>(<a href='#src.E7'><span>7</span></a>)  Of paper.</p>",
        // Consolidated texts, new
        "<p>kites (<a href='#E7' id='src.E7'><span class='superscript'>7</span></a>).</p><p class='note'><a href='#src.E7' id='E7'>(<span class='superscript'>7</span>)</a> Of paper.</p>",
        // No links at all
        "<p>kites<sup>7</sup>.</p><p><sup>7</sup> Of paper.</p>",
    ] {
        let (flow, asides) = parts(page);
        assert_eq!(flow.trim_end().replace('⁷', ""), "kites.", "{page}");
        assert_eq!(asides, [(AsideKind::Footnote, Some("7".to_owned()), "Of paper.\n".to_owned())], "{page}");
    }
    // A cross reference to a numbered paragraph is no footnote.
    assert!(parts("<p>under paragraph <a href='#p2'>2</a></p><p id='p2'>2. Kites fly.</p>").1.is_empty());
    assert_eq!(text("<p>kites<sup>2</sup> and m<sup>2</sup> of Article 4<sup>bis</sup></p>"), "kites² and m² of Article 4bis\n");
}

#[test]
fn menus_banners_and_hidden_parts_are_no_provision() {
    let treaty = "<p>The Parties shall keep the songs of their peoples, and shall lend each other their instruments.</p>".repeat(8);
    let page = format!(
        "<html><body><a class='skip-link' href='#m'>Skip to content</a><div class='cookie-banner'>We use cookies</div><ul class=breadcrumb><li><a href='/'>Home</a></ul>
        <table><tr><td width=20%><a href=1.htm>News</a><br><a href=2.htm>Visit</a><br><a href=3.htm>Trade</a><br><a href=4.htm>Help</a></td><td>{treaty}</td></tr></table>
        <div id=footer>Imprint of the ministry</div><div aria-hidden=true>x</div><span class=sr-only>Skip</span><form><button>Search</button></form></body></html>"
    );
    let (flow, asides) = parts(&page);
    assert_eq!(flow.lines().count(), 8, "{flow}");
    assert!(asides.iter().all(|aside| aside.0 == AsideKind::Running));
    assert_eq!(asides.iter().map(|aside| aside.2.as_str()).collect::<String>(), "News\nVisit\nTrade\nHelp\nImprint of the ministry\n");
    // A page that shows its text only after a click is read all the same.
    let page = format!("<html><body><p>Text of the treaty</p><div style='display:none'>{treaty}</div></body></html>");
    assert_eq!(text(&page).lines().count(), 9);
    let page = format!("<html><body><div class=menu>{treaty}</div></body></html>");
    assert_eq!(parts(&page).0.lines().count(), 8);
}

#[test]
fn style_sheets_cannot_make_reading_slow() {
    let rules = ".x:has(li) ol{list-style-type:lower-roman} ol ol ol ol ol{list-style-type:upper-roman}".repeat(500);
    let page = format!("<style>{rules}</style>{}", "<ol><li>x".repeat(1000));
    assert!(text(&page).starts_with("1. x\n1. x\n"));
}

#[test]
fn xhtml_is_read_as_its_author_closed_it() {
    let page = b"<?xml version='1.0' encoding='iso-8859-1'?><html xmlns='http://www.w3.org/1999/xhtml'><head><title/><script src='a.js'/></head><body><p><a name='x'/>Th\xe9\xe2tre</p></body></html>";
    assert_eq!(super::read(page).expect("readable").text, "Théâtre\n");
}

#[test]
fn a_page_that_ends_too_early_is_read_with_a_warning() {
    let whole = "<html><body><p>Kites fly.</p><p>Songs stay.</p></body></html>";
    assert!(read(whole).messages.is_empty());
    for end in [45, 32] {
        let document = read(&whole[..end]);
        assert!(document.text.starts_with("Kites fly.\n"));
        assert_eq!(document.messages.iter().map(|message| message.code.as_str()).collect::<Vec<_>>(), ["cut-off"]);
    }
}

#[test]
fn a_shell_without_the_agreement_says_so() {
    for page in [
        "<html><body><div id=\"root\">Loading</div><script src=main.js></script></body></html>",
        "<html><body><form>Name <input name=u> Password <input type=\"password\"></form></body></html>",
        "<html><frameset cols='20%,*'><frame src=menu.htm><frame src=text.htm></frameset></html>",
    ] {
        let error = super::read(page.as_bytes()).expect_err("no agreement");
        assert!(matches!(error, ReadError::NoText { .. }), "{error}");
    }
}
