//! What editors ask, answered as data.

mod flow;
mod references;
