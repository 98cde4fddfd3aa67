//! All integration tests, a file per feature, in one binary.

#[cfg(test)]
mod calendar;
#[cfg(test)]
mod laws;
#[cfg(test)]
mod messages;
#[cfg(test)]
mod program;
#[cfg(test)]
mod quantity;
#[cfg(test)]
mod report;
#[cfg(test)]
mod robust;
