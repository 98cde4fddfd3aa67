//! Months, dates and periods of a contract. There is no clock here: every date comes from the contract or its data.

mod month;
mod period;
mod service_hours;
mod zone;

pub use jiff::civil::Date;
pub use month::{MONTH_NAMES, Month};
pub use period::Period;
pub use service_hours::ServiceHours;
pub use zone::{DAY, Offset, Zone, days_since_1970};
