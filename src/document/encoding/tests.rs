//! Files in the encodings in which agreements have been published, in our own words.

use super::{decode, decode_with_messages, decode_xml};

const FRENCH: &str = "L’Etat protège le théâtre, la fête et l’été; il crée à ses côtés un fonds — « très généreux ».";

fn codes(bytes: &[u8]) -> Vec<String> {
    decode_with_messages(bytes).1.into_iter().map(|message| message.code).collect()
}

#[test]
fn line_breaks_become_one_kind() {
    assert_eq!(decode(b"a\r\nb\rc\nd\x0be").0, "a\nb\nc\nd\ne");
}

#[test]
fn controls_and_signs_without_width_go() {
    assert_eq!(decode("a\u{1}b\u{ad}c\u{200b}d\u{1a}\u{c}\te\u{92}s \u{96} f".as_bytes()).0, "abcd\u{c}\te’s – f");
}

#[test]
fn windows_1252_is_recognised() {
    let bytes = b"Les Parties r\xe9affirment leur volont\xe9 de coop\xe9rer \x96 sans d\xe9lai.";
    let (text, whole) = decode(bytes);
    assert!(whole);
    assert_eq!(text, "Les Parties réaffirment leur volonté de coopérer – sans délai.");
}

#[test]
fn wide_encodings_are_read_with_and_without_their_mark() {
    for words in [FRENCH, "Ärticle", "Статья 1. Стороны сотрудничают в области культуры."] {
        for mark in ["", "\u{feff}"] {
            let marked = format!("{mark}{words}");
            let little: Vec<u8> = marked.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let big: Vec<u8> = marked.encode_utf16().flat_map(u16::to_be_bytes).collect();
            assert_eq!(decode(&little).0, words);
            assert_eq!(decode(&big).0, words);
        }
    }
    let wide: Vec<u8> = format!("\u{feff}{FRENCH}").chars().flat_map(|character| u32::from(character).to_le_bytes()).collect();
    assert_eq!(decode(&wide).0, FRENCH);
    let wide: Vec<u8> = FRENCH.chars().flat_map(|character| u32::from(character).to_be_bytes()).collect();
    assert_eq!(decode(&wide).0, FRENCH);
}

#[test]
fn old_computers_are_told_by_their_letters() {
    // Macintosh and DOS: the same words.
    let macintosh = b"L\xd5Etat prot\x8fge le th\x8e\x89tre, la f\x90te et l\xd5\x8et\x8e; il cr\x8ee \x88 ses c\x99t\x8es un fonds \xd1 \xc7 tr\x8fs g\x8en\x8ereux \xc8.";
    assert_eq!(decode(macintosh).0, FRENCH);
    let dos = b"L'Etat prot\x8age le th\x82\x83tre, la f\x88te et l'\x82t\x82; il cr\x82e \x85 ses c\x93t\x82s un fonds \xae tr\x8as g\x82n\x82reux \xaf.";
    assert_eq!(decode(dos).0, FRENCH.replace('’', "'").replace(" —", ""));
    // Latin-9 has the letter of "works" where Windows has a fraction.
    assert_eq!(decode(b"Les \xbduvres d'art et le c\xbdur de l'\xe9t\xe9.").0, "Les œuvres d'art et le cœur de l'été.");
    assert_eq!(decode(b"Une part de 1\xbd pour l'\xe9t\xe9, \xe0 c\xf4t\xe9.").0, "Une part de 1½ pour l'été, à côté.");
}

#[test]
fn other_scripts_are_not_taken_for_old_computers() {
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode("Стороны сотрудничают в области культуры и искусства.");
    assert_eq!(decode(&bytes).0, "Стороны сотрудничают в области культуры и искусства.");
    let (bytes, _, _) = encoding_rs::WINDOWS_1250.encode("Strany spolupracují v oblasti kultury, umění a dědictví při péči o památky.");
    assert_eq!(decode(&bytes).0, "Strany spolupracují v oblasti kultury, umění a dědictví při péči o památky.");
}

#[test]
fn two_encodings_in_one_file_are_both_read() {
    let bytes = [FRENCH.as_bytes(), b" Le th\xe9\xe2tre."].concat();
    assert_eq!(decode(&bytes).0, format!("{FRENCH} Le théâtre."));
    assert_eq!(codes(&bytes), ["mixed-encodings"]);
    assert_eq!(codes(FRENCH.as_bytes()), [""; 0]);
}

#[test]
fn a_text_cut_in_a_character_says_so() {
    let bytes = &FRENCH.as_bytes()[..FRENCH.len() - ".".len() - 1];
    assert_eq!(codes(bytes), ["cut-off"]);
    assert_eq!(decode(bytes).0, FRENCH.trim_end_matches("»."));
}

#[test]
fn words_encoded_twice_are_put_right() {
    let (twice, _, _) = encoding_rs::WINDOWS_1252.decode(FRENCH.as_bytes());
    assert_eq!(decode_with_messages(twice.as_bytes()).0, FRENCH);
    assert_eq!(codes(twice.as_bytes()), ["encoded-twice"]);
    for meant in ["A NAÇÃO, Ã, E Â: SÃO PALAVRAS.", "Ângela é a única «â»"] {
        assert_eq!(decode_with_messages(meant.as_bytes()), (meant.to_owned(), vec![]));
    }
}

#[test]
fn the_encoding_that_xml_declares_is_believed() {
    let bytes = b"<?xml version=\"1.0\" encoding='ISO-8859-2'?><a>\xb3\xf3d\xbc</a>";
    assert!(decode_xml(bytes).0.contains("łódź"));
    let wide: Vec<u8> = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><a>é</a>".encode_utf16().flat_map(u16::to_be_bytes).collect();
    assert!(decode_xml(&wide).0.ends_with("<a>é</a>"));
}

#[test]
fn what_cannot_be_decoded_is_told() {
    // Half of a pair of UTF-16 stands alone.
    let bytes = [0xff, 0xfe, b'A', 0, 0x00, 0xd8, b'B', 0];
    assert_eq!((decode(&bytes).0.as_str(), codes(&bytes)), ("A\u{fffd}B", vec!["undecodable-bytes".to_owned()]));
}
