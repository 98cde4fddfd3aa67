//! Settings for some contracts only, and the patterns that name these contracts.

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::Layer;

/// Settings for the contracts that patterns name.
#[derive(Clone, Debug)]
pub struct Override {
    /// The patterns for the contracts.
    pub paths: Vec<Pattern>,
    /// Why these contracts are different.
    pub because: String,
    /// The settings that are different.
    pub layer: Layer,
}

impl Override {
    /// Whether it is about a contract that has one of these paths from the file's folder.
    pub(super) fn is_about(&self, contract: &[String]) -> bool {
        self.paths.iter().any(|pattern| pattern.matches(contract))
    }
}

/// A pattern of paths: `samples/**`. `*` stays within a folder, and the name of a folder stands for everything in it.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// The pattern as it was written.
    pub text: String,
    globs: GlobSet,
}

impl Pattern {
    /// Whether one of the paths matches.
    #[must_use]
    pub fn matches(&self, paths: &[String]) -> bool {
        paths.iter().any(|path| self.globs.is_match(path))
    }

    /// Reads a pattern. If it is wrong, returns what is wrong with it and what to write instead.
    pub(super) fn read(text: &str) -> Result<Self, (String, &'static str)> {
        let wrong = |reason: &str, help| {
            (
                format!("`{text}` is not a pattern of paths: {reason}"),
                help,
            )
        };
        let mut path = text;
        while let Some(rest) = path.strip_prefix("./") {
            path = rest;
        }
        let names_folder = path.ends_with('/');
        let path = path.trim_end_matches('/');
        if text.starts_with('/') {
            return Err(wrong(
                "patterns start from this file's folder",
                "remove the first `/`",
            ));
        }
        if path.split('/').any(|part| part == "..") {
            return Err(wrong(
                "nothing outside this file's folder can match",
                "write the path from this file's folder, or move the file to a higher folder",
            ));
        }
        if path.is_empty() || path == "." {
            return Err(wrong("it names nothing", "`**` names everything"));
        }
        let last = path.rsplit('/').next().unwrap_or(path);
        let mut globs = GlobSetBuilder::new();
        let mut add = |glob: &str| {
            let built = GlobBuilder::new(glob)
                .literal_separator(true)
                .backslash_escape(true)
                .build();
            built
                .map(|glob| {
                    globs.add(glob);
                })
                .map_err(|error| {
                    wrong(
                        &error.kind().to_string(),
                        "`*` and `**` stand for any names",
                    )
                })
        };
        if !names_folder {
            add(path)?;
        }
        if names_folder || !last.contains(['*', '?', '[', '{']) {
            add(&format!("{path}/**"))?;
        }
        let globs = globs
            .build()
            .map_err(|error| wrong(&error.kind().to_string(), "write a shorter pattern"))?;
        Ok(Self {
            text: text.to_owned(),
            globs,
        })
    }
}
