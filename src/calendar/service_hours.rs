//! Service hours and holidays, from the words that a contract has for them.

use super::Date;
use super::zone::Zone;

/// The minutes in a day.
const DAY: u16 = 24 * 60;

/// The names of the days, Monday first.
const DAYS: [&str; 7] = [
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
];

/// The hours of each day of the week in which a service is open, and the days on which it is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ServiceHours {
    /// For each day, Monday first: from and until which minute of the day, in order and without overlap.
    week: [Vec<(u16, u16)>; 7],
    /// The days on which it is closed.
    holidays: Vec<Date>,
}

impl ServiceHours {
    /// Reads `Monday to Friday, 08:00 to 20:00; Saturday, 09:00 to 13:00`, or `always`.
    ///
    /// # Errors
    ///
    /// The part of the text that is not of that form.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut week: [Vec<(u16, u16)>; 7] = Default::default();
        if text.trim().eq_ignore_ascii_case("always") {
            week.iter_mut().for_each(|day| day.push((0, DAY)));
            return Ok(Self {
                week,
                holidays: Vec::new(),
            });
        }
        for part in text.split(';') {
            let bad = || part.trim().to_owned();
            let (days, hours) = part.split_once(',').ok_or_else(bad)?;
            let days = days_of(days).ok_or_else(bad)?;
            let hours = hours.split([',', '&']).flat_map(|some| some.split(" and "));
            for span in hours {
                let span = span_of(span).ok_or_else(bad)?;
                for day in &days {
                    week.get_mut(*day).ok_or_else(bad)?.push(span);
                }
            }
        }
        for day in &mut week {
            day.sort_unstable();
            let overlap = day.windows(2).any(|two| matches!(two, [a, b] if b.0 < a.1));
            if overlap {
                return Err(text.trim().to_owned());
            }
        }
        Ok(Self {
            week,
            holidays: Vec::new(),
        })
    }

    /// Closes it on the days of `2026-01-01, 2026-12-25`.
    ///
    /// # Errors
    ///
    /// The part of the text that is not a day.
    pub fn closed_on(mut self, text: &str) -> Result<Self, String> {
        for part in text.split([',', ';']) {
            let part = part.trim();
            let plain = part.len() == "2026-01-01".len();
            let day = part.parse::<Date>().ok().filter(|_| plain);
            self.holidays.push(day.ok_or_else(|| part.to_owned())?);
        }
        self.holidays.sort_unstable();
        Ok(self)
    }

    /// The most spans that a day has.
    #[must_use]
    pub fn most_spans(&self) -> usize {
        self.week.iter().map(Vec::len).max().unwrap_or(0)
    }

    /// The spans of a day in which it is open, in milliseconds since 1970-01-01 in UTC.
    #[must_use]
    pub fn open_on(&self, zone: &Zone, day: Date) -> Vec<(i64, i64)> {
        if self.holidays.binary_search(&day).is_ok() {
            return Vec::new();
        }
        let number = day.weekday().to_monday_zero_offset();
        let hours = usize::try_from(number)
            .ok()
            .and_then(|at| self.week.get(at));
        let moments = hours.into_iter().flatten().filter_map(|(from, until)| {
            let begin = zone.moment(day, i64::from(*from))?;
            let end = zone.moment(day, i64::from(*until))?;
            (begin < end).then_some((begin, end))
        });
        moments.collect()
    }
}

/// `Monday to Friday`, `Saturday and Sunday`, `every day`
fn days_of(text: &str) -> Option<Vec<usize>> {
    let text = text.trim().to_ascii_lowercase();
    let number = |name: &str| DAYS.iter().position(|day| *day == name.trim());
    if matches!(text.as_str(), "every day" | "daily") {
        return Some((0..7).collect());
    }
    if let Some((first, last)) = text.split_once(" to ") {
        let (first, last) = (number(first)?, number(last)?);
        return (first <= last).then(|| (first..=last).collect());
    }
    text.split(" and ").map(number).collect()
}

/// `08:00 to 20:00`
fn span_of(text: &str) -> Option<(u16, u16)> {
    let (from, until) = text.split_once(" to ")?;
    let (from, until) = (minute(from)?, minute(until)?);
    (from < until).then_some((from, until))
}

/// The minute of the day of `08:30`; `24:00` is the end of the day.
fn minute(text: &str) -> Option<u16> {
    let (hours, minutes) = text.trim().split_once(':')?;
    if hours.len() != 2 || minutes.len() != 2 {
        return None;
    }
    let (hours, minutes): (u16, u16) = (hours.parse().ok()?, minutes.parse().ok()?);
    let minute = hours * 60 + minutes;
    (minutes < 60 && minute <= DAY).then_some(minute)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_week_of_service_hours() {
        let hours =
            ServiceHours::parse("Monday to Friday, 08:00 to 20:00; Saturday, 09:00 to 13:00")
                .unwrap()
                .closed_on("2026-01-06")
                .unwrap();
        let zone = Zone::named("Europe/Madrid").unwrap();
        let lengths: Vec<_> = (5..12)
            .flat_map(|day| hours.open_on(&zone, date(2026, 1, day)))
            .map(|(from, until)| (until - from) / 3_600_000)
            .collect();
        assert_eq!(lengths, [12, 12, 12, 12, 4]);
    }

    #[test]
    fn a_day_without_an_hour_is_as_long_as_it_is() {
        let hours = ServiceHours::parse("always").unwrap();
        let zone = Zone::named("Europe/Madrid").unwrap();
        let open = hours.open_on(&zone, date(2026, 3, 29));
        assert_eq!(open.len(), 1);
        assert_eq!((open[0].1 - open[0].0) / 3_600_000, 23);
    }

    #[test]
    fn other_words_are_refused() {
        assert!(ServiceHours::parse("office hours").is_err());
        assert!(ServiceHours::parse("Monday to Friday, 8 to 20").is_err());
        assert!(ServiceHours::parse("Monday, 08:00 to 12:00 and 11:00 to 13:00").is_err());
        let always = ServiceHours::parse("always").unwrap();
        assert_eq!(always.closed_on("Spain, national").unwrap_err(), "Spain");
    }
}
