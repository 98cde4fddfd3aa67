//! No text, however broken, deep or long, makes the reading fail, hang or take memory without bound.

use super::{EVERY_FORM, SAMPLE, read};

#[test]
fn every_beginning_of_a_text_is_read() {
    for text in [SAMPLE, EVERY_FORM] {
        for end in (0..text.len()).filter(|&end| text.is_char_boundary(end)) {
            read(&text[..end]);
        }
    }
}
