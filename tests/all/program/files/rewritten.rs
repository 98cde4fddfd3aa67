//! `fmt`, `--fix` and `baseline prune`: what they keep of a file, and what they report if they could not write it.

use std::fs;

use super::{CONTRACT, Ground, LIBRARY, leftovers, using};

/// A contract with a waiver that waives nothing, which `--fix` removes.
fn with_waiver() -> String {
    let waiver = "  waive double-jeopardy until 2026-12-31 because \"x\"\n  charge handling";
    CONTRACT.replace("  charge handling", waiver)
}

const FIX: [&str; 6] = [
    "--fix",
    "--only",
    "double-jeopardy,unused-waiver",
    "--today",
    "2026-06-30",
    "--no-config",
];

fn fix(path: &str) -> Vec<&str> {
    [&["check", path], &FIX[..]].concat()
}

#[test]
fn line_ends_stay() {
    let ground = Ground::new();
    ground.write("project/a.quid", with_waiver().replace('\n', "\r\n"));
    ground
        .run(&fix("a.quid"))
        .ends(0)
        .tells("fixed 1 finding in 1 file");
    assert_eq!(
        ground.read("project/a.quid"),
        CONTRACT.replace('\n', "\r\n")
    );
    ground.write(
        "project/b.quid",
        CONTRACT
            .replace("  round", "       round")
            .replace('\n', "\r\n"),
    );
    ground.run(&["fmt", "b.quid"]).ends(0);
    let laid_out = ground.read("project/b.quid");
    assert_eq!(
        laid_out.matches('\n').count(),
        laid_out.matches("\r\n").count()
    );
    ground.run(&["baseline", "create", "support.quid"]).ends(0);
    let baseline = ground
        .read("project/quidpro-baseline.json")
        .replace('\n', "\r\n");
    ground.write("project/quidpro-baseline.json", baseline);
    ground.write(
        "project/support.quid",
        CONTRACT.replace("  scenario", "  let spare = 5\n  scenario"),
    );
    ground.write("project/support.quid", "contract a \"A\" { }\n");
    ground.run(&["baseline", "prune", "support.quid"]).ends(0);
    let pruned = ground.read("project/quidpro-baseline.json");
    assert!(
        pruned.contains("\r\n") && pruned.matches('\n').count() == pruned.matches("\r\n").count()
    );
}

/// Lines that fixes insert end like the lines of the file.
#[test]
fn inserted_lines_end_as_those_of_the_file() {
    let ground = Ground::new();
    ground.write("project/a.quid", CONTRACT.replace('\n', "\r\n"));
    ground.run(&["check", "a.quid", "--fix", "--unsafe-fixes"]);
    let fixed = ground.read("project/a.quid");
    assert_ne!(fixed, CONTRACT.replace('\n', "\r\n"));
    assert_eq!(fixed.matches('\n').count(), fixed.matches("\r\n").count());
}

/// A library and a contract are fixed together or not at all. Another contract is still fixed.
#[test]
fn what_cannot_be_written_is_said_and_counted_as_found() {
    let ground = Ground::new();
    ground.write("project/a.quid", with_waiver());
    ground.write("project/b.quid", with_waiver());
    let mut rights = fs::metadata(ground.path("project/a.quid"))
        .unwrap()
        .permissions();
    rights.set_readonly(true);
    fs::set_permissions(ground.path("project/a.quid"), rights).unwrap();
    let arguments = [
        &["check", "a.quid", "b.quid", "--format", "concise"],
        &FIX[..],
    ]
    .concat();
    ground
        .run(&arguments)
        .ends(2)
        .tells("fixed 1 finding in 1 file")
        .tells("`a.quid` was not written: the file is write-protected")
        .says("a.quid:");
    assert_eq!(ground.read("project/a.quid"), with_waiver());
    assert_eq!(ground.read("project/b.quid"), CONTRACT);
    let done = ground.run(&fix("a.quid")).ends(2);
    assert!(!done.err.contains("fixed"), "{}", done.err);
    ground.write("project/c.quid", CONTRACT.replace("  round", "      round"));
    let mut rights = fs::metadata(ground.path("project/c.quid"))
        .unwrap()
        .permissions();
    rights.set_readonly(true);
    fs::set_permissions(ground.path("project/c.quid"), rights).unwrap();
    let done = ground.run(&["fmt", "c.quid"]).ends(2);
    assert!(!done.err.contains("formatted"), "{}", done.err);
}

#[test]
fn files_that_belong_together_are_fixed_together() {
    let ground = Ground::new();
    let waiver = "waive double-jeopardy until 2026-12-31 because \"x\"\n";
    ground.write(
        "project/lib.quid",
        LIBRARY.replace("metric", &format!("{waiver}  metric")),
    );
    let contract = format!("use \"lib.quid\"\n{}", with_waiver());
    ground.write("project/a.quid", &contract);
    let mut rights = fs::metadata(ground.path("project/a.quid"))
        .unwrap()
        .permissions();
    rights.set_readonly(true);
    fs::set_permissions(ground.path("project/a.quid"), rights).unwrap();
    let library = ground.read("project/lib.quid");
    ground.run(&fix("a.quid")).ends(2);
    assert_eq!(ground.read("project/a.quid"), contract);
    assert_eq!(ground.read("project/lib.quid"), library);
    let _ = using("");
}

#[cfg(unix)]
#[test]
fn links_and_modes_stay() {
    use std::os::unix::fs::PermissionsExt;
    let ground = Ground::new();
    ground.write("project/real/a.quid", with_waiver());
    ground.link("project/a.quid", "real/a.quid");
    let path = ground.path("project/real/a.quid");
    for mode in [0o600, 0o664, 0o755] {
        ground.write("project/real/a.quid", with_waiver());
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        ground.run(&fix("a.quid")).ends(0);
        assert!(ground.path("project/a.quid").is_symlink());
        assert_eq!(ground.read("project/real/a.quid"), CONTRACT);
        assert_eq!(
            fs::metadata(&path).unwrap().permissions().mode() & 0o7777,
            mode
        );
    }
    assert_eq!(leftovers(&ground.path("project/real")).len(), 0);
}

#[cfg(unix)]
#[test]
fn the_owner_stays_where_the_system_allows_it() {
    use std::os::unix::fs::{MetadataExt, chown};
    let ground = Ground::new();
    ground.write("project/a.quid", with_waiver());
    let path = ground.path("project/a.quid");
    if chown(&path, Some(12_345), Some(12_345)).is_err() {
        eprintln!("the_owner_stays is skipped: only the superuser may give files away");
        return;
    }
    ground.run(&fix("a.quid")).ends(0);
    let metadata = fs::metadata(&path).unwrap();
    assert_eq!((metadata.uid(), metadata.gid()), (12_345, 12_345));
}

/// Replacing one name of a file would separate it from its other names.
#[cfg(unix)]
#[test]
fn a_file_with_several_names_is_left() {
    let ground = Ground::new();
    ground.write("project/a.quid", with_waiver());
    fs::hard_link(ground.path("project/a.quid"), ground.path("twin")).unwrap();
    ground.run(&fix("a.quid")).ends(2).tells("several names");
    assert_eq!(ground.read("twin"), ground.read("project/a.quid"));
}
