//! `--fail-on`: conditions under which a script is told that an agreement is not as it should be.

use crate::analysis::Analysis;
use crate::assess::Verdict;
use crate::rules::{CODES, Rulebook, nearest};

/// A condition: a row with one of some verdicts, or a clause with a code.
#[derive(Debug)]
pub(super) enum Condition {
    Row { id: String, verdicts: Vec<Verdict>, written: String },
    Clause { code: String },
}

impl Condition {
    /// Reads `convention:absent`, `cultural-clause:absent,adverse`, `adverse.retaliation`.
    ///
    /// # Errors
    /// Which name is not known, and what is near to it.
    pub fn parse(written: &str, rulebook: &Rulebook) -> Result<Self, String> {
        let Some((id, verdicts)) = written.split_once(':') else {
            return if CODES.iter().any(|(code, _)| *code == written) {
                Ok(Self::Clause { code: written.to_owned() })
            } else if rulebook.requirements.iter().any(|row| row.id == written) {
                Err(format!("`{written}` needs a verdict: `{written}:absent`"))
            } else {
                let known = CODES.iter().map(|(code, _)| *code).chain(rulebook.requirements.iter().map(|row| row.id.as_str()));
                Err(unknown(written, "requirement or code", known.collect(), "write `REQUIREMENT:VERDICT` or a code of the codebook"))
            };
        };
        if !rulebook.requirements.iter().any(|row| row.id == id) {
            let known: Vec<&str> = rulebook.requirements.iter().map(|row| row.id.as_str()).collect();
            let all = format!("one of {}", known.join(", "));
            return Err(unknown(id, "requirement", known, &all));
        }
        let mut list = Vec::new();
        for name in verdicts.split(',') {
            let Some(verdict) = Verdict::ALL.into_iter().find(|verdict| verdict.name() == name.trim()) else {
                let known = Verdict::ALL.map(Verdict::name);
                return Err(unknown(name, "verdict", known.to_vec(), &format!("one of {}", known.join(", "))));
            };
            list.push(verdict);
        }
        Ok(Self::Row { id: id.to_owned(), verdicts: list, written: written.to_owned() })
    }

    /// What of the agreement meets the condition, in words; `None` where nothing does. A row with an adverse clause beside its
    /// verdict counts as adverse as well.
    pub fn met_by(&self, analysis: &Analysis) -> Option<String> {
        match self {
            Self::Row { id, verdicts, written } => {
                let row = analysis.requirements.iter().find(|row| row.id == *id)?;
                let met = verdicts.contains(&row.verdict) || row.adverse && verdicts.contains(&Verdict::Adverse);
                met.then(|| format!("{written}: {}", row.because))
            }
            Self::Clause { code } => {
                let finding = analysis.findings.iter().find(|finding| finding.code == code && finding.is_agreed())?;
                Some(format!("{code}: {}", finding.citation))
            }
        }
    }
}

fn unknown(name: &str, what: &str, known: Vec<&str>, otherwise: &str) -> String {
    let hint = nearest(name, known).map_or_else(|| otherwise.to_owned(), |near| format!("did you mean `{near}`?"));
    format!("`{name}` is no {what}: {hint}")
}

#[cfg(test)]
mod tests {
    use super::Condition;
    use crate::analysis::Analysis;
    use crate::document;
    use crate::rules::Rulebook;

    #[test]
    fn conditions_are_read_and_asked() {
        let rulebook = Rulebook::embedded().expect("checked rules");
        let text = b"Article 1\nCulture\nNothing in this Agreement applies to measures with respect to cultural industries.\nArticle 2\nEnd\nText.\n";
        let analysis = Analysis::new("a", document::read(text).expect("text"), &rulebook);
        let met = |written: &str| Condition::parse(written, &rulebook).map(|condition| condition.met_by(&analysis).is_some());
        assert_eq!(met("convention:absent"), Ok(true));
        assert_eq!(met("convention:met,partly"), Ok(false));
        assert_eq!(met("exempt.general"), Ok(true));
        assert_eq!(met("adverse.retaliation"), Ok(false));
        assert_eq!(met("convention"), Err("`convention` needs a verdict: `convention:absent`".to_owned()));
        assert_eq!(met("conventoin:absent"), Err("`conventoin` is no requirement: did you mean `convention`?".to_owned()));
        assert_eq!(met("convention:abscent"), Err("`abscent` is no verdict: did you mean `absent`?".to_owned()));
        assert!(met("xyz").is_err_and(|error| error.contains("write `REQUIREMENT:VERDICT`")));
    }
}
