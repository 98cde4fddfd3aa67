//! What a file names must be inside the project. What a person names may be anywhere.

use super::{CONTRACT, Ground, LIBRARY, using};

const SECRET: &str = "quixotic";

fn secret_library() -> String {
    LIBRARY.replace("kpis", SECRET)
}

#[test]
fn a_contract_uses_no_file_outside_the_project() {
    let ground = Ground::new();
    ground.write("secret.quid", secret_library());
    ground.write("secret.txt", SECRET);
    ground.write("project/notes.txt", SECRET);
    let absolute = ground.path("secret.quid");
    let mut outside = vec![
        "../secret.quid",
        "../missing.quid",
        absolute.to_str().unwrap(),
        "sub/../../secret.quid",
    ];
    if cfg!(unix) {
        outside.extend([
            "/proc/self/environ",
            "/dev/zero",
            "/etc/passwd",
            "linked.quid",
            "up/secret.quid",
        ]);
        #[cfg(unix)]
        ground.link("project/linked.quid", "../secret.quid");
        #[cfg(unix)]
        ground.link("project/up", "..");
    }
    for path in outside {
        ground.write("project/a.quid", using(path));
        for arguments in [
            &["check", "a.quid"][..],
            &["check", "a.quid", "--format", "json"],
            &["review", "a.quid", "--format", "html"],
            &["test", "a.quid"],
            &["invoice", "a.quid", "--data", "x.csv"],
            &["show", "a.quid"],
            &["questions", "a.quid"],
        ] {
            let done = ground.run(arguments);
            let all = done.out + &done.err;
            assert!(
                done.code > 0 && !all.contains(SECRET),
                "{arguments:?} {path}\n{all}"
            );
            assert!(!all.contains("root:"), "{all}");
        }
        ground
            .run(&["check", "a.quid", "--format", "concise"])
            .ends(1)
            .says("outside the project")
            .says("--allow-outside");
    }
    // A file that is not a contract is not read either, wherever it is.
    for arguments in [
        &["check", "a.quid"][..],
        &["check", "a.quid", "--allow-outside"],
    ] {
        ground.write("project/a.quid", using("notes.txt"));
        let done = ground.run(arguments).ends(1).says("end in `.quid`");
        assert!(!done.out.contains(SECRET));
    }
    ground.write("project/a.quid", using("../secret.quid"));
    ground.run(&["check", "a.quid", "--allow-outside"]).ends(0);
    ground.run(&["--allow-outside", "test", "a.quid"]).ends(0);
}

/// The project is the largest of these: the repository, the folder of the nearest configuration, and the folder that
/// was named.
#[test]
fn a_project_is_as_large_as_its_repository_or_configuration() {
    let ground = Ground::new();
    ground.write("lib.quid", LIBRARY);
    ground.write("project/a.quid", using("../lib.quid"));
    ground
        .run(&["check", "a.quid", "--format", "concise"])
        .ends(1)
        .says("outside the project");
    ground.run(&["check", ".."]).ends(0);
    for root in [".git/HEAD", ".git", ".jj/x", "quidpro.toml"] {
        let ground = Ground::new();
        ground.write("lib.quid", LIBRARY);
        ground.write("project/a.quid", using("../lib.quid"));
        ground.write(root, "");
        ground.run(&["check", "a.quid"]).ends(0);
    }
    // In a repository, a configuration in the supplier's folder does not make that folder a project.
    ground.write("project/quidpro.toml", "");
    ground.run(&["check", "a.quid"]).ends(1);
    ground.write(".git/HEAD", "");
    ground.run(&["check", "a.quid"]).ends(0);
}

#[test]
fn a_configuration_extends_and_names_no_file_outside_the_project() {
    let ground = Ground::new();
    let secret = "quixotic = 1\n";
    ground.write("company.toml", "[rules]\nno-training = \"off\"\n");
    ground.write("secret.toml", secret);
    ground.write("secret.json", secret);
    ground.write("project/.env", secret);
    let cases = [
        ("extends = \"../company.toml\"\n", "outside the project"),
        ("extends = \"../secret.toml\"\n", "outside the project"),
        ("extends = \"/etc/passwd\"\n", "outside the project"),
        ("extends = \"/dev/zero\"\n", "outside the project"),
        ("extends = \".env\"\n", "end in `.toml`"),
        ("baseline = \"../secret.json\"\n", "outside the project"),
        ("baseline = \"/dev/zero\"\n", "outside the project"),
    ];
    for (configuration, why) in cases {
        ground.write("project/quidpro.toml", configuration);
        for arguments in [
            &["check", "support.quid"][..],
            &["check", "."],
            &["review", "support.quid"],
        ] {
            if configuration.starts_with("baseline") && arguments[0] == "review" {
                continue;
            }
            let done = ground.run(arguments).ends(2).tells(why);
            assert!(!done.err.contains("quixotic"), "{}", done.err);
        }
    }
    ground.write("project/quidpro.toml", "extends = \"../company.toml\"\n");
    ground
        .run(&["check", "support.quid", "--allow-outside"])
        .ends(0);
    ground.write(".git/HEAD", "");
    ground.run(&["check", "support.quid"]).ends(0);
}

/// The configuration of a folder above would apply even without the one below it, so this one may extend it.
#[test]
fn a_configuration_extends_the_one_above_it() {
    let ground = Ground::new();
    ground.write("quidpro.toml", "[rules]\nno-training = \"off\"\n");
    ground.write("project/quidpro.toml", "extends = \"../quidpro.toml\"\n");
    let done = ground
        .run(&["check", "support.quid", "--format", "jsonl"])
        .ends(0);
    assert!(!done.out.contains("no-training"), "{}", done.out);
}

#[test]
fn what_a_person_names_may_be_anywhere() {
    let ground = Ground::new();
    ground.write("far/support.quid", CONTRACT);
    ground.write("far/data.csv", "month,offered,answered\n2026-01,100,90\n");
    ground.write("far/quidpro.toml", "[rules]\nno-training = \"off\"\n");
    ground
        .run(&[
            "invoice",
            "../far/support.quid",
            "--data",
            "../far/data.csv",
        ])
        .ends(0);
    ground
        .run(&["check", "../far", "--config", "../far/quidpro.toml"])
        .ends(0);
    ground
        .run(&[
            "baseline",
            "create",
            "../far",
            "--output",
            "../far/known.json",
        ])
        .ends(0);
    ground
        .run(&["check", "support.quid", "--baseline", "../far/known.json"])
        .ends(0);
}

#[cfg(unix)]
#[test]
fn a_link_that_is_found_leads_nowhere_outside() {
    let ground = Ground::new();
    ground.write("outer.quid", format!("{CONTRACT}\nquixotic\n"));
    let before = ground.read("outer.quid");
    ground.link("project/link.quid", "../outer.quid");
    ground.link("project/unknown.quid", "nowhere.quid");
    for arguments in [
        &["check", "."][..],
        &["fmt", "."],
        &["test", "."],
        &["check", ".", "--fix"],
    ] {
        let done = ground
            .run(arguments)
            .ends(2)
            .tells("`link.quid` is not read: it is a link that leads outside");
        assert!(!(done.out + &done.err).contains("quixotic"));
    }
    assert_eq!(ground.read("outer.quid"), before);
    // If it is named, the link is followed.
    ground.run(&["check", "link.quid"]).ends(1).says("quixotic");
    // A configuration is found in the same way.
    let ground = Ground::new();
    ground.write("secret.toml", "quixotic = 1\n");
    ground.link("project/quidpro.toml", "../secret.toml");
    let done = ground
        .run(&["check", "."])
        .ends(2)
        .tells("it is a link that leads outside");
    assert!(!done.err.contains("quixotic"));
}
