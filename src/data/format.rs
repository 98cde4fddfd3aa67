//! The kind of file that data is in.

/// The kinds of files that data is read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// Comma-separated text; the heading shows whether it has semicolons or tabs instead.
    Csv,
    /// JSON: a list of entries.
    Json,
    /// A workbook of a spreadsheet program.
    Xlsx,
}

impl Format {
    /// The format for the ending of a file's name, in upper or lower case; nothing for other endings.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let ending = name.rsplit_once('.')?.1.to_ascii_lowercase();
        match ending.as_str() {
            "csv" | "tsv" | "txt" => Some(Self::Csv),
            "json" => Some(Self::Json),
            "xlsx" | "xlsm" => Some(Self::Xlsx),
            _ => None,
        }
    }

    /// The format that a file's first bytes look like; CSV if they look like no other.
    #[must_use]
    pub fn of_content(first: &[u8]) -> Self {
        let text = first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(first);
        if first.starts_with(b"PK\x03\x04") {
            return Self::Xlsx;
        }
        match text.trim_ascii_start().first() {
            Some(b'[' | b'{') => Self::Json,
            _ => Self::Csv,
        }
    }
}
