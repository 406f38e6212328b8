//! What is not read, named by its first bytes, with what to do about it.
//!
//! Marks of formats as `file(1)` and the formats' own descriptions give them.

use std::io::Cursor;

use aho_corasick::AhoCorasick;
use zip::ZipArchive;

/// What a file is, with its article, and what to do.
pub(super) type Named = (&'static str, &'static str);

const OCR: &str = "run an OCR such as OCRmyPDF and read the PDF that it makes";
const UNPACK: &str = "unpack it and read the files inside";
const RESAVE: &str = "open it in Word or LibreOffice and save it as .docx or PDF";
const EXPORT: &str = "open it in the program that made it and save it as .docx or PDF";
const GIVE_TEXT: &str = "save the text of the agreement as .docx, PDF or plain text";
const IMAGE: Named = ("an image", OCR);
const EBOOK: Named = ("an e-book (EPUB)", "convert it to .docx or HTML, for example with Calibre or Pandoc, and read that");
const MAIL: Named = ("an e-mail", "save the agreement that is attached to it, or the message as text, and read that");
const WEB_ARCHIVE: Named = ("a web page saved as one file (MHTML)", "open it in a browser and save it as HTML or PDF");
const SHORTCUT: Named = ("a link to a web page", "open it in a browser and save the page as HTML or PDF");

/// Marks of formats: where they stand, what they are.
const MARKS: [(usize, &[u8], Named); 43] = [
    (0, b"\x89PNG", IMAGE),
    (0, b"\xff\xd8\xff", IMAGE),
    (0, b"GIF8", IMAGE),
    (0, b"II*\0", IMAGE),
    (0, b"MM\0*", IMAGE),
    (0, b"II+\0", IMAGE),
    (0, b"MM\0+", IMAGE),
    (8, b"WEBP", IMAGE),
    (4, b"ftypheic", IMAGE),
    (4, b"ftypheix", IMAGE),
    (4, b"ftypmif1", IMAGE),
    (4, b"ftypavif", IMAGE),
    (0, b"\0\0\0\x0cjP  ", IMAGE),
    (0, b"8BPS", IMAGE),
    (0, b"AT&TFORM", ("a DjVu document", "convert it to PDF, for example with ddjvu, and read that")),
    (0, b"%!PS", ("a PostScript document", "convert it to PDF, for example with ps2pdf, and read that")),
    (0, b"\xc5\xd0\xd3\xc6", ("a PostScript document", "convert it to PDF, for example with ps2pdf, and read that")),
    (0, b"\xffWPC", ("a WordPerfect document", "open it in LibreOffice or WordPerfect and save it as .docx or PDF")),
    (0, b"\xdb\xa5\x2d\0", ("a document of Word 2", RESAVE)),
    (0, b"\x31\xbe\0\0", ("a document of Word for DOS or Write", RESAVE)),
    (0, b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", ("a OneNote section", "open it in OneNote and save the page as PDF")),
    (0, b"bplist00", ("a web archive or list of an Apple computer", "open it in Safari and save the page as PDF")),
    (0, b"\x1f\x8b", ("an archive (gzip)", UNPACK)),
    (0, b"\x1f\x9d", ("an archive (compress)", UNPACK)),
    (0, b"7z\xbc\xaf\x27\x1c", ("an archive (7-Zip)", UNPACK)),
    (0, b"Rar!\x1a\x07", ("an archive (RAR)", UNPACK)),
    (0, b"BZh", ("an archive (bzip2)", UNPACK)),
    (0, b"\xfd7zXZ\0", ("an archive (xz)", UNPACK)),
    (0, b"\x28\xb5\x2f\xfd", ("an archive (Zstandard)", UNPACK)),
    (0, b"MSCF\0\0\0\0", ("an archive (Windows cabinet)", UNPACK)),
    (257, b"ustar", ("an archive (tar)", UNPACK)),
    (0, b"PK\x05\x06", ("an empty ZIP archive", "check that the copy or download was complete")),
    (0, b"PK\x07\x08", ("a part of a split ZIP archive", UNPACK)),
    (0, b"ITSF", ("a compiled help file (.chm)", UNPACK)),
    (0, b"SQLite format 3\0", ("a database", GIVE_TEXT)),
    (0, b"MZ", ("a program", GIVE_TEXT)),
    (0, b"\x7fELF", ("a program", GIVE_TEXT)),
    (0, b"L\0\0\0\x01\x14\x02\0", ("a shortcut to another file", "read the file that it leads to")),
    (0, b"ID3", ("a sound recording", GIVE_TEXT)),
    (0, b"OggS", ("a sound recording", GIVE_TEXT)),
    (4, b"ftyp", ("a film", GIVE_TEXT)),
    (0, b"BOOKMOBI", ("an e-book (Mobipocket)", "convert it to .docx or HTML, for example with Calibre, and read that")),
    (60, b"BOOKMOBI", ("an e-book (Mobipocket)", "convert it to .docx or HTML, for example with Calibre, and read that")),
];

/// What a file is by the marks of binary formats; none for ZIP packages and for what may be text.
pub(super) fn named(bytes: &[u8]) -> Option<Named> {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return Some(compound(bytes));
    }
    // A bitmap has only two letters, and the length of the file after them.
    if bytes.starts_with(b"BM") && bytes.get(6..10) == Some(&[0; 4]) {
        return Some(IMAGE);
    }
    // The two letters of a program may begin words; its header has zeros.
    let fits = |at: usize, mark: &[u8]| {
        bytes.get(at..).is_some_and(|rest| rest.starts_with(mark))
            && (mark != b"MZ" || bytes.get(..64).is_some_and(|head| head.contains(&0)))
    };
    MARKS.iter().find(|(at, mark, _)| fits(*at, mark)).map(|(.., named)| *named)
}

/// The kinds of the compound files of old Office programs, by the streams that they name (MS-CFB, section 2.6).
fn compound(bytes: &[u8]) -> Named {
    const KINDS: [(&str, Named); 9] = [
        ("EncryptedPackage", ("an Office document that needs a password", "open it with its password and save a copy without one")),
        ("WordDocument", ("a document of the old binary Office formats (.doc)", RESAVE)),
        ("Workbook", ("a spreadsheet of the old binary Office formats (.xls)", GIVE_TEXT)),
        ("PowerPoint Document", ("a presentation of the old binary Office formats (.ppt)", "open it and save it as PDF")),
        ("__properties_version1.0", MAIL),
        ("VisioDocument", ("a Visio drawing", "open it and save it as PDF")),
        ("Book", ("a spreadsheet of the old binary Office formats (.xls)", GIVE_TEXT)),
        ("MatOST", ("a document of Microsoft Works", RESAVE)),
        ("PerfectOffice_MAIN", ("a WordPerfect document", "open it in LibreOffice or WordPerfect and save it as .docx or PDF")),
    ];
    let names = KINDS.map(|(name, _)| name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>());
    let first = AhoCorasick::new(&names).ok().and_then(|search| search.find_iter(bytes).map(|found| found.pattern().as_usize()).min());
    first.map_or(("a document of the old binary Office formats", RESAVE), |kind| KINDS[kind].1)
}

/// What a ZIP package is by the names of its parts.
pub(super) fn package(bytes: &[u8]) -> Named {
    const KINDS: [(&str, Named); 10] = [
        ("xl/", ("a spreadsheet", GIVE_TEXT)),
        ("ppt/", ("a presentation", "open it and save it as PDF")),
        ("visio/", ("a Visio drawing", "open it and save it as PDF")),
        ("META-INF/container.xml", EBOOK),
        ("Index/Document.iwa", ("a document of Apple Pages", "open it in Pages and export it as Word or PDF")),
        ("Index/Presentation.iwa", ("a presentation of Apple Keynote", "open it in Keynote and export it as PDF")),
        ("Index/", ("a document of an Apple program", EXPORT)),
        ("index.xml", ("a document of Apple Pages", "open it in Pages and export it as Word or PDF")),
        ("FixedDocSeq.fdseq", ("an XPS document", "open it and print it to PDF")),
        ("FixedDocumentSequence.fdseq", ("an XPS document", "open it and print it to PDF")),
    ];
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else {
        return (
            "a ZIP archive or Office document that is cut off or damaged",
            "download or copy it again; if that does not help, open it in Word or LibreOffice, let the program repair it and save it anew",
        );
    };
    // The first part of an OpenDocument or EPUB file gives its type, neither compressed nor padded (OpenDocument 1.3, part 2, section 3.3).
    let kind = bytes.get(..128).map(String::from_utf8_lossy).unwrap_or_default();
    for (mark, named) in [
        ("application/epub", EBOOK),
        ("opendocument.spreadsheet", ("a spreadsheet", GIVE_TEXT)),
        ("opendocument.presentation", ("a presentation", "open it and save it as PDF")),
        ("opendocument.graphics", ("a drawing", "open it and save it as PDF")),
    ] {
        if kind.contains(mark) {
            return named;
        }
    }
    let names: Vec<_> = archive.file_names().flatten().collect();
    let found = KINDS.iter().find(|(mark, _)| names.iter().any(|name| name.starts_with(mark)));
    found.map_or(("a ZIP archive", UNPACK), |(_, named)| *named)
}

/// What an XML file is by its beginning in small letters.
pub(super) fn xml(lower: &str) -> Option<Named> {
    let kinds: [(&[&str], Named); 4] = [
        (&["progid=\"word.document\"", "<w:worddocument", "<pkg:package"], ("a Word document saved as XML", RESAVE)),
        (&["progid=\"excel.sheet\"", "urn:schemas-microsoft-com:office:spreadsheet"], ("a spreadsheet", GIVE_TEXT)),
        (&["<svg"], ("a drawing (SVG)", "open it in a browser and print it to PDF")),
        (&["<rss", "http://www.w3.org/2005/atom"], ("a news feed", "open the page that it leads to and save that as HTML or PDF")),
    ];
    kinds.iter().find(|(marks, _)| marks.iter().any(|mark| lower.contains(mark))).map(|(_, named)| *named)
}

/// What a file of letters is, where it is not the text itself: an e-mail, a saved page, a link.
pub(super) fn written(start: &str) -> Option<Named> {
    if start.starts_with("[InternetShortcut]") {
        return Some(SHORTCUT);
    }
    let headers = start.lines().take_while(|line| !line.trim().is_empty());
    let mut first = true;
    let (mut mail, mut page) = (false, false);
    for line in headers {
        // Every line of the head of a message is a name and a value, or goes on from the line before (RFC 5322, section 2.2).
        let continued = line.starts_with([' ', '\t']) || (first && line.starts_with("From "));
        let name = line.split_once(':').map(|(name, _)| name).filter(|name| !name.is_empty() && !name.contains(' '));
        if !continued && name.is_none() {
            break;
        }
        first = false;
        let lower = line.to_ascii_lowercase();
        mail |= ["mime-version:", "received:", "message-id:", "return-path:", "x-mailer:", "content-transfer-encoding:"]
            .iter()
            .any(|header| lower.starts_with(header));
        page |= lower.starts_with("snapshot-content-location:") || lower.contains("multipart/related") || lower.contains("by mozilla");
    }
    match (mail, page) {
        (true, true) => Some(WEB_ARCHIVE),
        (true, false) => Some(MAIL),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::write::{SimpleFileOptions, ZipWriter};

    use super::super::{Format, ReadError, sniff};

    /// What is said of a file.
    fn said(bytes: &[u8]) -> String {
        match sniff(bytes) {
            Err(error @ ReadError::Unsupported { .. }) => error.to_string(),
            other => format!("read: {other:?}"),
        }
    }

    fn zip(names: &[&str]) -> Vec<u8> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        for name in names {
            let (name, content) = name.split_once('=').unwrap_or((name, "x"));
            writer.start_file(name, SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored)).expect("a part");
            writer.write_all(content.as_bytes()).expect("content");
        }
        writer.finish().expect("a package").into_inner()
    }

    fn compound(stream: &str) -> Vec<u8> {
        let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
        bytes.resize(1024, 0);
        bytes.extend(stream.encode_utf16().flat_map(u16::to_le_bytes));
        bytes
    }

    #[test]
    fn marks_are_named_with_what_to_do() {
        let tar = [&[b'a'; 257][..], b"ustar\x0000"].concat();
        let film = b"\0\0\0\x18ftypmp42\0\0\0\0";
        for (bytes, what, advice) in [
            (&b"\x89PNG\r\n\x1a\n"[..], "an image", "OCR"),
            (b"\xff\xd8\xff\xe0\0\x10JFIF", "an image", "OCR"),
            (b"GIF89a", "an image", "OCR"),
            (b"II*\0\x08\0\0\0", "an image", "OCR"),
            (b"RIFF\x10\0\0\0WEBPVP8 ", "an image", "OCR"),
            (b"\0\0\0\x18ftypheic\0\0", "an image", "OCR"),
            (b"BM\x36\x10\0\0\0\0\0\0\x36\0", "an image", "OCR"),
            (b"AT&TFORM\0\0", "DjVu", "ddjvu"),
            (b"%!PS-Adobe-3.0", "PostScript", "ps2pdf"),
            (b"\xffWPC\x10\0\0\0", "WordPerfect", "LibreOffice"),
            (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1", "OneNote", "PDF"),
            (b"bplist00\xd1", "web archive", "Safari"),
            (b"\x1f\x8b\x08\0", "gzip", "unpack"),
            (b"7z\xbc\xaf\x27\x1c\0\x04", "7-Zip", "unpack"),
            (b"Rar!\x1a\x07\x01\0", "RAR", "unpack"),
            (b"BZh91AY", "bzip2", "unpack"),
            (b"\xfd7zXZ\0\0", "xz", "unpack"),
            (&tar, "tar", "unpack"),
            (film, "a film", "text of the agreement"),
        ] {
            let said = said(bytes);
            assert!(said.contains(what) && said.contains(advice), "{said}");
        }
        assert_eq!(sniff(b"MZ is the mark of the Ministry.").ok(), Some(Format::Text));
        assert_eq!(sniff(b"BM is the mark of the Ministry.").ok(), Some(Format::Text));
    }

    #[test]
    fn compound_files_are_told_apart() {
        for (stream, what, advice) in [
            ("EncryptedPackage", "needs a password", "without one"),
            ("WordDocument", ".doc", ".docx"),
            ("Workbook", ".xls", ".docx"),
            ("PowerPoint Document", ".ppt", "PDF"),
            ("__properties_version1.0", "an e-mail", "attached"),
            ("Nothing", "old binary Office", ".docx"),
        ] {
            let said = said(&compound(stream));
            assert!(said.contains(what) && said.contains(advice), "{said}");
        }
    }

    #[test]
    fn packages_are_told_apart() {
        for (names, what, advice) in [
            (&["[Content_Types].xml", "xl/workbook.xml"][..], "a spreadsheet", ".docx"),
            (&["[Content_Types].xml", "ppt/presentation.xml"], "a presentation", "PDF"),
            (&["mimetype=application/epub+zip", "META-INF/container.xml"], "EPUB", "Calibre"),
            (&["mimetype=application/vnd.oasis.opendocument.spreadsheet", "content.xml"], "a spreadsheet", "plain text"),
            (&["Index/Document.iwa"], "Apple Pages", "export"),
            (&["treaty.pdf", "annex.pdf"], "a ZIP archive", "unpack"),
        ] {
            let said = said(&zip(names));
            assert!(said.contains(what) && said.contains(advice), "{said}");
        }
        let whole = zip(&["treaty.pdf", "annex.pdf"]);
        let said = said(&whole[..whole.len() - 40]);
        assert!(said.contains("cut off") && said.contains("download"), "{said}");
    }

    #[test]
    fn messages_pages_and_links_are_no_agreement() {
        for (text, what, advice) in [
            ("From: a@example.org\nTo: b@example.org\nMIME-Version: 1.0\nSubject: Treaty\n\nPlease see the file.", "an e-mail", "attached"),
            (
                "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.org/\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n\ttype=\"text/html\"\r\n\r\n<html>",
                "MHTML",
                "browser",
            ),
            ("[InternetShortcut]\nURL=https://example.org/", "a link", "save the page"),
            ("<?xml version=\"1.0\"?><?mso-application progid=\"Word.Document\"?><w:wordDocument>", "Word document saved as XML", ".docx"),
            ("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>", "SVG", "PDF"),
        ] {
            let said = said(text.as_bytes());
            assert!(said.contains(what) && said.contains(advice), "{said}");
        }
        assert_eq!(sniff(b"Agreement\nDone at: Sea\nReceived: never\n").ok(), Some(Format::Text));
        assert_eq!(sniff(b"Date: 1 May\nParties: all\n\nArticle 1").ok(), Some(Format::Text));
    }
}
