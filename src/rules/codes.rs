//! The codes of the codebook, by family, each with a line that says what it is given for.

/// A family of codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Family {
    /// R: references to the Convention and its family.
    References,
    /// N: nature of cultural goods and services, and policy space.
    Nature,
    /// X: exemptions, exclusions, exceptions and reservations.
    Exceptions,
    /// P: preferential treatment and co-operation.
    Preference,
    /// D: e-commerce and digital trade.
    Digital,
    /// S: supporting provisions.
    Supporting,
    /// G: governance.
    Governance,
}

impl Family {
    /// What the codes of the family are about, in a few words.
    #[must_use]
    pub const fn about(self) -> &'static str {
        match self {
            Self::References => "references to the Convention and its family (guidelines, paragraph 19.5)",
            Self::Nature => "nature of cultural goods and services, and policy space (guidelines, paragraphs 19.4 and 19.5)",
            Self::Exceptions => "exemptions, exclusions, exceptions and reservations (guidelines, paragraph 19.4)",
            Self::Preference => "preferential treatment and co-operation (guidelines, paragraphs 18.1, 18.2 and 19.4)",
            Self::Digital => "e-commerce and digital trade (guidelines, paragraphs 8.1, 8.5 and 19.4)",
            Self::Supporting => "supporting provisions: shown, and never enough for a verdict",
            Self::Governance => "governance (guidelines, paragraphs 19.1 to 19.3)",
        }
    }
}

/// Every code with what it is given for.
pub const CODES: [(&str, &str); 47] = [
    ("ref.convention", "names the 2005 Convention"),
    ("ref.guidelines", "names the Convention's operational guidelines"),
    ("ref.implicit", "uses the Convention's ideas without naming it"),
    ("ref.other", "names another instrument on culture"),
    ("nature.dual", "recognises the dual nature of cultural goods and services"),
    ("space.culture", "affirms the right to cultural policies"),
    ("exempt.general", "takes culture out of the whole agreement"),
    ("exclude.sector", "takes a cultural sector out of a chapter or section"),
    ("exclude.subsidy", "takes support for culture out of a discipline"),
    ("exclude.procurement", "takes programmes or cultural works out of procurement rules"),
    ("except.treasures", "excepts measures protecting national treasures"),
    ("except.creative", "excepts measures supporting creative arts of national value"),
    ("except.film", "deals with screen quotas or exposed films"),
    ("except.indigenous", "excepts measures for indigenous peoples or minorities"),
    ("reserve.schedule", "lists a reservation for a cultural sector"),
    ("adverse.retaliation", "lets a party answer a cultural measure"),
    ("adverse.commitment", "cuts into a cultural clause or opens the market for culture"),
    ("prefer.coproduction", "provides for co-production"),
    ("prefer.artists", "eases entry, stay or training of artists"),
    ("prefer.access", "gives cultural goods or services preferential access"),
    ("coop.culture", "provides for co-operation on culture"),
    ("coop.audiovisual", "provides for co-operation on audiovisual, media or press"),
    ("coop.heritage", "provides for co-operation on heritage"),
    ("coop.traditional", "protects folklore or traditional knowledge"),
    ("protocol.culture", "is or incorporates a protocol or chapter on culture"),
    ("digital.regime", "opens a chapter or section on e-commerce"),
    ("digital.product", "defines digital products"),
    ("digital.nondiscrimination", "forbids less favourable treatment of digital products"),
    ("digital.moratorium", "bars customs duties on electronic transmissions"),
    ("digital.carveout", "takes culture out of the digital rules"),
    ("digital.services", "puts electronic supply under the services or investment rules"),
    ("digital.flows", "provides for cross-border transfer of information"),
    ("digital.localisation", "bars requirements to use local computing facilities"),
    ("digital.sourcecode", "bars required access to source code or algorithms"),
    ("digital.openness", "grants access to and use of the internet"),
    ("digital.privacy", "protects personal data in e-commerce"),
    ("digital.consumer", "protects consumers online"),
    ("digital.transactions", "provides for paperless trade or electronic signatures"),
    ("digital.intermediary", "limits the liability of intermediaries"),
    ("digital.cooperation", "provides for co-operation on e-commerce"),
    ("digital.neutrality", "states technological neutrality"),
    ("support.gatt", "incorporates GATT Article XX or GATS Article XIV by reference"),
    ("support.subsidies", "takes all subsidies or procurement out of a chapter"),
    ("support.standards", "forbids lowering laws that protect cultural diversity"),
    ("support.ratchet", "sets a standstill or ratchet"),
    ("support.annex", "points to an annex on culture that is not in the file"),
    ("gov.culture", "sets up a body or dialogue on culture"),
];

/// The family of a code; `None` for what is no code.
#[must_use]
pub fn family(code: &str) -> Option<Family> {
    Some(match code.split('.').next()? {
        "ref" => Family::References,
        "nature" | "space" => Family::Nature,
        "exempt" | "exclude" | "except" | "reserve" | "adverse" => Family::Exceptions,
        "prefer" | "coop" | "protocol" => Family::Preference,
        "digital" => Family::Digital,
        "support" => Family::Supporting,
        "gov" => Family::Governance,
        _ => return None,
    })
}
