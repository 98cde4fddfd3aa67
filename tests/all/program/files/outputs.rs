//! `--output`, `--format …=FILE`: an output never replaces an input or a contract, and replaces other files only with
//! `--force`.

use super::{CONTRACT, Ground, LIBRARY, using};

const DATA: &str = "month,offered,answered\n2026-01,100,90\n";

/// Every output onto every file that it must not replace, even with `--force`.
#[test]
fn an_output_never_replaces_an_input_or_a_contract() {
    let ground = Ground::new();
    ground.write("project/lib.quid", LIBRARY);
    ground.write("project/uses.quid", using("lib.quid"));
    ground.write("project/other.quid", CONTRACT);
    ground.write("project/quidpro.toml", "baseline = \"known.json\"\n");
    ground
        .run(&["baseline", "create", "support.quid", "-o", "known.json"])
        .ends(0);
    #[cfg(unix)]
    {
        ground.link("project/link.html", "uses.quid");
        ground.link("project/known.html", "known.json");
        std::fs::hard_link(
            ground.path("project/known.json"),
            ground.path("project/hard.json"),
        )
        .unwrap();
    }
    let mut targets = vec![
        "uses.quid",
        "./uses.quid",
        "lib.quid",
        "other.quid",
        "quidpro.toml",
        "new.quid",
        "known.json",
    ];
    if cfg!(unix) {
        targets.extend(["link.html", "known.html", "hard.json"]);
    }
    let kept = |name: &str| std::fs::read(ground.path(&format!("project/{name}"))).ok();
    let before: Vec<_> = targets.iter().map(|name| kept(name)).collect();
    for target in &targets {
        let is_review_safe = !target.contains("known") && !target.contains("hard");
        let report = format!("html={target}");
        ground
            .run(&["check", "uses.quid", "--format", &report, "--force"])
            .ends(2);
        if is_review_safe {
            // A review reads no baseline, so with `--force` it may replace one.
            let arguments = ["review", "uses.quid", "--output", target, "--force"];
            ground.run(&arguments).ends(2);
            ground
                .run(&[
                    "data",
                    "template",
                    "uses.quid",
                    "--output",
                    target,
                    "--force",
                ])
                .ends(2);
            ground
                .run(&[
                    "baseline",
                    "create",
                    "uses.quid",
                    "--output",
                    target,
                    "--force",
                ])
                .ends(2);
        }
    }
    let after: Vec<_> = targets.iter().map(|name| kept(name)).collect();
    assert_eq!(before, after);
    ground
        .run(&["review", "uses.quid", "--output", "uses.quid"])
        .ends(2)
        .tells("`uses.quid` is a contract; nothing is written over it");
}

#[test]
fn a_file_of_another_origin_needs_force() {
    let ground = Ground::new();
    ground.write("project/filled.csv", DATA);
    ground.write("project/page.html", "<p>mine</p>");
    let template = ["data", "template", "support.quid", "--output", "filled.csv"];
    ground
        .run(&template)
        .ends(2)
        .tells("`filled.csv` was not written: the file already exists")
        .tells("--force");
    assert_eq!(ground.read("project/filled.csv"), DATA);
    ground.run(&[&template[..], &["--force"]].concat()).ends(0);
    assert!(ground.read("project/filled.csv").contains("2026-12"));
    ground
        .run(&[
            "review",
            "support.quid",
            "--format",
            "html",
            "--output",
            "page.html",
        ])
        .ends(2);
    ground
        .run(&["check", "support.quid", "--format", "html=page.html"])
        .ends(2);
    assert_eq!(ground.read("project/page.html"), "<p>mine</p>");
    ground
        .run(&[
            "check",
            "support.quid",
            "--format",
            "html=page.html",
            "--force",
        ])
        .ends(0);
    assert!(
        ground
            .read("project/page.html")
            .starts_with("<!DOCTYPE html>")
    );
    // An empty file has nothing to lose. `mktemp` creates such files.
    ground.write("project/empty.html", "");
    ground
        .run(&["check", "support.quid", "--format", "html=empty.html"])
        .ends(0);
}

/// Each report is recognised, so that the next run replaces it. No other report is mistaken for it.
#[test]
fn an_earlier_report_of_the_same_kind_is_replaced() {
    let ground = Ground::new();
    ground.write("project/none.quid", "contract a \"A\" { }\n");
    let formats = [
        "full", "concise", "narrated", "html", "json", "jsonl", "sarif", "github", "gitlab",
        "junit", "rdjson",
    ];
    for format in formats {
        let output = format!("{format}={format}.report");
        for contract in ["support.quid", "none.quid", "support.quid"] {
            let done = ground.run(&["check", contract, "--format", &output]);
            assert!(done.code < 2, "{format}: {}", done.err);
        }
    }
    for format in ["html", "json"] {
        let review = ["review", "support.quid", "--format", format, "--output"];
        let name = format!("review.{format}");
        ground.run(&[&review[..], &[&name]].concat()).ends(0);
        ground.run(&[&review[..], &[&name]].concat()).ends(0);
        ground
            .run(&[&review[..], &[&format!("{format}.report")]].concat())
            .ends(2);
    }
    for format in [
        "html", "json", "jsonl", "sarif", "gitlab", "junit", "rdjson",
    ] {
        for other in formats.into_iter().filter(|other| *other != format) {
            let output = format!("{format}={other}.report");
            let done = ground.run(&["check", "support.quid", "--format", &output]);
            assert_eq!(done.code, 2, "{format} over {other}");
        }
    }
}

#[test]
fn one_file_does_not_take_two_reports() {
    let ground = Ground::new();
    ground
        .run(&[
            "check",
            "support.quid",
            "--format",
            "html=x",
            "--format",
            "json=./x",
        ])
        .ends(2)
        .tells("`./x` cannot hold two formats");
}

#[test]
fn init_makes_both_files_or_none() {
    let ground = Ground::new();
    ground.write("project/fresh.csv", "mine");
    ground
        .run(&["init", "fresh"])
        .ends(2)
        .tells("`fresh.csv` was not written: it already exists");
    assert!(!ground.path("project/fresh.quid").exists());
    assert_eq!(ground.read("project/fresh.csv"), "mine");
    assert_eq!(
        super::leftovers(&ground.project()),
        Vec::<std::path::PathBuf>::new()
    );
}

#[test]
fn what_cannot_be_an_output_is_named() {
    let ground = Ground::new();
    ground.write("project/folder/x", "");
    for (target, why) in [
        ("folder", "it is a folder"),
        ("nowhere/x.html", "its folder does not exist"),
    ] {
        ground
            .run(&["review", "support.quid", "--output", target, "--force"])
            .ends(2)
            .tells(&format!("`{target}` was not written: {why}"));
    }
    let page = ground
        .run(&["review", "support.quid", "--format", "html"])
        .out;
    assert_eq!(
        ground
            .run(&[
                "review",
                "support.quid",
                "--format",
                "html",
                "--output",
                "-"
            ])
            .out,
        page
    );
}

#[cfg(unix)]
mod links {
    use super::{DATA, Ground};

    #[test]
    fn a_link_stays_and_what_it_leads_to_is_written() {
        let ground = Ground::new();
        ground.write("project/pages/page.html", "");
        ground.link("project/page.html", "pages/page.html");
        ground
            .run(&[
                "review",
                "support.quid",
                "--format",
                "html",
                "--output",
                "page.html",
            ])
            .ends(0);
        assert!(ground.path("project/page.html").is_symlink());
        assert!(
            ground
                .read("project/pages/page.html")
                .starts_with("<!DOCTYPE")
        );
    }

    /// A hostile folder cannot lead an output to a file outside, even if the run forces its outputs.
    #[test]
    fn no_link_leads_an_output_outside() {
        let ground = Ground::new();
        ground.write("victim.html", "mine");
        ground.write("project/quidpro.toml", "");
        ground.link("project/page.html", "../victim.html");
        ground.link("project/new.html", "../planted.html");
        ground.link("project/reports", "..");
        ground.link("project/device.html", "/dev/null");
        for target in [
            "page.html",
            "new.html",
            "reports/planted.html",
            "reports/victim.html",
            "device.html",
        ] {
            for command in ["review", "template", "check"] {
                let report = format!("html={target}");
                let arguments = match command {
                    "review" => vec!["review", "support.quid", "--output", target, "--force"],
                    "check" => vec!["check", "support.quid", "--format", &report, "--force"],
                    _ => vec![
                        "data",
                        "template",
                        "support.quid",
                        "--output",
                        target,
                        "--force",
                    ],
                };
                ground.run(&arguments).ends(2).tells("was not written: ");
            }
        }
        assert_eq!(ground.read("victim.html"), "mine");
        assert!(!ground.path("planted.html").exists());
        // If a person names the file, it is meant.
        ground
            .run(&["review", "support.quid", "--output", "../named.html"])
            .ends(0);
        ground.write("data.csv", DATA);
        let arguments = [
            "review",
            "support.quid",
            "--output",
            "reports/trusted.html",
            "--allow-outside",
        ];
        ground.run(&arguments).ends(0);
        assert!(ground.path("trusted.html").exists());
    }

    #[test]
    fn pipes_and_devices_that_are_named_are_written_to() {
        let ground = Ground::new();
        let page = ground.run(&["review", "support.quid"]).out;
        for target in ["/dev/stdout", "/dev/fd/1"] {
            assert_eq!(
                ground
                    .run(&["review", "support.quid", "--output", target])
                    .out,
                page
            );
        }
        ground
            .run(&["review", "support.quid", "--output", "/dev/null"])
            .ends(0);
        if std::path::Path::new("/dev/full").exists() {
            ground
                .run(&["review", "support.quid", "--output", "/dev/full"])
                .ends(2)
                .tells("`/dev/full` was not written: no space is left on the disk");
        }
        ground.pipe("project/pipe");
        ground
            .run(&["review", "support.quid", "--output", "pipe"])
            .ends(2);
        let mut shell = std::process::Command::new("bash");
        let script = format!(
            "{} review support.quid --output >(cat > copied); wait; sleep 0.3",
            super::super::PROGRAM
        );
        shell.args(["-c", &script]);
        ground.end(shell).ends(0);
        assert_eq!(ground.read("project/copied"), page);
    }
}
