//! The keys of the rule files: the one list from which the loader and the JSON Schema are made.

use std::borrow::Cow;

/// What a key holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Form {
    /// One text.
    Text,
    /// A text or a list of texts.
    Texts,
    /// A phrase or a list of phrases; the key has a twin for French (`_fr`) and for Spanish (`_es`).
    Phrases,
    /// True or false.
    Flag,
    /// A list of examples: texts, or tables with these keys.
    Examples(&'static [Key]),
    /// A table with these keys.
    Table(&'static [Key]),
    /// One table with these keys, or a list of them.
    Tables(&'static [Key]),
}

/// A key of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Key {
    pub name: &'static str,
    pub form: Form,
    /// Whether a table without it is a fault.
    pub required: bool,
    /// What it is for, as editors show it.
    pub about: &'static str,
}

const fn key(name: &'static str, form: Form, about: &'static str) -> Key {
    Key { name, form, required: false, about }
}

const fn required(name: &'static str, form: Form, about: &'static str) -> Key {
    Key { name, form, required: true, about }
}

/// The endings of the keys of phrases, with the language of each; no ending is English.
pub(crate) const ENDINGS: [(&str, &str); 3] = [("", "English"), ("_fr", "French"), ("_es", "Spanish")];

/// The keys of an example that needs a heading.
pub(crate) const EXAMPLE: &[Key] = &[
    required("text", Form::Text, "The words, as they would stand in an article; yours, never those of a treaty."),
    key("heading", Form::Text, "The heading of the article."),
    key("chapter", Form::Text, "The heading of the chapter."),
];

/// The keys of `where`.
pub(crate) const WHERE: &[Key] = &[
    key("unit", Form::Texts, "Only provisions of these kinds."),
    key("theme", Form::Texts, "Only in chapters (or articles) with one of these themes, by their headings; see themes.toml."),
    key("not_theme", Form::Texts, "Not in chapters (or articles) with one of these themes."),
    key("heading", Form::Phrases, "One of these phrases must stand in the heading of the article or of a group around it."),
    key("not_heading", Form::Phrases, "None of these phrases may stand in the heading of the article or of a group around it."),
    key("first_article", Form::Flag, "Only in the first article of its chapter."),
    key("in_heading", Form::Flag, "The phrases of `say` are looked for in the heading, not in the words below it."),
];

/// The keys of `[[rule]]`.
pub(crate) const RULE: &[Key] = &[
    required("id", Form::Text, "Name of the rule, in small letters with hyphens; no other rule has it."),
    required("code", Form::Text, "The code of the codebook that the rule gives; `clausula rules explain CODE` says what it is given for."),
    key("say", Form::Phrases, "Phrases; one of them must stand in the provision, read with its chapeau."),
    key("pattern", Form::Texts, "Regular expressions on the folded words, for what phrases cannot say; they begin with words."),
    key("where", Form::Table(WHERE), "Where the rule looks; everywhere, if it is left out."),
    key("with", Form::Phrases, "One of these phrases must stand somewhere in the same article."),
    key("unless", Form::Phrases, "None of these phrases may stand in the provision, read with its chapeau."),
    key("force", Form::Text, "How strongly the provision binds, where the verb cannot decide."),
    required("why", Form::Text, "What the rule is for, in a sentence."),
    key("fires", Form::Examples(EXAMPLE), "What the rule must find."),
    key("silent", Form::Examples(EXAMPLE), "Near misses: what the rule must not find."),
    key("todo", Form::Examples(EXAMPLE), "What the rule should find and does not find yet: counted, and no failure."),
];

/// The keys of an entry of the vocabulary.
pub(crate) const VOCABULARY: &[Key] = &[
    required("say", Form::Texts, "Phrases, each of them an alternative; they may use other entries in braces."),
    key("note", Form::Text, "What the entry stands for, and what it does not."),
];

/// The keys of `[[theme]]`, `[[sector]]` and `[[condition]]`.
pub(crate) const NAMED: &[Key] = &[
    required("id", Form::Text, "The name, in small letters with hyphens."),
    key("say", Form::Phrases, "Phrases, one of which must stand in the heading (themes) or in the clause (sectors, conditions)."),
    key("unless", Form::Phrases, "Phrases that take the words in which they stand out of account."),
    key("note", Form::Text, "A remark."),
    key("describes_only", Form::Flag, "The theme stands beside the themes of the group around it, and never in their place."),
];

/// The keys of `clauses` and `beside` in a requirement.
pub(crate) const CLAUSES: &[Key] = &[
    key("code", Form::Texts, "Codes, one of which the clause has; `prefer.` is the whole family."),
    key("force", Form::Texts, "Only clauses with one of these forces."),
    key("place", Form::Text, "Only clauses in the operative text (`operative`) or in the preamble (`preamble`)."),
    key("measures", Form::Text, "`future`: only reservations that let a party adopt new measures."),
    key("party", Form::Text, "`all`: only clauses that protect all parties."),
    key("borders", Form::Flag, "Clauses that only draw the border of a telecommunications chapter count as well."),
];

/// The keys of `chapters` in a case.
pub(crate) const CHAPTERS: &[Key] = &[
    key("theme", Form::Texts, "Themes of the chapters."),
    key("taken_out", Form::Text, "`yes`: culture as a whole is taken out of them; `partly`: a part of it."),
    key("which", Form::Text, "`every` chapter with one of the themes, or `any`."),
];

/// The keys of `applies`.
pub(crate) const APPLIES: &[Key] = &[
    key("code", Form::Texts, "Codes, one of which must be there …"),
    key("theme", Form::Texts, "… or a chapter with one of these themes."),
];

/// The keys of `against`.
pub(crate) const AGAINST: &[Key] = &[
    key("code", Form::Texts, "Codes of the clauses that stand against the row."),
    required("beside", Form::Text, "What is said of them where a case applies."),
    required("alone", Form::Text, "What is said where none applies: the row is then adverse."),
    key("none", Form::Text, "What is said beside `met` where there is no such clause."),
];

/// The keys of `[[requirement.aside]]`.
pub(crate) const ASIDE: &[Key] = &[
    key("clauses", Form::Tables(CLAUSES), "Clauses that are named although the row is absent."),
    required("says", Form::Text, "What is said of them."),
];

/// The keys of `[[requirement.case]]`.
pub(crate) const CASE: &[Key] = &[
    required("verdict", Form::Text, "The verdict where the case applies: met, partly or adverse."),
    key("clauses", Form::Tables(CLAUSES), "Clauses, one of which must be there."),
    key("beside", Form::Tables(CLAUSES), "Clauses that are named beside them."),
    key("chapters", Form::Table(CHAPTERS), "Chapters of which culture must be taken out."),
    required("because", Form::Text, "One sentence why, with {clauses}, {where} and [one|several]."),
    key("missing", Form::Text, "What would make the row met, where it is something else than for the row."),
    key("unopposed", Form::Flag, "Clauses against the row are not named beside this case."),
];

/// The keys of `[[requirement]]`.
pub(crate) const REQUIREMENT: &[Key] = &[
    required("id", Form::Text, "The name, in small letters with hyphens."),
    required("paragraph", Form::Text, "The paragraph of the guidelines, or another source."),
    required("title", Form::Text, "The title of the row."),
    required("ask", Form::Text, "The question that the row answers."),
    required("absent", Form::Text, "What is said where no case applies."),
    key("missing", Form::Text, "What would make the row met, as the end of a sentence that begins with \"What is missing:\"."),
    key("missing_chapters", Form::Text, "The same where there are chapters from which culture is not taken out: {chapters}."),
    key("judged_from", Form::Texts, "Themes of chapters that decide the row even if the rest of the agreement is not in the file."),
    key("applies", Form::Table(APPLIES), "Where the question arises; everywhere, if it is left out."),
    key("not_applicable", Form::Text, "What is said where it does not arise."),
    key("against", Form::Table(AGAINST), "Clauses that stand against the row."),
    key("aside", Form::Tables(ASIDE), "What is said beside `absent`."),
    key("case", Form::Tables(CASE), "The cases, in the order in which they are tried."),
];

/// The keys of `[[party]]`.
pub(crate) const PARTY: &[Key] = &[
    required("name", Form::Text, "The name that reports show."),
    key("iso", Form::Text, "ISO 3166 alpha-3; EUR for the European Union; none for groups."),
    key("also", Form::Texts, "Other names in English: long and short forms, names of former days."),
    key("also_fr", Form::Texts, "Names in French."),
    key("also_es", Form::Texts, "Names in Spanish."),
    key("members", Form::Texts, "For groups: the codes of the members, with `from DATE` and `to DATE` where they were not members always."),
    key("convention", Form::Text, "Whether it is a Party to the 2005 Convention."),
    key("deposited", Form::Text, "The day of the deposit of the instrument, as 2006-12-18."),
    key("in_force", Form::Text, "The day on which the Convention entered into force for it, as 2007-03-18."),
    key("confidence", Form::Text, "How sure the row is."),
    key("source", Form::Text, "Where the row was read."),
    key("note", Form::Text, "A remark."),
];

impl Key {
    /// The names under which the key is written: itself, and its twins for French and Spanish where it holds phrases.
    pub fn names(&self) -> impl Iterator<Item = Cow<'static, str>> {
        let endings = if matches!(self.form, Form::Phrases) { &ENDINGS[..] } else { &ENDINGS[..1] };
        let name = self.name;
        endings.iter().map(move |(ending, _)| if ending.is_empty() { name.into() } else { format!("{name}{ending}").into() })
    }
}

/// All names that a table with these keys may hold.
pub(crate) fn names(keys: &'static [Key]) -> Vec<Cow<'static, str>> {
    keys.iter().flat_map(Key::names).collect()
}
