//! `quidpro calendar`: what falls due under a contract, and when.

use crate::agenda::{Agenda, agenda};
use crate::calendar::Period;
use crate::report::agenda::{ContractAgenda, ics, json, text};
use crate::report::failure::Failure;

use super::arguments::{CalendarFormat, CalendarOptions};
use super::console::Console;
use super::{Ending, Outcome, files, monthly};

pub(super) fn run(options: &CalendarOptions, console: &mut Console) -> Outcome {
    let ready = monthly::contract(&options.contract, console)?;
    let versions = ready.checked()?.versions();
    let Some(version) = versions.last() else {
        return Err(Failure::new("the contract has no version").into());
    };
    let loaded = ready.loaded();
    let agenda = agenda(version.contract, &loaded.accepted(version.contract));
    let heading = &version.contract.heading;
    let shown = ContractAgenda {
        file: &files::shown(&options.contract),
        sources: &loaded.sources,
        contract: &heading.contract,
        title: heading.title.as_deref().unwrap_or(&heading.contract),
        agenda: &agenda,
        listed: listed(options, &agenda)?,
    };
    console.print(&match options.format {
        CalendarFormat::Text => text::render(shown),
        CalendarFormat::Json => json::render(shown),
        CalendarFormat::Ics => ics::render(shown),
    })?;
    Ok(Ending::Fine)
}

/// The period that is listed day by day: from or up to a day, or both; what is not named is the end of the term, or the
/// last event after it.
fn listed(options: &CalendarOptions, agenda: &Agenda) -> Result<Option<Period>, Failure> {
    let (Some(term), true) = (agenda.term, options.from.is_some() || options.to.is_some()) else {
        return Ok(None);
    };
    if options.format == CalendarFormat::Ics {
        return Err(
            Failure::new("`--from` and `--to` do not go with `--format ics`")
                .help("leave them out: a calendar program shows the days that you look at"),
        );
    }
    let events = agenda.events.iter();
    let latest = events
        .map(|event| event.repeats.map_or(event.due, |one| one.last))
        .max();
    let from = options.from.unwrap_or(term.first);
    let to = options
        .to
        .unwrap_or(latest.unwrap_or(term.last).max(term.last));
    let period = Period::new(from, to);
    period.map(Some).ok_or_else(|| {
        Failure::new(format!("{from} is after {to}")).help("write the earlier day after `--from`")
    })
}
