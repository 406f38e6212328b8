//! What each code is given for and not for, in sentences: the codebook in our own words.

/// For each code how "Given where a provision …" and "Not given …" go on; the second may be empty.
const ABOUT: [(&str, &str, &str); 47] = [
    (
        "ref.convention",
        "names the 2005 UNESCO Convention on the diversity of cultural expressions, in any language, by a variant of its title or by a short name that the agreement has defined",
        "where only another instrument of UNESCO is named",
    ),
    (
        "ref.guidelines",
        "names the operational guidelines of the Convention, or those on the digital environment",
        "for guidelines of other bodies or conventions",
    ),
    (
        "ref.implicit",
        "takes up the ideas of the Convention without its name: diversity of cultural expressions, respect for cultural diversity, the Universal Declaration of 2001",
        "where the same provision names the Convention, or where the parties are only proud of their cultures",
    ),
    (
        "ref.other",
        "names another existing instrument on culture: the UNESCO conventions of 1970, 1972 or 2003, UNIDROIT 1995, a cultural or co-production agreement between the parties",
        "for treaties on copyright, or for instruments still to be negotiated",
    ),
    (
        "nature.dual",
        "recognises that cultural goods, services or activities are more than merchandise: that they carry identity, values and meaning",
        "",
    ),
    (
        "space.culture",
        "affirms or reserves the right to keep, adopt or develop policies or measures for culture",
        "for a right to regulate that does not mention culture",
    ),
    (
        "exempt.general",
        "takes culture, or measures on it, out of the whole agreement",
        "where only one chapter is concerned: that is `exclude.sector`",
    ),
    (
        "exclude.sector",
        "takes a cultural sector out of a chapter, a section, an article or a remedy",
        "where another sector is left out; inside digital rules the code is `digital.carveout`",
    ),
    (
        "exclude.subsidy",
        "takes subsidies or other public support for culture out of a discipline",
        "where all subsidies are left out: that is `support.subsidies`",
    ),
    (
        "exclude.procurement",
        "takes the buying of programmes, of broadcasting time or of cultural works out of the rules on procurement or services",
        "",
    ),
    (
        "except.treasures",
        "excepts measures that protect national treasures of artistic, historic or archaeological value",
        "where GATT Article XX is only incorporated by reference: that is `support.gatt`",
    ),
    ("except.creative", "excepts measures that support creative arts, or certain sites, of national value", ""),
    ("except.film", "deals with screen quotas or exposed cinematograph films", ""),
    (
        "except.indigenous",
        "excepts or reserves measures in favour of indigenous peoples, minorities or traditional communities",
        "for rights over traditional knowledge: that is `coop.traditional`",
    ),
    ("reserve.schedule", "lists a limitation, reservation or non-conforming measure for a cultural sector in a schedule or annex", ""),
    ("adverse.retaliation", "lets a party answer a cultural measure with measures of equivalent commercial effect", ""),
    (
        "adverse.commitment",
        "cuts into a cultural clause, or opens the market for cultural goods or services",
        "for ordinary schedules of goods, or where there is no cultural clause to cut into",
    ),
    ("prefer.coproduction", "provides for co-production or co-distribution, or gives co-produced works the status of national ones", ""),
    (
        "prefer.artists",
        "eases entry, stay or training of artists and others who work in culture",
        "for artists named in a definition of rights, or for journalists and media staff",
    ),
    (
        "prefer.access",
        "gives cultural goods, services or practitioners of a party preferential access, or sets out to rebalance cultural exchange",
        "for equipment, goods for trade fairs or advertising films",
    ),
    (
        "coop.culture",
        "provides for co-operation on culture, the arts, cultural exchange or cultural industries",
        "where culture is named once among other bonds of friendship",
    ),
    (
        "coop.audiovisual",
        "provides for co-operation on audiovisual works, media, cinema or press",
        "beside `prefer.coproduction` for the same words",
    ),
    (
        "coop.heritage",
        "provides for co-operation on heritage, museums, libraries or restoration, or against illicit trade in cultural objects",
        "",
    ),
    (
        "coop.traditional",
        "protects, or provides for co-operation on, folklore, traditional cultural expressions or traditional knowledge",
        "where only genetic resources are concerned",
    ),
    (
        "protocol.culture",
        "is, or incorporates, a whole protocol, annex or chapter on culture; once, at its opening",
        "for a title with a single article on culture",
    ),
    ("digital.regime", "opens, or states the object of, a chapter, section or article on e-commerce or digital trade", ""),
    ("digital.product", "defines digital products, or the like, so that cultural content is in or out", ""),
    ("digital.nondiscrimination", "forbids less favourable treatment of digital products", ""),
    (
        "digital.moratorium",
        "bars or suspends customs duties on electronic transmissions or digital products",
        "where a party is free to levy them",
    ),
    (
        "digital.carveout",
        "takes culture, audiovisual services, broadcasting or support for them out of the digital rules, or recognises there that they are specific",
        "where listed measures or procurement are spared without a word on culture",
    ),
    (
        "digital.services",
        "says that supply by electronic means falls under the chapters on services or investment",
        "for the rule that other chapters prevail",
    ),
    (
        "digital.flows",
        "provides for the transfer of information across borders by electronic means",
        "for financial data, or for a right to restrict transfers",
    ),
    (
        "digital.localisation",
        "bars requirements to use or place computing facilities in a territory",
        "where local servers may be required",
    ),
    ("digital.sourcecode", "bars required transfer of, or access to, source code or algorithms", ""),
    ("digital.openness", "grants access to and use of the internet, or provides for net neutrality", ""),
    ("digital.privacy", "protects personal data in e-commerce", "for the confidentiality of telecommunications"),
    ("digital.consumer", "protects consumers online, or against unsolicited messages", ""),
    (
        "digital.transactions",
        "provides for paperless trade, electronic signatures, authentication or electronic contracts",
        "for electronic procurement or automated customs",
    ),
    ("digital.intermediary", "limits the liability of intermediaries or platforms", ""),
    (
        "digital.cooperation",
        "provides for co-operation on e-commerce, digital trade or a subject that such chapters regulate",
        "for the information society or communication technologies at large",
    ),
    (
        "digital.neutrality",
        "states technological neutrality, or that electronic trade is restricted no more than other trade",
        "for the free choice of a technology of authentication: that is `digital.transactions`",
    ),
    ("support.gatt", "incorporates GATT Article XX or GATS Article XIV by reference", ""),
    ("support.subsidies", "takes all subsidies or grants, or all government procurement, out of a chapter", ""),
    ("support.standards", "forbids lowering domestic law that protects cultural diversity in order to attract investment", ""),
    ("support.ratchet", "sets a standstill or a ratchet for measures in services or investment", "for customs duties or quotas"),
    ("support.annex", "points to an annex, protocol or side letter on culture that is not in the file", ""),
    (
        "gov.culture",
        "sets up a committee, contact point, dialogue or consultation on culture, or ties culture and trade authorities together",
        "where a ministry is merely named",
    ),
];

/// What a code is given for, and what not; `None` for what is no code.
pub(crate) fn about(code: &str) -> Option<(&'static str, &'static str)> {
    ABOUT.iter().find(|(known, ..)| *known == code).map(|(_, given, not_given)| (*given, *not_given))
}

#[cfg(test)]
mod tests {
    use super::ABOUT;
    use crate::rules::CODES;

    #[test]
    fn every_code_is_explained() {
        assert_eq!(ABOUT.map(|(code, ..)| code), CODES.map(|(code, _)| code));
        for (code, given, not_given) in ABOUT {
            assert!(!given.is_empty() && !given.ends_with('.') && !not_given.ends_with('.'), "{code}");
        }
    }
}
