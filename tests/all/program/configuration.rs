//! Which configuration applies to a contract, and what is reported about a broken one.

use std::fs;

use super::Desk;

fn codes(desk: &Desk, arguments: &[&str]) -> Vec<String> {
    let all = [&["check", "--format", "concise"], arguments].concat();
    let out = desk.run(&all).out;
    let each = out.lines().filter_map(|line| line.split_once('['));
    each.filter_map(|(_, rest)| rest.split_once(']'))
        .map(|(code, _)| code.to_owned())
        .collect()
}

const OFF: &str = "[rules]\nno-training = \"off\"\n";

#[test]
fn the_nearest_file_holds_alone() {
    let desk = Desk::new();
    let has =
        |arguments: &[&str], code: &str| codes(&desk, arguments).iter().any(|one| one == code);
    assert!(has(&["support.quid"], "no-training"));
    desk.write("quidpro.toml", OFF);
    assert!(!has(&["support.quid"], "no-training"));
    assert!(has(&["support.quid"], "no-exit-plan"));
    fs::create_dir_all(desk.path("deep/er")).unwrap();
    fs::copy(desk.path("support.quid"), desk.path("deep/er/support.quid")).unwrap();
    assert!(!has(&["deep/er/support.quid"], "no-training"));
    desk.write("deep/quidpro.toml", "[rules]\nno-exit-plan = \"off\"\n");
    assert!(has(&["deep"], "no-training") && !has(&["deep"], "no-exit-plan"));
    desk.write(
        "deep/quidpro.toml",
        "extends = \"../quidpro.toml\"\n[rules]\nno-exit-plan = \"off\"\n",
    );
    assert!(!has(&["deep"], "no-training") && !has(&["deep"], "no-exit-plan"));
    assert!(has(&["deep", "--no-config"], "no-training"));
    assert!(has(&["deep", "--config", "quidpro.toml"], "no-exit-plan"));
}

#[test]
fn overrides_are_seen_from_the_folder_of_the_file() {
    let desk = Desk::new();
    fs::create_dir_all(desk.path("samples")).unwrap();
    fs::copy(desk.path("support.quid"), desk.path("samples/support.quid")).unwrap();
    desk.write(
        "quidpro.toml",
        "[[overrides]]\npaths = \"samples/**\"\nbecause = \"samples\"\nrules = { no-training = \"off\" }\n",
    );
    let trained = |path| {
        codes(&desk, &[path])
            .iter()
            .any(|code| code == "no-training")
    };
    assert!(trained("support.quid") && !trained("samples/support.quid"));
}

#[test]
fn the_configuration_says_with_what_a_check_fails_unless_the_arguments_do() {
    let desk = Desk::new();
    desk.run(&["check", "support.quid"]).ends(0);
    desk.write("quidpro.toml", "fail-on = \"warning\"\n");
    desk.run(&["check", "support.quid"]).ends(1);
    desk.run(&["check", "support.quid", "--fail-on", "error"])
        .ends(0);
}

#[test]
fn a_broken_file_is_told_with_its_line() {
    let desk = Desk::new();
    desk.write(
        "quidpro.toml",
        "[rules]\nno-trainin = \"off\"\nno-exit-plan = \"of\"\n",
    );
    desk.write("other.quid", super::CONTRACT);
    let done = desk.run(&["check", "."]).ends(2);
    let done = done
        .tells("`no-trainin` is not a rule")
        .tells("did you mean `no-training`?")
        .tells("quidpro.toml:2:1")
        .tells("write `off`, `info`, `warning` or `error`");
    assert_eq!(
        done.err.matches("no-trainin` is not a rule").count(),
        1,
        "{}",
        done.err
    );
}

#[test]
fn files_that_extend_each_other_are_told() {
    let desk = Desk::new();
    desk.write("quidpro.toml", "extends = \"a.toml\"\n");
    desk.write("a.toml", "extends = \"b.toml\"\n");
    desk.run(&["check", "support.quid"])
        .ends(2)
        .tells("there is no file `b.toml`");
    desk.write("b.toml", "extends = [\"quidpro.toml\"]\n");
    desk.run(&["check", "support.quid"])
        .ends(2)
        .tells("`quidpro.toml` extends this file");
}
