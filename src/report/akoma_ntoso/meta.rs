//! The metadata of Akoma Ntoso: what the document is by the four levels of FRBR, who made it, what it is called.

use super::sink::Sink;
use crate::document::{Language, Metadata};
use crate::structure::Agreement;
use crate::text::is_date;

/// A treaty has no single country: ISO 3166 leaves this code to its users.
const COUNTRY: &str = "xx";
/// The day that stands for an unknown one, since the schema wants a date; readers take the year 1 for none.
const UNKNOWN_DATE: &str = "0001-01-01";
/// Most words of a title in an address.
const TITLE_WORDS: usize = 8;

/// What the metadata of the agreement and of each thing attached to it have in common.
pub(super) struct Identity {
    /// The address of the work.
    work: String,
    title: String,
    signed: String,
    in_force: Option<String>,
    language: &'static str,
    parties: Vec<String>,
}

impl Identity {
    pub fn of(agreement: &Agreement) -> Self {
        let Metadata { signed, in_force, parties, .. } = &agreement.document.metadata;
        let title = agreement.title.clone().unwrap_or_default();
        let signed = signed.as_deref().filter(|date| is_date(date)).unwrap_or(UNKNOWN_DATE).to_owned();
        let name: Vec<String> = title
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .take(TITLE_WORDS)
            .map(str::to_lowercase)
            .collect();
        let name = if name.is_empty() { "untitled".to_owned() } else { name.join("-") };
        Self {
            work: format!("/akn/{COUNTRY}/act/treaty/{signed}/{name}"),
            title,
            in_force: in_force.clone().filter(|date| is_date(date)),
            language: match agreement.language() {
                Language::English => "eng",
                Language::French => "fra",
                Language::Spanish => "spa",
                Language::Other => "und",
            },
            parties: parties.clone(),
            signed,
        }
    }

    /// Writes `<meta>` of the agreement, or of what is attached under the identifier `part`.
    pub fn write(&self, sink: &mut Sink, part: Option<&str>) {
        let component = part.map_or_else(|| "!main".to_owned(), |part| format!("!{part}"));
        sink.open("meta", &[]);
        sink.open("identification", &[("source", "#clausula")]);
        sink.open("FRBRWork", &[]);
        self.addresses(sink, &self.work, &component);
        if part.is_none() && !self.title.is_empty() {
            sink.empty("FRBRalias", &[("name", "title"), ("value", &self.title)]);
        }
        self.date(sink);
        if let Some(date) = &self.in_force {
            sink.empty("FRBRdate", &[("date", date), ("name", "entry into force")]);
        }
        for number in 1..=self.parties.len() {
            sink.empty("FRBRauthor", &[("href", &format!("#party_{number}")), ("as", "#party")]);
        }
        if self.parties.is_empty() {
            sink.empty("FRBRauthor", &[("href", "#parties")]);
        }
        sink.empty("FRBRcountry", &[("value", COUNTRY)]);
        sink.close();
        let expression = format!("{}/{}@", self.work, self.language);
        sink.open("FRBRExpression", &[]);
        self.addresses(sink, &expression, &component);
        self.date(sink);
        sink.empty("FRBRauthor", &[("href", "#clausula"), ("as", "#editor")]);
        sink.empty("FRBRlanguage", &[("language", self.language)]);
        sink.close();
        sink.open("FRBRManifestation", &[]);
        self.addresses(sink, &format!("{expression}.xml"), &component);
        self.date(sink);
        sink.empty("FRBRauthor", &[("href", "#clausula"), ("as", "#editor")]);
        sink.empty("FRBRformat", &[("value", "application/akn+xml")]);
        sink.close();
        sink.close();
        if part.is_none() {
            self.references(sink);
        }
        sink.close();
    }

    fn addresses(&self, sink: &mut Sink, address: &str, component: &str) {
        // The component stands before the format: `…/eng@/!main.xml`.
        let this = match address.strip_suffix(".xml") {
            Some(stem) => format!("{stem}/{component}.xml"),
            None => format!("{address}/{component}"),
        };
        sink.empty("FRBRthis", &[("value", &this)]);
        sink.empty("FRBRuri", &[("value", address)]);
    }

    fn date(&self, sink: &mut Sink) {
        let name = if self.signed == UNKNOWN_DATE { "unknown" } else { "signature" };
        sink.empty("FRBRdate", &[("date", &self.signed), ("name", name)]);
    }

    fn references(&self, sink: &mut Sink) {
        sink.open("references", &[("source", "#clausula")]);
        sink.empty("TLCOrganization", &[("eId", "clausula"), ("href", "/akn/ontology/organization/clausula"), ("showAs", "clausula")]);
        for (number, party) in self.parties.iter().enumerate() {
            let number = number + 1;
            let address = format!("/akn/ontology/organization/party.{number}");
            sink.empty("TLCOrganization", &[("eId", &format!("party_{number}")), ("href", &address), ("showAs", party)]);
        }
        if self.parties.is_empty() {
            sink.empty("TLCOrganization", &[("eId", "parties"), ("href", "/akn/ontology/organization/parties"), ("showAs", "The Parties")]);
        }
        sink.empty("TLCRole", &[("eId", "party"), ("href", "/akn/ontology/role/party"), ("showAs", "Party")]);
        sink.empty("TLCRole", &[("eId", "editor"), ("href", "/akn/ontology/role/editor"), ("showAs", "Editor")]);
        sink.close();
    }
}
