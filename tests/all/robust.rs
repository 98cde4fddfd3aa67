//! No text and no data, however broken, makes any part of the program panic, hang or fill the memory: it ends, with a
//! statement or with a message.

mod data;
mod huge;
mod pipeline;
mod texts;
