//! Force, from the verb that governs the clause (codebook, convention 22). The verbs are data: `force_words.rs`.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::fold::{Folded, STOP};
use super::force_words::{
    AIMS, CENTRES, COMPRISES, CONDITIONS, ENTRIES, FILLERS, INTRODUCERS, RELATIVES, RESERVED, Role, SAYING, SUBJECTS, UNDERTAKINGS,
};
use super::verify::Reading;
use crate::rules::Force;
use crate::rules::lexicon::Lexicon;

/// Words before and behind a match that are read for its verb: sentences of treaties are shorter, and a text without full stops
/// does not cost more for each of its findings.
const BEFORE: usize = 400;
const BEHIND: usize = 150;
/// Words between a relative pronoun and its verb.
const RELATIVE: usize = 6;
/// Words between the name of an aim and the verb that states it.
const AIM: usize = 9;

/// The words of an entry behind its first, and what it does.
type Entry = (Vec<String>, Role);

/// The data of `force_words.rs`, folded as the texts are.
struct Words {
    /// By the first word, the longest first.
    entries: HashMap<String, Vec<Entry>>,
    introducers: Vec<Vec<String>>,
    fillers: HashSet<String>,
    subjects: HashSet<String>,
    saying: HashSet<String>,
    relatives: HashSet<String>,
    aims: HashSet<String>,
    conditions: HashSet<String>,
    reserved: HashSet<String>,
    centres: HashSet<String>,
    undertakings: HashSet<String>,
    comprises: HashSet<String>,
}

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut entries: HashMap<String, Vec<Entry>> = HashMap::new();
    for &(role, phrases) in ENTRIES {
        for phrase in phrases.split('|') {
            let mut words = folded(phrase);
            if !words.is_empty() {
                let first = words.remove(0);
                entries.entry(first).or_default().push((words, role));
            }
        }
    }
    for list in entries.values_mut() {
        list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
    }
    let set = |words: &str| folded(words).into_iter().collect();
    Words {
        entries,
        introducers: INTRODUCERS.split('|').map(folded).collect(),
        fillers: set(FILLERS),
        subjects: set(SUBJECTS),
        saying: set(SAYING),
        relatives: set(RELATIVES),
        aims: set(AIMS),
        conditions: set(CONDITIONS),
        reserved: set(RESERVED),
        centres: set(CENTRES),
        undertakings: set(UNDERTAKINGS),
        comprises: set(COMPRISES),
    }
});

fn folded(phrase: &str) -> Vec<String> {
    let folded = Folded::new(phrase, &[], &Lexicon::default());
    (0..folded.tokens.len()).map(|at| folded.word(at).to_owned()).collect()
}

/// A verb at a place of a reading.
#[derive(Clone, Copy, Debug)]
struct Governor {
    at: usize,
    force: Force,
    /// Governs only where nothing else does: a participle, or the verb of a relative clause.
    weak: bool,
}

/// The force of the clause that holds the match `start..end` of a reading: from the last verb before the match in its
/// sentence, else from the first inside or behind it. `None` where no verb is found.
#[must_use]
pub fn of(reading: &Reading<'_>, start: usize, end: usize) -> Option<Force> {
    let floor = start.saturating_sub(BEFORE);
    let first = (floor..start).rev().find(|&at| reading.word(at) == STOP).map_or(floor, |stop| stop + 1);
    let ceiling = reading.len().min(end + BEHIND);
    let last = (end..ceiling).find(|&at| reading.word(at) == STOP).unwrap_or(ceiling);
    let (verbs, softened) = governors(reading, first, last);
    let strong = |verb: &&Governor| !verb.weak;
    let before = verbs.iter().filter(strong).rfind(|verb| verb.at < start);
    let inside = verbs.iter().filter(strong).find(|verb| (start..end).contains(&verb.at));
    let behind = || verbs.iter().filter(strong).find(|verb| verb.at >= end);
    // A prohibition that begins the match ("neither Party may accord …") is read whole.
    let governor = inside.filter(|verb| verb.at == start).or(before).or(inside);
    let weak = || verbs.iter().rfind(|verb| verb.at < start).or_else(|| verbs.first());
    let verb = governor.or_else(behind).or_else(weak)?;
    if is_bare_field(reading, verb, start, end) {
        return Some(Force::BestEndeavours);
    }
    if verb.force == Force::Declaratory {
        return Some(Force::Declaratory);
    }
    Some(if softened { Force::BestEndeavours } else { verb.force })
}

/// The verbs of a sentence in order, and whether something takes the obligation back.
fn governors(reading: &Reading<'_>, from: usize, to: usize) -> (Vec<Governor>, bool) {
    let mut found = Vec::new();
    let mut softened = false;
    let mut at = from;
    while at < to {
        let Some((length, role)) = entry(reading, at, to) else {
            if at > from && is_plain_undertaking(reading.word(at - 1), reading.word(at)) {
                found.push(Governor { at, force: Force::Binding, weak: is_relative(reading, from, at) });
            }
            at += 1;
            continue;
        };
        let force = match role {
            Role::Softener => {
                softened = true;
                None
            }
            Role::Verb(force) => Some(force),
            Role::AfterSubject(force) => (at == from || is_subject(reading.word(at - 1))).then_some(force),
            Role::Inner(force) => {
                let one_of_several = matches!(reading.word(at + 1), "and" | "or" | "et" | "ou" | "y");
                let denied = at > from && matches!(reading.word(at - 1), "not" | "no" | "nor");
                (!one_of_several && !denied).then_some(force)
            }
            Role::Participle => Some(Force::Declaratory),
            // "is, to the extent possible, …" is no "is to".
            Role::Aim(_) if entry(reading, at + 1, to).is_some_and(|(_, role)| role == Role::Softener) => None,
            Role::Aim(force) => {
                let states_aim = (at.saturating_sub(AIM).max(from)..at).any(|near| WORDS.aims.contains(reading.word(near)));
                if states_aim { Some(Force::Declaratory) } else { force }
            }
        };
        // "shall be" that states no aim leaves its "shall" to be read.
        let length = match role {
            Role::Aim(None) if force.is_none() => {
                let single = WORDS.entries.get(reading.word(at)).and_then(|list| list.iter().find(|(rest, _)| rest.is_empty()));
                if let Some((_, Role::Verb(force))) = single {
                    found.push(Governor { at, force: *force, weak: is_relative(reading, from, at) });
                }
                1
            }
            Role::Aim(_) | Role::AfterSubject(_) | Role::Inner(_) if force.is_none() => 1,
            _ => length,
        };
        if let Some(force) = force {
            let weak = role == Role::Participle || is_relative(reading, from, at);
            found.push(Governor { at, force, weak });
        }
        at += length;
    }
    (found, softened)
}

/// The longest entry that stands at a place, with its length in words; adverbs may stand between its words.
fn entry(reading: &Reading<'_>, at: usize, to: usize) -> Option<(usize, Role)> {
    const ADVERBS: usize = 3;
    WORDS.entries.get(reading.word(at))?.iter().find_map(|(rest, role)| {
        let mut next = at + 1;
        for word in rest {
            let limit = next + ADVERBS;
            while next < limit && reading.word(next) != word && WORDS.fillers.contains(reading.word(next)) {
                next += 1;
            }
            if next >= to || reading.word(next) != word {
                return None;
            }
            next += 1;
        }
        Some((next - at, *role))
    })
}

fn is_subject(word: &str) -> bool {
    WORDS.subjects.contains(word)
}

/// Whether a verb is that of a relative clause or of a condition: "measures that a Party may adopt", "where a Party may act".
fn is_relative(reading: &Reading<'_>, from: usize, verb: usize) -> bool {
    let opens = |at: &usize| {
        let word = reading.word(*at);
        let next = reading.word(at + 1);
        // "where appropriate", "when choosing" are no clauses with a verb of their own.
        WORDS.relatives.contains(word) || WORDS.conditions.contains(word) && !WORDS.reserved.contains(next) && !next.ends_with("ing")
    };
    // Between the pronoun and its verb stands no other verb.
    let near = verb.saturating_sub(RELATIVE).max(from)..verb;
    let Some(pronoun) = near.rev().take_while(|&at| !is_verb(reading.word(at))).find(opens) else { return false };
    let object = matches!(reading.word(pronoun), "that" | "que" | "qu");
    // "that culture shall …" at the beginning continues a chapeau.
    !(object && (pronoun == from || WORDS.saying.contains(reading.word(pronoun - 1)) || is_verb(reading.word(pronoun - 1))))
}

/// Whether a word alone is an entry.
fn is_verb(word: &str) -> bool {
    WORDS.entries.get(word).is_some_and(|list| list.iter().any(|(rest, role)| rest.is_empty() && matches!(role, Role::Verb(_))))
}

/// A bare field in a list of co-operation: "cooperation may include …", "promote cooperation, in particular through …".
/// "The Parties shall cooperate in …" binds for every field, and so does "shall concentrate their cooperation on …".
fn is_bare_field(reading: &Reading<'_>, verb: &Governor, start: usize, end: usize) -> bool {
    let is_cooperation = |at: usize| {
        let word = reading.word(at);
        word.starts_with("cooperation") || word.starts_with("cooperacion") || word == "operation" && at > 0 && reading.word(at - 1) == "co"
    };
    let near = verb.at..verb.at + 4;
    let permits = verb.force == Force::Permissive;
    let lists = near.clone().any(|at| WORDS.centres.contains(reading.word(at)) || permits && WORDS.comprises.contains(reading.word(at)));
    let of_cooperation = (verb.at.saturating_sub(4)..verb.at).any(|at| WORDS.undertakings.contains(reading.word(at)));
    let subject = verb.at > 0 && is_cooperation(verb.at - 1);
    if of_cooperation && lists || subject && permits {
        return true;
    }
    // "Cooperation shall be implemented in particular through …" binds to the means.
    // Of "cooperation shall support, in particular, the arts" all words may be the match.
    let limit = if subject { end } else { start };
    if verb.at >= limit || near.clone().any(|at| WORDS.centres.contains(reading.word(at))) || reading.word(verb.at + 1) == "be" {
        return false;
    }
    let stands = |at: usize, phrase: &[String]| phrase.iter().enumerate().all(|(offset, word)| reading.word(at + offset) == word);
    let introducer = (verb.at..limit).rev().find(|&at| WORDS.introducers.iter().any(|phrase| stands(at, phrase)));
    introducer.is_some_and(|introducer| subject || (verb.at..introducer).any(is_cooperation))
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

#[cfg(test)]
mod tests {
    use super::super::fold::Folded;
    use super::*;
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
            // English: soft verbs, adverbs between, attention.
            ("Each Party shall also, where appropriate, endeavour to support culture.", "culture", Force::BestEndeavours),
            ("The Parties shall make every effort to exchange films.", "films", Force::BestEndeavours),
            ("Special attention shall be paid to promoting films and books.", "films", Force::BestEndeavours),
            ("The Parties shall, when choosing projects, give particular attention to museums.", "museums", Force::BestEndeavours),
            ("Publishers are encouraged to translate books.", "books", Force::BestEndeavours),
            ("The Parties encourage festivals of music.", "music", Force::BestEndeavours),
            ("The Parties undertake to promote, encourage and facilitate festivals.", "festivals", Force::Binding),
            ("The Parties shall work together to support fairs and encourage festivals.", "festivals", Force::BestEndeavours),
            ("The Parties reiterate their commitment to keep festivals.", "festivals", Force::Binding),
            ("Where a Party maintains a theatre, the other Party may send musicians.", "musicians", Force::Permissive),
            ("Dance can contribute to trade, and the Parties shall support it.", "dance", Force::Binding),
            // Negations and prohibitions.
            ("A Party shall not encourage the export of stolen statues.", "statues", Force::Binding),
            ("No Party may require quotas of songs.", "songs", Force::Binding),
            ("A Party may only require quotas of songs by law.", "songs", Force::Binding),
            ("A Party may require quotas of songs.", "songs", Force::Permissive),
            // Relative clauses do not govern; the object of a verb of saying does.
            ("This Chapter does not apply to measures that a Party may adopt on culture.", "culture", Force::Binding),
            ("The Parties recognise the value of programmes which shall be held for music.", "music", Force::Declaratory),
            ("The Parties agree that a Party may adopt measures on culture.", "culture", Force::Permissive),
            ("Measures that a Party may adopt on culture shall be published.", "published", Force::Binding),
            // What is only declared.
            ("The Parties agree on the importance of music.", "music", Force::Declaratory),
            ("The Parties agree that it is in their interest to exchange music.", "music", Force::Declaratory),
            ("The Parties agree to exchange music.", "music", Force::Binding),
            ("The objective of this Title will be to promote music.", "music", Force::Declaratory),
            ("The fee will be paid for music.", "music", Force::Binding),
            ("The Parties recognise that trade in books is, to the extent possible, free.", "free", Force::Declaratory),
            // Fields of co-operation.
            ("Such activities may include the exchange of musicians.", "musicians", Force::BestEndeavours),
            ("Regional cooperation shall focus on music and dance.", "dance", Force::BestEndeavours),
            ("The Parties shall concentrate their cooperation on fields such as music.", "music", Force::Binding),
            ("Cooperation shall support, in particular, the training of dancers.", "dancers", Force::BestEndeavours),
            ("Cooperation in this field shall include the training of dancers.", "dancers", Force::Binding),
            ("Cooperation shall be sought through meetings of dancers.", "dancers", Force::BestEndeavours),
            (
                "This Treaty does not prevent measures of which a Party intends to tell the public, to protect statues.",
                "statues",
                Force::Binding,
            ),
            ("Cooperation shall be carried out through a yearly meeting on music.", "music", Force::Binding),
            ("A levy may include a part for music.", "music", Force::Permissive),
            // French.
            ("Chaque Partie peut soutenir la musique.", "musique", Force::Permissive),
            ("Aucune Partie ne peut taxer la musique.", "musique", Force::Binding),
            ("Les Parties s’efforceront également de diffuser la musique.", "musique", Force::BestEndeavours),
            ("Les Parties mettent tout en œuvre pour diffuser la musique.", "musique", Force::BestEndeavours),
            ("Les Parties conviennent de l’importance de la musique.", "musique", Force::Declaratory),
            ("Les Parties conviennent de diffuser la musique.", "musique", Force::Binding),
            ("Le présent titre a pour objectif de diffuser la musique.", "musique", Force::Declaratory),
            ("Dans la mesure du possible, chaque Partie veille à diffuser la musique.", "musique", Force::BestEndeavours),
            ("Chaque Partie veille à diffuser la musique.", "musique", Force::Binding),
            ("Le présent chapitre ne s’applique pas aux mesures qu’une Partie peut prendre pour la musique.", "musique", Force::Binding),
            // Spanish.
            ("Cada Parte se esforzará por difundir la música.", "música", Force::BestEndeavours),
            ("Las Partes harán todo lo posible por difundir la música.", "música", Force::BestEndeavours),
            ("Las Partes reconocen el valor de la danza, por lo que se comprometen a difundir la música.", "música", Force::Binding),
            ("Las Partes podrán difundir la música.", "música", Force::Permissive),
            ("Las Partes no podrán gravar la música.", "música", Force::Binding),
            ("Las Partes se comprometen a difundir la música.", "música", Force::Binding),
            ("Las Partes convienen en la importancia de la música.", "música", Force::Declaratory),
            ("Las Partes reconocen el valor de los programas, los cuales se dedicarán a la música.", "música", Force::Declaratory),
            ("El presente Título tiene por objeto difundir la música.", "música", Force::Declaratory),
            ("Las actividades podrán incluir festivales de música.", "música", Force::BestEndeavours),
        ] {
            assert_eq!(force(text, phrase), Some(wanted), "{text}");
        }
    }

    #[test]
    fn a_sentence_without_end_is_read_near_the_match_only() {
        let far = format!("The Parties recognise {} culture", "word ".repeat(BEFORE));
        assert_eq!(force(&far, "culture"), None);
        let near = format!("The Parties recognise {} culture", "word ".repeat(BEFORE / 2));
        assert_eq!(force(&near, "culture"), Some(Force::Declaratory));
    }
}
