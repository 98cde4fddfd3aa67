//! `quidpro fmt`.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const MESSY: &str = "contract c {\ncurrency   EUR\n}\n";
const NEAT: &str = "contract c {\n  currency  EUR\n}\n";

fn fmt(folder: &Path, arguments: &[&str], input: &str) -> (Option<i32>, String, String) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_quidpro"))
        .arg("fmt")
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    let Output {
        status,
        stdout,
        stderr,
    } = child.wait_with_output().unwrap();
    (
        status.code(),
        String::from_utf8(stdout).unwrap(),
        String::from_utf8(stderr).unwrap(),
    )
}

#[test]
fn files_are_laid_out_where_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let (messy, neat) = (folder.path().join("a.quid"), folder.path().join("b.quid"));
    std::fs::write(&messy, MESSY).unwrap();
    std::fs::write(&neat, NEAT).unwrap();
    let (code, out, told) = fmt(folder.path(), &["--check", "."], "");
    assert_eq!(
        (code, out.as_str(), told.as_str()),
        (
            Some(1),
            "a.quid would be reformatted\n",
            "1 file would be reformatted, 1 unchanged\n"
        )
    );
    assert_eq!(std::fs::read_to_string(&messy).unwrap(), MESSY);
    let (code, out, _) = fmt(folder.path(), &["--diff", "."], "");
    assert_eq!(code, Some(1));
    assert!(out.contains("-currency   EUR\n+  currency  EUR\n"), "{out}");
    assert_eq!(std::fs::read_to_string(&messy).unwrap(), MESSY);
    let (code, out, told) = fmt(folder.path(), &["."], "");
    assert_eq!(
        (code, out.as_str(), told.as_str()),
        (
            Some(0),
            "a.quid formatted\n",
            "1 file formatted, 1 unchanged\n"
        )
    );
    assert_eq!(std::fs::read_to_string(&messy).unwrap(), NEAT);
    let (code, out, told) = fmt(folder.path(), &["--check", "."], "");
    assert_eq!(
        (code, out.as_str(), told.as_str()),
        (Some(0), "", "2 files already formatted\n")
    );
}

#[test]
fn the_standard_input_is_printed_as_it_is_laid_out() {
    let here = std::env::temp_dir();
    assert_eq!(
        fmt(&here, &["-"], MESSY),
        (Some(0), NEAT.to_owned(), String::new())
    );
    assert_eq!(
        fmt(&here, &["-", "--check"], NEAT),
        (Some(0), String::new(), String::new())
    );
    let (code, out, _) = fmt(
        &here,
        &["-", "--check", "--stdin-filename", "c.quid"],
        MESSY,
    );
    assert_eq!(
        (code, out.as_str()),
        (Some(1), "c.quid would be reformatted\n")
    );
}

#[test]
fn what_is_left_as_it_is_is_said() {
    let here = std::env::temp_dir();
    let text = "contract c {\nchrge   a\ncurrency   EUR\n}\n";
    let (code, out, told) = fmt(&here, &["-"], text);
    assert_eq!(code, Some(0));
    assert_eq!(out, "contract c {\nchrge   a\n  currency  EUR\n}\n");
    assert_eq!(
        told,
        "<stdin>:2:1: left as it is, because it contains a mistake; `quidpro check` shows it\n"
    );
}

#[test]
fn troubles_have_their_own_code() {
    let folder = tempfile::tempdir().unwrap();
    for arguments in [&["no.quid"][..], &["-", "other.quid"], &["."]] {
        let (code, _, told) = fmt(folder.path(), arguments, "");
        assert_eq!(code, Some(2), "{told}");
    }
    let path = folder.path().join("bytes.quid");
    std::fs::write(&path, b"contract \xff {}").unwrap();
    let (code, _, told) = fmt(folder.path(), &["bytes.quid"], "");
    assert_eq!(code, Some(2));
    assert!(told.contains("is not UTF-8 text"), "{told}");
    assert_eq!(std::fs::read(&path).unwrap(), b"contract \xff {}");
}
