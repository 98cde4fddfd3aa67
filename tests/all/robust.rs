//! No text and no data, however broken, makes any part of the program panic, hang or fill the memory. It ends with a
//! statement or with a message.

mod data;
mod huge;
mod pipeline;
mod texts;
