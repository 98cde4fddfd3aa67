//! Which contracts a command is about: what folders contain, what is left out, and what has changed.

use std::fs;
use std::process::Command;

use super::{CONTRACT, Desk, fits};

fn checked(desk: &Desk, arguments: &[&str]) -> Vec<String> {
    let all = [&["check", "--format", "junit"], arguments].concat();
    let out = desk.run(&all).out;
    let suites = out.split("<testsuite name=\"").skip(1);
    let mut names: Vec<String> = suites
        .map(|suite| suite.split('"').next().unwrap().to_owned())
        .collect();
    names.sort();
    names
}

fn git(desk: &Desk, arguments: &[&str]) {
    let done = Command::new("git")
        .args([
            "-c",
            "user.name=tests",
            "-c",
            "user.email=tests@example.org",
        ])
        .args([
            "-c",
            "commit.gpgsign=false",
            "-c",
            "init.defaultBranch=main",
        ])
        .args(arguments)
        .current_dir(desk.folder.path())
        .output()
        .unwrap();
    assert!(done.status.success(), "{arguments:?}: {done:?}");
}

/// A repository with a library, a contract that uses it, and a contract that does not.
fn repository() -> Desk {
    let desk = Desk::new();
    fs::create_dir(desk.path("kpis")).unwrap();
    desk.write(
        "kpis/speed.quid",
        "library speed {\n  input offered : calls\n}\n",
    );
    desk.write(
        "uses.quid",
        format!(
            "use \"kpis/speed.quid\"\n{}",
            CONTRACT.replace("  input offered", "  # input offered")
        ),
    );
    git(&desk, &["init", "-q"]);
    git(&desk, &["add", "-A"]);
    git(&desk, &["commit", "-qm", "contracts"]);
    desk
}

#[test]
fn what_is_excluded_is_left_out_of_folders_and_read_when_it_is_named() {
    let desk = Desk::new();
    for folder in ["drafts", "drafts/deep", "old"] {
        fs::create_dir(desk.path(folder)).unwrap();
        desk.write(&format!("{folder}/a.quid"), CONTRACT);
    }
    let all = [
        "drafts/a.quid",
        "drafts/deep/a.quid",
        "old/a.quid",
        "support.quid",
    ];
    assert_eq!(checked(&desk, &["."]), all);
    for (pattern, left) in [
        ("drafts", &["old/a.quid", "support.quid"][..]),
        ("./drafts", &["old/a.quid", "support.quid"]),
        ("drafts/", &["old/a.quid", "support.quid"]),
        ("drafts/**", &["old/a.quid", "support.quid"]),
        (
            "drafts/*",
            &["drafts/deep/a.quid", "old/a.quid", "support.quid"],
        ),
        (
            "drafts/deep/",
            &["drafts/a.quid", "old/a.quid", "support.quid"],
        ),
        ("**/a.quid", &["support.quid"]),
    ] {
        desk.write("quidpro.toml", format!("exclude = [\"{pattern}\"]\n"));
        assert_eq!(checked(&desk, &["."]), left, "{pattern}");
    }
    desk.write("quidpro.toml", "exclude = \"drafts\"\n");
    assert_eq!(checked(&desk, &["drafts/a.quid"]), ["drafts/a.quid"]);
    // A file further down does not undo this.
    desk.write("drafts/quidpro.toml", "");
    assert_eq!(checked(&desk, &["."]), ["old/a.quid", "support.quid"]);
    desk.run(&["check", "drafts"])
        .ends(2)
        .tells("`exclude` in quidpro.toml names all");
    desk.run(&["check", "drafts/a.quid", "--force-exclude"])
        .ends(0)
        .says("`exclude` leaves out every contract that you named: nothing was checked");
    let laid = desk.run(&["fmt", ".", "--check"]);
    assert!(!laid.out.contains("drafts"), "{}", laid.out);
}

#[test]
fn a_pattern_that_can_match_nothing_is_refused() {
    let desk = Desk::new();
    for (pattern, words) in [
        ("/drafts", "patterns start from this file's folder"),
        ("../drafts", "nothing outside this file's folder can match"),
        ("./", "names nothing"),
        ("a[", "not a pattern of paths"),
    ] {
        desk.write("quidpro.toml", format!("exclude = [\"{pattern}\"]\n"));
        desk.run(&["check", "support.quid"]).ends(2).tells(words);
    }
}

#[test]
fn what_git_ignores_is_left_out_of_folders() {
    let desk = repository();
    fs::create_dir(desk.path("build")).unwrap();
    desk.write("build/copy.quid", CONTRACT);
    desk.write(".gitignore", "/build\n");
    assert!(!checked(&desk, &["."]).contains(&"build/copy.quid".to_owned()));
    assert_eq!(checked(&desk, &["build/copy.quid"]), ["build/copy.quid"]);
}

#[test]
fn what_is_staged_is_checked_with_what_uses_it() {
    let desk = repository();
    desk.run(&["check", "--staged"])
        .ends(0)
        .says("no contract is staged: nothing was checked");
    desk.write(
        "kpis/speed.quid",
        "library speed {\n  input offered : contacts\n}\n",
    );
    assert!(
        checked(&desk, &["--staged"])
            .iter()
            .all(|name| name == "quidpro check")
    );
    git(&desk, &["add", "kpis/speed.quid"]);
    assert_eq!(
        checked(&desk, &["--staged"]),
        ["kpis/speed.quid", "uses.quid"]
    );
    assert_eq!(checked(&desk, &["kpis", "--staged"]), ["kpis/speed.quid"]);
    assert_eq!(
        checked(&desk, &["kpis/speed.quid", "--dependents"]),
        ["kpis/speed.quid", "uses.quid"]
    );
    desk.run(&["check", "-", "--staged"])
        .ends(2)
        .tells("git does not know standard input");
}

#[test]
fn what_has_changed_is_checked_with_what_uses_it() {
    let desk = repository();
    git(&desk, &["checkout", "-qb", "draft"]);
    desk.run(&["check", "--changed", "main"])
        .ends(0)
        .says("no contract has changed since `main`: nothing was checked");
    desk.write("new.quid", CONTRACT);
    assert_eq!(checked(&desk, &["--changed", "main"]), ["new.quid"]);
    // A deleted library breaks the contracts that use it.
    fs::remove_file(desk.path("kpis/speed.quid")).unwrap();
    assert_eq!(
        checked(&desk, &["--changed", "main"]),
        ["new.quid", "uses.quid"]
    );
    git(&desk, &["add", "-A"]);
    git(&desk, &["commit", "-qm", "more"]);
    assert_eq!(
        checked(&desk, &["--changed", "main"]),
        ["new.quid", "uses.quid"]
    );
    desk.run(&["test", "--changed", "main"])
        .ends(1)
        .says("1 passed");
    // A configuration changes what is found in each contract to which it applies.
    desk.write("quidpro.toml", "fail-on = \"warning\"\n");
    assert_eq!(
        checked(&desk, &["--changed", "HEAD"]),
        ["new.quid", "support.quid", "uses.quid"]
    );
    for base in ["no-such", "--output=x", ""] {
        let changed = format!("--changed={base}");
        desk.run(&["check", &changed]).ends(2).tells("git");
    }
    assert!(!desk.path("x").exists());
}

#[test]
fn a_repository_runs_nothing_of_its_own() {
    let desk = repository();
    let touch = format!("touch {}; true", desk.path("ran").display());
    git(&desk, &["config", "core.fsmonitor", &touch]);
    git(&desk, &["config", "diff.external", &touch]);
    desk.write("support.quid", CONTRACT.replace("80%", "81%"));
    assert_eq!(checked(&desk, &["--changed", "HEAD"]), ["support.quid"]);
    desk.run(&["check", "--staged"]).ends(0);
    assert!(!desk.path("ran").exists());
}

#[cfg(unix)]
#[test]
fn a_contract_behind_a_link_is_known_by_its_own_path() {
    let desk = Desk::new();
    fs::create_dir(desk.path("real")).unwrap();
    desk.write("real/a.quid", CONTRACT);
    std::os::unix::fs::symlink("real", desk.path("linked")).unwrap();
    desk.run(&["baseline", "create", "real"]).ends(0);
    let with = ["check", "linked", "--baseline", "quidpro-baseline.json"];
    let done = desk.run(&with).ends(0);
    assert!(
        done.out.starts_with("no findings in linked/a.quid ("),
        "{}",
        done.out
    );
    desk.write(
        "quidpro.toml",
        "[[overrides]]\npaths = \"real\"\nbecause = \"samples\"\nrules = { no-training = \"off\" }\n",
    );
    let done = desk.run(&["check", "linked", "--format", "concise"]);
    assert!(!done.out.contains("no-training"), "{}", done.out);
}

#[test]
fn what_holds_is_shown_with_where_it_is_written() {
    let desk = Desk::new();
    fs::create_dir(desk.path("samples")).unwrap();
    desk.write("samples/a.quid", CONTRACT);
    desk.write(
        "company.toml",
        "fail-on = \"warning\"\n[categories]\nclarity = \"off\"\n",
    );
    desk.write(
        "quidpro.toml",
        "extends = \"company.toml\"\nexclude = [\"drafts\"]\n[rules]\nno-training = \"error\"\n\
         immaterial-quality-share = { level = \"error\", share = \"8%\" }\n\
         [[overrides]]\npaths = \"samples\"\nbecause = \"samples of single clauses\"\ncategories = { risk = \"off\" }\n",
    );
    let shown = desk.run(&["config", "show", "samples/a.quid", "--skip", "no-exit-plan"]);
    super::snapshot("config_show", &shown.ends(0).out);
    let none = desk.run(&["config", "show", "--no-config"]).ends(0);
    super::snapshot("config_show_usual", &none.out);
    let json = desk
        .run(&["config", "show", "samples/a.quid", "--format", "json"])
        .ends(0);
    let json = fits("config.schema.json", &json.out);
    let rules = json["rules"].as_array().unwrap();
    let of = |name: &str| rules.iter().find(|rule| rule["name"] == name).unwrap();
    assert_eq!(of("no-training")["from"], "quidpro.toml");
    assert_eq!(of("uncapped-credits")["level"], "off");
    assert_eq!(
        of("uncapped-credits")["from"],
        "quidpro.toml, override \"samples of single clauses\""
    );
    assert_eq!(of("immaterial-quality-share")["figures"][0]["value"], "8%");
    assert!(of("lump-sum-cliff")["from"].is_null());
    desk.run(&["config", "show", "gone"])
        .ends(2)
        .tells("there is no file or folder `gone`");
}
