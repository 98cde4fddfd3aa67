//! A contract's monthly data: read from CSV, JSON and XLSX, and its empty template.
//!
//! Every value is either read exactly or refused with its file, row, column and the reason. Nothing is guessed and
//! nothing is dropped. The wide form has a row for each month and a column for each input (`handled.voice` for a member
//! of a dimension). The long form has a row for each value. Nothing here opens a file: callers bring bytes.

mod batch;
mod cell;
mod collect;
mod csv;
mod decimal;
mod format;
mod heading;
mod heading_faults;
mod input;
mod json;
mod json_text;
mod long;
mod long_rows;
mod month_cell;
mod names;
#[cfg_attr(
    not(feature = "xlsx"),
    allow(dead_code, reason = "only workbooks have number formats")
)]
mod number_format;
mod place;
mod plain_lines;
mod problem;
mod quotes;
mod reader;
mod recent;
mod records;
mod row;
mod schema;
mod shape;
#[cfg(feature = "xlsx")]
mod sheet;
#[cfg(feature = "xlsx")]
mod stored_number;
mod supplier;
mod template;
#[cfg(feature = "xlsx")]
mod template_xlsx;
mod unreadable;
mod wide;
#[cfg(feature = "xlsx")]
mod workbook_guard;
mod written_number;
#[cfg(feature = "xlsx")]
mod xlsx;

pub use batch::{Batch, Batches, Cells, Head, Kind};
pub use format::Format;
pub use month_cell::TOTAL_ROW;
pub use place::{ColumnPlace, Excerpt, Place, RowNumber, RowPlace};
pub use problem::Problem;
pub use reader::{Mode, Options, Reader, open};
pub use row::{Cell, Layout, Row};
pub use schema::{Column, ColumnVersion, Schema};
pub use supplier::{Mapping, SupplierInvoice, SupplierLine, read_supplier};
pub use template::{TemplateFormat, TemplateOptions, template};
pub use written_number::Numbers;
