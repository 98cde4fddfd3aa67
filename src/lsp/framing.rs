//! How messages of the protocol follow each other in a stream of bytes: an announced length, an empty line, the message.
//!
//! The announced length is trusted only up to a limit, and nothing is allocated before the message arrives. `lsp-server`
//! would allocate whatever length it is given.

use std::io::{BufRead, Read};

use super::Message;

/// The most bytes of a message: the largest contract, with every character escaped.
const MOST_BYTES: u64 = 64 << 20;

/// The most bytes of all lines before a message.
const MOST_HEADER: u64 = 8 << 10;

/// The next message; nothing at the end.
///
/// # Errors
/// If the input cannot be read, announces no length or an impossible one, ends within a message, or has something that is
/// not a message.
pub fn read_message(input: &mut impl BufRead) -> Result<Option<Message>, String> {
    let Some(length) = header(input)? else {
        return Ok(None);
    };
    let mut body = Vec::new();
    let read = input.take(length).read_to_end(&mut body);
    read.map_err(|error| format!("the editor cannot be read: {error}"))?;
    if (body.len() as u64) < length {
        return Err(format!(
            "the editor announced a message of {length} bytes and sent {}",
            body.len()
        ));
    }
    serde_json::from_slice(&body).map(Some).map_err(|error| {
        format!("the editor sent something that is not a message of the protocol: {error}")
    })
}

/// The length of the next message; nothing at the end.
fn header(input: &mut impl BufRead) -> Result<Option<u64>, String> {
    let mut left = MOST_HEADER;
    let mut length = None;
    loop {
        let mut line = Vec::new();
        let read = input.take(left).read_until(b'\n', &mut line);
        let read = read.map_err(|error| format!("the editor cannot be read: {error}"))?;
        if read == 0 && left == MOST_HEADER {
            return Ok(None);
        }
        left = left.saturating_sub(read as u64);
        if line.pop() != Some(b'\n') {
            return Err(
                "the editor sent something before a message that does not belong there".to_owned(),
            );
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim_end();
        if line.is_empty() {
            return length
                .map(Some)
                .ok_or_else(|| "the editor sent a message without its length".to_owned());
        }
        match line.split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = Some(length_of(value.trim())?);
            }
            Some(_) => {}
            None => {
                return Err(
                    "the editor sent something before a message that does not belong there"
                        .to_owned(),
                );
            }
        }
    }
}

fn length_of(value: &str) -> Result<u64, String> {
    if value.is_empty() || !value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("the editor announced a message whose length is not a number".to_owned());
    }
    match value.parse::<u64>() {
        Ok(length) if length <= MOST_BYTES => Ok(length),
        // It is above the limit, or has more digits than any number of bytes.
        _ => {
            let shown: String = value.chars().take(24).collect();
            Err(format!(
                "the editor announced a message of {shown} bytes, and at most {} MB are read",
                MOST_BYTES >> 20
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST_BYTES, read_message};

    fn all(text: &str) -> Result<usize, String> {
        let mut input = text.as_bytes();
        let mut count = 0;
        while read_message(&mut input)?.is_some() {
            count += 1;
        }
        Ok(count)
    }

    #[test]
    fn messages_follow_each_other() {
        let one = r#"{"jsonrpc":"2.0","method":"a"}"#;
        let framed = format!(
            "content-length: {}\r\nContent-Type: x\r\n\r\n{one}",
            one.len()
        );
        assert_eq!(all(""), Ok(0));
        assert_eq!(all(&framed.repeat(3)), Ok(3));
    }

    #[test]
    fn what_is_announced_is_not_believed() {
        for length in [
            "10000000000000000000",
            "100000000000000000000000000000000000",
            "1000000000000000000",
            "3000000000",
            &(MOST_BYTES + 1).to_string(),
        ] {
            let fault = all(&format!("Content-Length: {length}\r\n\r\n{{}}")).unwrap_err();
            assert!(fault.contains("at most 64 MB"), "{fault}");
        }
        let long = "x".repeat(20_000);
        for (text, fault) in [
            ("Content-Length: 60000000\r\n\r\n{}", "and sent 2"),
            ("Content-Length: -1\r\n\r\n", "not a number"),
            ("Content-Length: \r\n\r\n", "not a number"),
            ("Content-Type: x\r\n\r\n{}", "without its length"),
            ("Content-Length: 2\r\n\r\n{}", "not a message"),
            ("GET / HTTP/1.1\r\n", "does not belong there"),
            (long.as_str(), "does not belong there"),
        ] {
            let found = all(text).unwrap_err();
            assert!(found.contains(fault), "{found}");
        }
    }
}
