//! The words by which placeholders, notes and alternatives are known, and brackets that are no mark of a draft.

use std::sync::LazyLock;

use regex::Regex;

use super::PassageStatus;
use crate::text::{floor_boundary, pattern};

/// Bytes at the beginning of a passage that tell what it is.
const BEGINNING: usize = 240;
/// Most words of a placeholder or of a short remark.
const FEW_WORDS: usize = 12;

static PLACEHOLDER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:[\s.…_‒–—\-?#*•●x]*|[xyzn]{1,3}\d?|n[nº°]|tbd|tbc|to come|place ?holder.*|blank|insert\b.*|(?:date|place|venue|city|year|month|day|number|no\.?|title|amount|value|name|country|percentage)(?: (?:of|and|to) .*)?|à (?:compléter|insérer|déterminer|définir|préciser|discuter|convenir)|(?:date|lieu|nom|nombre|montant|année)|por (?:determinar|definir|insertar|completar|acordar|discutir)|a (?:determinar|completar|definir)|(?:fecha|lugar|nombre|número|monto|año)|pendiente|insertar\b.*|insérer\b.*|.*(?:…|\.\.\.)\s*)$",
    )
});
static TO_BE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:to be (?:inserted|determined|drafted|supplied|completed|provided|added|developed|defined|specified|decided|agreed|discussed|negotiated|filled in|finali[sz]ed)|(?:à|a être|être) (?:insérer|insérée?s?|compléter|complétée?s?|rédiger|fournir)|por (?:redactar|insertar|acordar|definir|completar))\b",
    )
});
static NOTE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W{0,3}(?:(?:negotiators?['’]?s?['’]?|drafters?['’]?s?['’]?|drafting|explanatory|technical|chair['’]?s?|legal|facilitator['’]?s?|editor['’]?s?|secretariat|scrub(?:bing)?|translat(?:or['’]?s|ion)) )?(?:notes?|footnotes?|comments?|remarks?|nota|notas|remarque|commentaire|comentario|observación)(?: (?:to (?:the )?(?:draft|text|drafters|negotiators)|du (?:négociateur|secrétariat|rédacteur)|des négociateurs|del (?:negociador|secretario)|de los negociadores))?(?: \d{1,3})?[ \u{a0}\u{202f}]?[:–—]",
    )
});
static PENDING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:to be (?:confirmed|considered|revisited|clarified|checked|narrowed|reviewed|discussed|examined|verified)|(?:is|are|still) (?:still )?considering|under (?:consideration|review|discussion)|subject to (?:further )?(?:legal )?(?:scrub(?:bing)?|review|verification|confirmation|consultations?)|(?:to|will|would) (?:revert|consider|confirm|consult|come back|reflect)|can (?:accept|support|agree|live with)\b.*\bif\b|pending|ad referendum|needs? to consult|à confirmer|à l['’]examen|en attente|sous réserve de (?:révision|vérification|confirmation)|a confirmar|por confirmar|en consulta|en estudio|sujet[oa] a (?:revisión|confirmación)|tbc)\b",
    )
});
static RESERVED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:reserv(?:es?|ed|ing)(?: (?:its|their|her|his))? positions?|scrutiny reservation|réserv(?:e|ent)(?: (?:sa|leur))? position|se réserv(?:e|ent)|(?:se )?reserva(?:n)? su (?:posición|postura))\b",
    )
});
/// What follows the name of a delegation when it speaks of the text instead of proposing words.
static REMARK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s*(?:to (?:be|revert|confirm|check|consider|consult|reflect)\b|can (?:accept|support|agree|live)\b|cannot (?:accept|support|agree)\b|supports?\b|prefers?\b|oppos(?:es?|ed)\b|reserv(?:es?|ed|ing)\b|needs? (?:to|more|time)\b|under (?:consideration|review)|(?:is|are|still|was|were) |consider(?:s|ing)\b|pending\b|will (?:revert|consider|not|provide|come)\b|would (?:prefer|accept|like|support)\b|could (?:accept|support|agree)\b|no (?:position|objection)|agrees?\b|flexible\b|open to\b|objects?\b|asks?\b|requests?\b|queries\b|why\b|scope\b|delete\b|withdr[ae]w|peut accepter|appuie|s['’]oppose|en attente|préfère|demande|se reserva|puede aceptar|apoya|prefiere|en consulta|pide)",
    )
});
static ALTERNATIVE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^(?i:(?:article |art\. )?(?:[\w.]{1,8} )?alt(?:ernat(?:ive|iva))?\.?|alternat(?:ive|iva)|options?|opción|opcion|variante?)[ \u{a0}]*(?:(?:no\.?|n[º°]) ?)?(?:(?:\d{1,2}|[A-Z]|[IVX]{1,4})\b|[:\u{a0}]|\s*$)",
    )
});
static NO_MARK: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s*(?:\^.*|sic|signed\b.*|signatures?|signature of .*|l\. ?s\.?|seal|sello|sceau|firma.*|oj\b.*|o\.j\..*|journal officiel.*|jo\b.*|do\b [cl].*|diario oficial.*|hereinafter.*|ci-après.*|en adelante.*|en lo sucesivo.*|(?:repealed|deleted|omitted|abrogated|revoked|abrogé|suprimé|derogado|suprimido)\b.*|(?:as )?(?:amended|inserted|added|replaced|renumbered|modified) (?:by|in|on)\b.*|modifié par.*|modificado por.*|(?:cursory |unofficial |official )?translation|traduction.*|traducción.*|emphasis .*|home|back|back to .*|top|retour.*|volver.*|next|previous|pages? \d+|p\. ?\d+|not reproduced.*|see .*|voir .*|véase .*|made in|made at|https?:.*|www\..*|image.*|\[?\d{1,3}\]? (?:as amended|see|amended).*)\s*$",
    )
});

fn beginning(inside: &str) -> &str {
    &inside[..floor_boundary(inside, BEGINNING)]
}

fn few_words(inside: &str) -> bool {
    inside.len() <= BEGINNING && inside.split_whitespace().count() <= FEW_WORDS
}

/// Whether the words in brackets stand for words that are missing.
pub(super) fn is_placeholder(inside: &str) -> bool {
    few_words(inside) && !inside.contains('[') && (PLACEHOLDER.is_match(inside.trim()) || TO_BE.is_match(inside))
}

/// Whether the words say that something is missing (`TBD`, `to be inserted`, nothing at all), which no finished text does.
pub(super) fn says_missing(inside: &str) -> bool {
    let inside = inside.trim();
    inside.is_empty()
        || TO_BE.is_match(inside)
        || ["tbd", "tbc", "…", "...", "..", "placeholder", "xx"].contains(&inside.to_lowercase().as_str())
}

/// Whether the words are a note on the text: `Note: …`, `Negotiator's note: …`.
pub(super) fn is_note(words: &str) -> bool {
    NOTE.is_match(beginning(words))
}

/// Whether the words name no party and yet only say how the text stands: "subject to legal scrubbing".
pub(super) fn is_remark_without_party(inside: &str) -> bool {
    few_words(inside)
        && (RESERVED.is_match(inside) || PENDING.find(inside).is_some_and(|found| inside[..found.start()].split_whitespace().count() <= 4))
}

/// Whether a delegation speaks of the text: what stands behind `WI:` in "WI: to be considered in capital".
pub(super) fn is_remark(rest: &str) -> bool {
    REMARK.is_match(beginning(rest)) || few_words(rest) && (PENDING.is_match(rest) || RESERVED.is_match(rest))
}

/// Whether the words are marked as one wording among several: `Alt 1: …`, `Option A`, `ALT`.
pub(super) fn is_alternative(inside: &str) -> bool {
    ALTERNATIVE.is_match(beginning(inside.trim_start()))
}

/// What a position says of the state of the text.
pub(super) fn status_of(words: &str) -> Option<PassageStatus> {
    let words = beginning(words);
    if RESERVED.is_match(words) {
        Some(PassageStatus::Reserved)
    } else if PENDING.is_match(words) {
        Some(PassageStatus::ToBeConfirmed)
    } else {
        None
    }
}

/// Whether words in brackets are an editor's and not a draft's, whatever the text.
pub(super) fn is_no_mark(inside: &str) -> bool {
    let short = beginning(inside);
    NO_MARK.is_match(short.lines().next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::{is_alternative, is_no_mark, is_note, is_placeholder, is_remark};

    #[test]
    fn placeholders() {
        for inside in [
            "",
            " ",
            "…",
            "..",
            "TBD",
            "XX",
            "X",
            "NN",
            "date",
            "to be inserted",
            "to be discussed",
            "name of the State",
            "Placeholder",
            "other professions: …",
            "à compléter",
            "por definir",
            "___",
            "Text to be provided by finance experts.",
        ] {
            assert!(is_placeholder(inside), "{inside}");
        }
        for inside in [
            "shall",
            "gradual",
            "an international body",
            "30",
            "within six months",
            "dates of release",
            "to be or not to be taken into account",
        ] {
            assert!(!is_placeholder(inside), "{inside}");
        }
    }

    #[test]
    fn notes_and_remarks() {
        for words in [
            "Note: x",
            "Negotiator's note: x",
            "Negotiators' Note: x",
            "Drafting note – x",
            "Note to the draft: x",
            "Nota: x",
            "Remarque : x",
            "Footnote: x",
        ] {
            assert!(is_note(words), "{words}");
        }
        assert!(!is_note("Notes are exchanged") && !is_note("NOTE. The licence is kept in the van."));
        for rest in [
            " to be considered in capital",
            " can accept if Article 3.5 is agreed",
            " scope to be narrowed",
            " prefers to use Article 8.2",
            " to revert",
        ] {
            assert!(is_remark(rest), "{rest}");
        }
        for rest in [
            " shall endeavour to",
            " The Department for Business will represent HL.",
            " , in particular",
            " the Parties shall support culture",
        ] {
            assert!(!is_remark(rest), "{rest}");
        }
    }

    #[test]
    fn alternatives() {
        for inside in [
            "Alternative 1: x",
            "Alt 1: x",
            "ALT: x",
            "Option A",
            "Opción 1",
            "Variante 2 : x",
            "Article 5 alt",
            "Alternativa B. x",
            "5 alt",
        ] {
            assert!(is_alternative(inside), "{inside}");
        }
        for inside in ["Alternative dispute resolution", "Options for film", "alternative means", "salt", "Article 5 altogether"] {
            assert!(!is_alternative(inside), "{inside}");
        }
    }

    #[test]
    fn what_is_an_editors() {
        for inside in [
            "sic",
            "^12",
            "OJ L 123, 4.5.2006",
            "signature",
            "Signed:",
            "Repealed",
            "As amended by the Protocol",
            "hereinafter \"the Fund\"",
            "page 12",
            "https://example.org",
        ] {
            assert!(is_no_mark(inside), "{inside}");
        }
        for inside in ["shall", "Signatories", "do", "EU: films"] {
            assert!(!is_no_mark(inside), "{inside}");
        }
    }
}
