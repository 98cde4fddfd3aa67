//! Time zones: which offset from UTC holds when. The rules come with the program, so that every machine gives the same.

use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::Date;

/// Milliseconds in a day.
pub const DAY: i64 = 86_400_000;

/// A time zone of the IANA database.
#[derive(Clone, Debug)]
pub struct Zone(TimeZone);

/// An offset that holds from a moment on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Offset {
    /// The moment from which on it holds, in milliseconds since 1970-01-01 in UTC.
    pub from: i64,
    /// The milliseconds that local time is ahead of UTC.
    pub ahead: i64,
}

impl Zone {
    /// The zone of that name, such as `Europe/Madrid`, if there is one that is spelt just so.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let zone = TimeZone::get(name).ok()?;
        (zone.iana_name() == Some(name)).then_some(Self(zone))
    }

    /// The names of all zones.
    #[must_use]
    pub fn names() -> Vec<String> {
        let names = jiff::tz::db().available();
        names.map(|name| name.as_str().to_owned()).collect()
    }

    /// The offsets from one day to another, the first of them from before the first day on.
    #[must_use]
    pub fn offsets(&self, first: Date, last: Date) -> Vec<Offset> {
        let (begin, end) = (
            days_since_1970(first) * DAY - DAY,
            days_since_1970(last) * DAY + 2 * DAY,
        );
        let (Ok(from), Ok(until)) = (
            Timestamp::from_millisecond(begin),
            Timestamp::from_millisecond(end),
        ) else {
            return Vec::new();
        };
        let mut offsets = vec![Offset {
            from: begin,
            ahead: i64::from(self.0.to_offset(from).seconds()) * 1_000,
        }];
        for change in self.0.following(from) {
            if change.timestamp() > until {
                break;
            }
            let ahead = i64::from(change.offset().seconds()) * 1_000;
            // A change of the abbreviation alone changes no time.
            if offsets.last().is_none_or(|last| last.ahead != ahead) {
                offsets.push(Offset {
                    from: change.timestamp().as_millisecond(),
                    ahead,
                });
            }
        }
        offsets
    }

    /// The moment of a local time, in milliseconds since 1970-01-01 in UTC. A time that the clock skips is the one as much
    /// later as it skips; of a time that comes twice, it is the first.
    #[must_use]
    pub fn moment(&self, day: Date, minutes: i64) -> Option<i64> {
        let midnight = DateTime::from_parts(day, jiff::civil::Time::midnight());
        let local = midnight
            .checked_add(SignedDuration::from_mins(minutes))
            .ok()?;
        let zoned = self.0.to_ambiguous_zoned(local).compatible().ok()?;
        Some(zoned.timestamp().as_millisecond())
    }
}

/// The days from 1970-01-01 to that day.
#[must_use]
pub fn days_since_1970(day: Date) -> i64 {
    let span = day.duration_since(jiff::civil::date(1970, 1, 1));
    span.as_hours() / 24
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn madrid_changes_on_the_last_sundays_of_march_and_october() {
        let zone = Zone::named("Europe/Madrid").unwrap();
        let offsets = zone.offsets(date(2026, 1, 1), date(2026, 12, 31));
        let hours: Vec<_> = offsets.iter().map(|one| one.ahead / 3_600_000).collect();
        assert_eq!(hours, [1, 2, 1]);
        let at = |at: usize| {
            Timestamp::from_millisecond(offsets[at].from)
                .unwrap()
                .to_string()
        };
        assert_eq!(at(1), "2026-03-29T01:00:00Z");
        assert_eq!(at(2), "2026-10-25T01:00:00Z");
    }

    #[test]
    fn a_skipped_local_time_is_an_hour_later() {
        let zone = Zone::named("America/New_York").unwrap();
        let moment = zone.moment(date(2026, 3, 8), 150).unwrap();
        let shown = Timestamp::from_millisecond(moment).unwrap().to_string();
        assert_eq!(shown, "2026-03-08T07:30:00Z");
    }

    #[test]
    fn names_are_spelt_as_the_database_spells_them() {
        assert!(Zone::named("europe/madrid").is_none());
        assert!(Zone::named("Madrid").is_none());
        assert!(Zone::named("UTC").is_some());
    }

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(days_since_1970(date(1970, 1, 1)), 0);
        assert_eq!(days_since_1970(date(2024, 2, 29)), 19_782);
    }
}
