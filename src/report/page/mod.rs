//! The frame of every page that the program writes: one file that needs nothing else, runs no script and opens no
//! connection, and tells the browser so.

use super::escape::markup::name;

/// The style that pages with charts share.
pub(super) const STYLE: &str = include_str!("style.css");

/// A page around its body.
pub(super) struct Page<'p> {
    /// The command that wrote it, by which the program knows its own output again: `quidpro review`.
    pub(super) generator: &'p str,
    /// Its title, as plain text.
    pub(super) title: &'p str,
    /// Its styles, one after the other.
    pub(super) styles: &'p [&'p str],
    /// Its body, as markup.
    pub(super) body: &'p str,
}

impl Page<'_> {
    /// The whole file.
    pub(super) fn render(&self) -> String {
        format!(
            "<!DOCTYPE html>\n\
             <html lang=\"en\">\n\
             <head>\n\
             <meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"generator\" content=\"{}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <title>{}</title>\n\
             <style>\n{}</style>\n\
             </head>\n\
             <body>\n{}</body>\n\
             </html>\n",
            self.generator,
            name(self.title),
            self.styles.concat(),
            self.body
        )
    }
}
