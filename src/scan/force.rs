//! Force, from the verb that governs the clause (codebook, convention 22).

use super::fold::STOP;
use super::verify::Reading;
use crate::rules::Force;

/// Verbs by force, on folded words. Longer forms stand before their beginnings; the first that fits a place counts.
const VERBS: &[(&[&str], Force)] = &[
    (&["shall", "endeavour"], Force::BestEndeavours),
    (&["shall", "endeavor"], Force::BestEndeavours),
    (&["will", "endeavour"], Force::BestEndeavours),
    (&["will", "endeavor"], Force::BestEndeavours),
    (&["shall", "seek"], Force::BestEndeavours),
    (&["will", "seek"], Force::BestEndeavours),
    (&["shall", "strive"], Force::BestEndeavours),
    (&["shall", "encourage"], Force::BestEndeavours),
    (&["will", "encourage"], Force::BestEndeavours),
    (&["shall", "aim"], Force::BestEndeavours),
    (&["shall", "make", "every", "effort"], Force::BestEndeavours),
    (&["shall", "work", "toward"], Force::BestEndeavours),
    (&["shall", "to", "the", "extent", "possible"], Force::BestEndeavours),
    (&["shall", "where", "appropriate"], Force::BestEndeavours),
    (&["endeavour"], Force::BestEndeavours),
    (&["endeavor"], Force::BestEndeavours),
    (&["should"], Force::BestEndeavours),
    (&["strive"], Force::BestEndeavours),
    (&["encourage"], Force::BestEndeavours),
    (&["aim", "to"], Force::BestEndeavours),
    (&["aim", "at"], Force::BestEndeavours),
    (&["seek", "to"], Force::BestEndeavours),
    (&["agree", "to", "endeavour"], Force::BestEndeavours),
    (&["shall"], Force::Binding),
    (&["undertake"], Force::Binding),
    (&["commit", "to"], Force::Binding),
    (&["commit", "themselve"], Force::Binding),
    (&["is", "subject", "to"], Force::Binding),
    (&["are", "subject", "to"], Force::Binding),
    (&["agree"], Force::Binding),
    (&["must"], Force::Binding),
    (&["are", "to"], Force::Binding),
    (&["is", "to"], Force::Binding),
    (&["shall", "be", "to"], Force::Binding),
    (&["annexed", "to"], Force::Binding),
    (&["integral", "part"], Force::Binding),
    (&["is", "incorporated"], Force::Binding),
    (&["are", "incorporated"], Force::Binding),
    (&["mean", "a"], Force::Binding),
    (&["mean", "an"], Force::Binding),
    (&["mean", "any"], Force::Binding),
    (&["mean", "the"], Force::Binding),
    (&["retain"], Force::Binding),
    (&["keep"], Force::Binding),
    (&["reserve", "the", "right"], Force::Binding),
    (&["hereby", "set", "up"], Force::Binding),
    (&["hereby", "establish"], Force::Binding),
    (&["will"], Force::Binding),
    (&["doe", "not", "apply"], Force::Binding),
    (&["do", "not", "apply"], Force::Binding),
    (&["not", "apply"], Force::Binding),
    (&["nothing", "in"], Force::Binding),
    (&["exempt", "from"], Force::Binding),
    (&["applie"], Force::Binding),
    (&["apply", "to"], Force::Binding),
    (&["neither", "party", "may"], Force::Binding),
    (&["no", "party", "may"], Force::Binding),
    (&["a", "party", "may", "not"], Force::Binding),
    (&["may", "not"], Force::Binding),
    (&["may"], Force::Permissive),
    (&["recognise"], Force::Declaratory),
    (&["recognize"], Force::Declaratory),
    (&["recognising"], Force::Declaratory),
    (&["recognizing"], Force::Declaratory),
    (&["affirm"], Force::Declaratory),
    (&["reaffirm"], Force::Declaratory),
    (&["acknowledge"], Force::Declaratory),
    (&["confirm"], Force::Declaratory),
    (&["note"], Force::Declaratory),
    (&["share", "the", "view"], Force::Declaratory),
    // French
    (&["s", "efforcent"], Force::BestEndeavours),
    (&["s", "efforcer"], Force::BestEndeavours),
    (&["s", "efforceront"], Force::BestEndeavours),
    (&["s", "efforce"], Force::BestEndeavours),
    (&["encouragent"], Force::BestEndeavours),
    (&["visent", "a"], Force::BestEndeavours),
    (&["peut"], Force::Permissive),
    (&["peuvent"], Force::Permissive),
    (&["peuvent", "pa"], Force::Binding),
    (&["reconnaissent"], Force::Declaratory),
    (&["reconnait"], Force::Declaratory),
    (&["reaffirment"], Force::Declaratory),
    (&["reaffirme"], Force::Declaratory),
    (&["s", "engagent"], Force::Binding),
    (&["doit"], Force::Binding),
    (&["doivent"], Force::Binding),
    (&["conviennent"], Force::Binding),
    (&["conserve"], Force::Binding),
    (&["conservent"], Force::Binding),
    (&["ne", "s", "applique"], Force::Binding),
    (&["ne", "s", "appliquent"], Force::Binding),
    (&["aucune", "disposition"], Force::Binding),
    (&["rien", "dan"], Force::Binding),
    // Spanish
    (&["procuraran"], Force::BestEndeavours),
    (&["procurara"], Force::BestEndeavours),
    (&["se", "esforzaran"], Force::BestEndeavours),
    (&["alentaran"], Force::BestEndeavours),
    (&["fomentaran"], Force::BestEndeavours),
    (&["consideraran"], Force::BestEndeavours),
    (&["podra"], Force::Permissive),
    (&["podran"], Force::Permissive),
    (&["ninguna", "parte", "podra"], Force::Binding),
    (&["reconocen"], Force::Declaratory),
    (&["reconoce"], Force::Declaratory),
    (&["reconociendo"], Force::Declaratory),
    (&["reiteran"], Force::Declaratory),
    (&["debera"], Force::Binding),
    (&["deberan"], Force::Binding),
    (&["acuerdan"], Force::Binding),
    (&["conserva"], Force::Binding),
    (&["conservan"], Force::Binding),
    (&["se", "comprometen"], Force::Binding),
    (&["no", "se", "aplicara"], Force::Binding),
    (&["no", "se", "aplica"], Force::Binding),
    (&["ninguna", "disposicion"], Force::Binding),
    (&["nada", "de"], Force::Binding),
    (&["otorgara"], Force::Binding),
    (&["adoptara"], Force::Binding),
    (&["mantendra"], Force::Binding),
];

/// The force of the clause that holds the match `start..end` of a reading: from the last verb before the match in its
/// sentence, else from the first inside or behind it. `None` where no verb is found.
#[must_use]
pub fn of(reading: &Reading<'_>, start: usize, end: usize) -> Option<Force> {
    let first = (0..start).rev().find(|&at| reading.word(at) == STOP).map_or(0, |stop| stop + 1);
    let last = (end..reading.len()).find(|&at| reading.word(at) == STOP).unwrap_or(reading.len());
    let before = verbs(reading, first, start).last().copied();
    let inside = || verbs(reading, start, end).first().copied();
    let behind = || verbs(reading, end, last).first().copied();
    // A prohibition that reaches into the match ("neither Party may accord …") is read whole.
    let found = match (before, inside()) {
        (Some(_), Some(other)) if other.0 == start => Some(other),
        // "Recognising that …, the Parties agree": the participle governs nothing.
        (Some(one), other) if one.1 == Force::Declaratory && reading.word(one.0).ends_with("ing") => other.or_else(behind).or(Some(one)),
        (Some(one), _) => Some(one),
        (None, Some(other)) => Some(other),
        (None, None) => behind(),
    };
    let (at, force) = found?;
    if force == Force::Declaratory {
        return Some(force);
    }
    if is_purpose(reading, at) {
        return Some(Force::Declaratory);
    }
    if at < start && is_bare_field(reading, at, start) || first < last && softened(reading, first, last) {
        return Some(Force::BestEndeavours);
    }
    Some(force)
}

/// "The objectives of this Chapter are to …" states a purpose.
fn is_purpose(reading: &Reading<'_>, verb: usize) -> bool {
    const NEAR: usize = 9;
    matches!(reading.word(verb), "are" | "is" | "shall")
        && matches!(reading.word(verb + 1), "to" | "be" | "the")
        && (verb.saturating_sub(NEAR)..verb).any(|at| matches!(reading.word(at), "objective" | "aim" | "purpose"))
}

/// A bare field in a list of co-operation: "cooperation may include …", "promote cooperation, in particular through …".
/// "The Parties shall cooperate in …" binds for every field.
fn is_bare_field(reading: &Reading<'_>, verb: usize, start: usize) -> bool {
    const INTRODUCERS: [&[&str]; 9] = [
        &["in", "particular"],
        &["inter", "alia"],
        &["including"],
        &["mainly"],
        &["notably"],
        &["such", "a"],
        &["focu", "on"],
        &["en", "particular"],
        &["notamment"],
    ];
    let is_cooperation = |at: usize| {
        let word = reading.word(at);
        word.starts_with("cooperation") || word.starts_with("cooperacion") || word == "operation" && at > 0 && reading.word(at - 1) == "co"
    };
    if verb > 0 && is_cooperation(verb - 1) {
        return true;
    }
    let introducer = (verb..start)
        .rev()
        .find(|&at| INTRODUCERS.iter().any(|words| words.iter().enumerate().all(|(offset, word)| reading.word(at + offset) == *word)));
    introducer.is_some_and(|introducer| (verb..introducer).any(is_cooperation))
}

/// "to the extent possible" and the like take the obligation back.
fn softened(reading: &Reading<'_>, first: usize, last: usize) -> bool {
    const WORDS: [&[&str]; 12] = [
        &["to", "the", "extent", "possible"],
        &["extent", "practicable"],
        &["maximum", "extent", "possible"],
        &["where", "possible"],
        &["where", "practicable"],
        &["a", "far", "a", "possible"],
        &["wherever", "possible"],
        &["dan", "la", "mesure", "du", "possible"],
        &["en", "la", "medida", "de", "lo", "posible"],
        &["en", "la", "medida", "posible"],
        &["best", "endeavour"],
        &["best", "effort"],
    ];
    (first..last).any(|at| WORDS.iter().any(|words| words.iter().enumerate().all(|(offset, word)| reading.word(at + offset) == *word)))
}

/// In Spanish the future, in French the present says "shall": "cada Parte otorgará", "les Parties coopèrent". Only a verb right
/// after its subject or pronoun is taken, since many nouns and adjectives end alike.
fn is_plain_undertaking(before: &str, word: &str) -> bool {
    let subject = matches!(before, "parte" | "partie" | "party" | "se" | "no" | "ne" | "comunidad" | "estado" | "etat");
    let spanish = word.len() > 5 && ["ra", "ran"].iter().any(|ending| word.ends_with(ending)) && !word.ends_with("dora");
    // The plural "parties" folds to the English "party".
    let plural = before == "party"
        && word.ends_with("ent")
        && !matches!(word, "agreement" | "government" | "consent" | "present" | "investment" | "treatment");
    let french = plural
        || before == "partie"
            && word.len() > 4
            && (word.ends_with("ent") || word.ends_with('e'))
            && !matches!(
                word,
                "contractante"
                    | "prenante"
                    | "concernee"
                    | "interessee"
                    | "importatrice"
                    | "exportatrice"
                    | "autre"
                    | "notifiante"
                    | "visee"
            );
    subject && (spanish || french)
}

/// The verbs between two positions, in order.
fn verbs(reading: &Reading<'_>, from: usize, to: usize) -> Vec<(usize, Force)> {
    let mut found = Vec::new();
    let mut at = from;
    while at < to {
        let fit = VERBS
            .iter()
            .filter(|(words, _)| words.iter().enumerate().all(|(offset, word)| reading.word(at + offset) == *word))
            .max_by_key(|(words, _)| words.len());
        if let Some((words, force)) = fit {
            found.push((at, *force));
            at += words.len();
        } else {
            if at > 0 && is_plain_undertaking(reading.word(at - 1), reading.word(at)) {
                found.push((at, Force::Binding));
            }
            at += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::fold::Folded;
    use super::*;
    use crate::rules::lexicon::Lexicon;
    use crate::rules::phrase::parse;

    fn force(text: &str, phrase: &str) -> Option<Force> {
        let mut lexicon = Lexicon::default();
        let phrase = lexicon.compile(&parse(phrase).expect(phrase));
        let folded = Folded::new(text, &[], &lexicon);
        let reading = Reading::new(&folded, (0..u32::try_from(folded.tokens.len()).expect("short")).collect());
        let (start, end) = reading.matches(&phrase).next().expect("a match");
        of(&reading, start, end)
    }

    #[test]
    fn the_governing_verb_decides() {
        for (text, phrase, wanted) in [
            ("The Parties shall co-operate on culture.", "culture", Force::Binding),
            ("The Parties shall endeavour to co-operate on culture.", "culture", Force::BestEndeavours),
            ("A Party may support culture.", "culture", Force::Permissive),
            ("The Parties recognise the value of culture.", "culture", Force::Declaratory),
            ("A Party may act. The Parties shall support culture.", "culture", Force::Binding),
            ("Neither Party may accord less favourable treatment to digital products.", "digital products", Force::Binding),
            ("Las Partes procurarán cooperar en cultura.", "cultura", Force::BestEndeavours),
            ("Recognising the value of culture, the Parties shall support film.", "film", Force::Binding),
            ("Cooperation may include the exchange of films.", "films", Force::BestEndeavours),
            ("The Parties agree to promote cooperation, in particular through co-production.", "co-production", Force::BestEndeavours),
            ("The Parties shall cooperate in fields such as culture.", "culture", Force::Binding),
            ("Each Party shall, where possible, protect culture.", "culture", Force::BestEndeavours),
            ("The objectives of this Chapter are to promote culture.", "culture", Force::Declaratory),
            ("Cada Parte otorgará acceso a la cultura.", "cultura", Force::Binding),
            ("Les Parties coopèrent en matière de culture.", "culture", Force::Binding),
            ("Les Parties s'efforcent de coopérer en matière de culture.", "culture", Force::BestEndeavours),
        ] {
            assert_eq!(force(text, phrase), Some(wanted), "{text}");
        }
    }
}
