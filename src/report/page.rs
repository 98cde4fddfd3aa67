//! The frame of a page that needs nothing else, runs no script and opens no connection, and tells the browser so.

use super::escape::markup::name;

/// A page around its body. `generator` is the command that made it.
pub(super) fn whole(generator: &str, title: &str, style: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n\
         <html lang=\"en\">\n\
         <head>\n\
         <meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"generator\" content=\"{generator}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <title>{}</title>\n\
         <style>\n{style}</style>\n\
         </head>\n\
         <body>\n{body}</body>\n\
         </html>\n",
        name(title)
    )
}
