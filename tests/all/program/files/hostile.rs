//! A hostile folder goes through every command. According to the system, nothing outside it is read or written.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use super::{CONTRACT, Ground, PROGRAM, has_strace, using};

const SECRET: &str = "quixotic";

/// Every way of naming something outside, in a project with a configuration.
fn folder() -> (Ground, UnixListener) {
    let ground = Ground::new();
    for name in [
        "secret.quid",
        "secret.toml",
        "secret.json",
        "secret.csv",
        "victim.html",
    ] {
        ground.write(name, SECRET);
    }
    ground.write("project/quidpro.toml", "");
    ground.write(
        "project/support.csv",
        "month,offered,answered\n2026-01,100,90\n",
    );
    // Links that lead out, devices, pipes, sockets, and a file of 64 GB that takes no space.
    ground.link("project/link.quid", "../secret.quid");
    ground.link("project/zero.quid", "/dev/zero");
    ground.link("project/self.quid", "/proc/self/environ");
    ground.link("project/circle.quid", "circle.quid");
    ground.link("project/up", "..");
    ground.pipe("project/pipe.quid");
    let socket = UnixListener::bind(ground.path("project/socket.quid")).unwrap();
    let huge = fs::File::create(ground.path("project/huge.quid")).unwrap();
    let _ = huge.set_len(1 << 36);
    // Contracts that use these files.
    for (at, used) in USED.iter().enumerate() {
        ground.write(&format!("project/uses_{at}.quid"), using(used));
    }
    // Data next to a contract, with which editors compute.
    ground.write("project/beside.quid", CONTRACT);
    ground.link("project/beside.csv", "../secret.csv");
    // Configurations.
    for (name, configuration) in [
        ("extends", "extends = \"../../secret.toml\"\n"),
        ("extends_root", "extends = \"/etc/passwd\"\n"),
        ("extends_zero", "extends = \"/dev/zero\"\n"),
        ("baseline", "baseline = \"../../secret.json\"\n"),
        ("baseline_zero", "baseline = \"/dev/zero\"\n"),
    ] {
        ground.write(&format!("project/{name}/quidpro.toml"), configuration);
        ground.write(&format!("project/{name}/a.quid"), CONTRACT);
    }
    ground.link("project/linked/quidpro.toml", "../../secret.toml");
    ground.write("project/linked/a.quid", CONTRACT);
    ground.pipe("project/piped/quidpro.toml");
    ground.write("project/piped/a.quid", CONTRACT);
    // Outputs.
    ground.link("project/page.html", "../victim.html");
    ground.link("project/new.html", "../planted.html");
    // Names that have a meaning to a terminal.
    ground.write("project/\u{1b}[31m\r::error::\u{202e}.quid", CONTRACT);
    ground.write("project/two\nlines.quid", CONTRACT);
    (ground, socket)
}

const USED: &[&str] = &[
    "/proc/self/environ",
    "/dev/zero",
    "/etc/passwd",
    "../secret.quid",
    "up/secret.quid",
    "link.quid",
    "self.quid",
    "zero.quid",
    "pipe.quid",
    "socket.quid",
    "huge.quid",
    "circle.quid",
];

/// Commands on the whole folder and on each contract that is a file of the project.
fn commands(project: &Path) -> Vec<Vec<String>> {
    let whole = [
        "check . --format json",
        "check . --fix --unsafe-fixes",
        "check support.quid --format html=page.html --force",
        "check support.quid --format html=new.html --force",
        "check support.quid --format html=up/planted.html --force",
        "review support.quid --output page.html --force",
        "data template support.quid --output new.html --force",
        "baseline create . --output up/planted.json",
        "baseline create support.quid --output new.html --force",
        "waivers .",
        "test .",
        "fmt .",
    ];
    let mut all: Vec<Vec<String>> = whole
        .iter()
        .map(|line| line.split(' ').map(str::to_owned).collect())
        .collect();
    let own = |path: &PathBuf| {
        let kind = fs::symlink_metadata(path).unwrap().file_type();
        kind.is_file() && path.extension().is_some_and(|ending| ending == "quid")
    };
    let mut contracts: Vec<PathBuf> = Vec::new();
    for folder in [
        ".",
        "extends",
        "extends_root",
        "extends_zero",
        "baseline",
        "baseline_zero",
        "linked",
        "piped",
    ] {
        for entry in fs::read_dir(project.join(folder)).unwrap() {
            let path = entry.unwrap().path();
            if own(&path) {
                contracts.push(path.strip_prefix(project).unwrap().to_owned());
            }
        }
    }
    contracts.sort();
    for contract in contracts {
        let contract = contract.to_str().unwrap().to_owned();
        if contract.ends_with("huge.quid") {
            continue;
        }
        for words in ["review", "invoice --data support.csv"] {
            let mut line: Vec<String> = words.split(' ').map(str::to_owned).collect();
            line.insert(1, contract.clone());
            all.push(line);
        }
    }
    all
}

/// The requests of an editor that has the folder open.
fn session(ground: &Ground) -> Vec<u8> {
    let uri = |name: &str| format!("file://{}/{name}", ground.project().display());
    let mut all = vec![json!({ "id": 0, "method": "initialize", "params": {
        "capabilities": {}, "workspaceFolders": [{ "uri": uri(""), "name": "project" }],
    }})];
    all.push(json!({ "method": "initialized", "params": {} }));
    let mut names: Vec<String> = (0..USED.len())
        .map(|at| format!("uses_{at}.quid"))
        .collect();
    let more = [
        "beside.quid",
        "extends/a.quid",
        "baseline/a.quid",
        "linked/a.quid",
        "piped/a.quid",
    ];
    names.extend(more.map(str::to_owned));
    for (at, name) in names.iter().enumerate() {
        let text = fs::read_to_string(ground.path(&format!("project/{name}"))).unwrap();
        let document =
            json!({ "uri": uri(name), "languageId": "quid", "version": 1, "text": text });
        all.push(
            json!({ "method": "textDocument/didOpen", "params": { "textDocument": document } }),
        );
        let of_text = json!({ "textDocument": { "uri": uri(name) } });
        for (more, method) in [
            "textDocument/diagnostic",
            "textDocument/codeLens",
            "textDocument/documentLink",
        ]
        .iter()
        .enumerate()
        {
            all.push(json!({ "id": at * 10 + more + 1, "method": method, "params": of_text }));
        }
    }
    // Files that the editor has not opened.
    for (at, name) in [
        "link.quid",
        "zero.quid",
        "pipe.quid",
        "self.quid",
        "huge.quid",
    ]
    .iter()
    .enumerate()
    {
        let of_text = json!({ "textDocument": { "uri": uri(name) } });
        all.push(
            json!({ "id": 1000 + at, "method": "textDocument/documentSymbol", "params": of_text }),
        );
    }
    all.push(json!({ "id": 2000, "method": "workspace/symbol", "params": { "query": "" } }));
    all.push(json!({ "id": 2001, "method": "workspace/diagnostic", "params": { "previousResultIds": [] } }));
    all.push(json!({ "id": 2002, "method": "shutdown" }));
    all.push(json!({ "method": "exit" }));
    let framed = all.into_iter().map(|mut message| {
        message["jsonrpc"] = Value::from("2.0");
        let text = message.to_string();
        format!("Content-Length: {}\r\n\r\n{text}", text.len())
    });
    framed.collect::<String>().into_bytes()
}

/// Everything outside the project.
fn outside(ground: &Ground) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = fs::read_dir(ground.folder.path()).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.is_file())
        .map(|path| (path.clone(), fs::read(path).unwrap()))
        .collect()
}

/// System calls that open, create, rename or remove files. Other calls only look.
const TRACED: &str = "trace=open,openat,openat2,creat,rename,renameat,renameat2,unlink,unlinkat,link,linkat,symlink,symlinkat,\
    mkdir,mkdirat,rmdir,mknod,mknodat,truncate,chmod,fchmodat,chown,lchown,fchownat,setxattr,lsetxattr";

/// The files that any program on this system opens to start and to learn about its machine.
const OF_THE_SYSTEM: &[&str] = &[
    "/lib",
    "/usr/lib",
    "/etc/ld.so",
    "/sys/fs/cgroup",
    "/sys/devices/system/cpu",
    "/proc/sys/vm/overcommit_memory",
    "/dev/null",
    "/nix",
    "/usr/share/locale",
];

/// Whether a path in `/proc` is what a program asks about itself. Environments do not count.
fn is_own_proc(path: &str) -> bool {
    path.starts_with("/proc/")
        && ["/maps", "/cgroup", "/mountinfo", "/auxv"]
            .iter()
            .any(|end| path.ends_with(end))
}

/// The calls in a trace that reached something outside the folder.
fn reached_outside(trace: &str, project: &Path) -> Vec<String> {
    let project = project.to_str().unwrap();
    let is_allowed = |path: &str| {
        path == project
            || path.starts_with(&format!("{project}/"))
            || OF_THE_SYSTEM.iter().any(|known| path.starts_with(known))
            || is_own_proc(path)
    };
    let mut found = Vec::new();
    for line in trace.lines() {
        let Some((call, result)) = line.rsplit_once(" = ") else {
            continue;
        };
        if result.starts_with('-') || result.starts_with('?') {
            continue;
        }
        let is_open = ["open(", "openat(", "openat2(", "creat("]
            .iter()
            .any(|name| call.contains(name));
        if is_open {
            // The system reports which file it opened: `= 3</path>`.
            let path = result
                .split_once('<')
                .map_or("", |(_, path)| path.trim_end_matches('>'));
            if !is_allowed(path) {
                found.push(line.to_owned());
            }
        } else {
            let mut paths = call.split('"').skip(1).step_by(2);
            let in_project = |path: &str| {
                let path = Path::new(project).join(path);
                let real = path.parent().and_then(|folder| folder.canonicalize().ok());
                real.is_some_and(|real| is_allowed(real.to_str().unwrap()))
            };
            if !paths.all(in_project) {
                found.push(line.to_owned());
            }
        }
    }
    found
}

/// Runs the program, and returns what it reached outside its folder.
fn traced(ground: &Ground, arguments: &[String], input: &[u8]) -> (String, Vec<String>) {
    let trace = ground.folder.path().join("trace");
    let project = ground.project().canonicalize().unwrap();
    let mut child = Command::new("timeout")
        .args([
            "300", "strace", "-f", "-y", "-s", "4096", "-e", TRACED, "-o",
        ])
        .arg(&trace)
        .arg(PROGRAM)
        .args(arguments)
        .current_dir(&project)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut to = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        let _ = to.write_all(&input);
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    assert!(
        matches!(output.status.code(), Some(0..=2)),
        "{arguments:?} ended with {:?}",
        output.status
    );
    let said = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    let found = reached_outside(&fs::read_to_string(&trace).unwrap(), &project);
    fs::remove_file(trace).unwrap();
    (said, found)
}

#[test]
fn a_hostile_folder_reaches_nothing_outside() {
    if !has_strace("a_hostile_folder") {
        return;
    }
    let (ground, _socket) = folder();
    let before = outside(&ground);
    let mut all: Vec<(Vec<String>, Vec<u8>)> = vec![(vec!["lsp".to_owned()], session(&ground))];
    all.extend(
        commands(&ground.project())
            .into_iter()
            .map(|line| (line, Vec::new())),
    );
    for (arguments, input) in all {
        let (said, found) = traced(&ground, &arguments, &input);
        assert!(
            found.is_empty(),
            "{arguments:?} reached\n{}",
            found.join("\n")
        );
        assert!(
            !said.contains(SECRET) && !said.contains("root:x:"),
            "{arguments:?}\n{said}"
        );
        assert!(!said.contains("panicked"), "{arguments:?}\n{said}");
        assert_eq!(outside(&ground), before, "{arguments:?}");
    }
}

/// The test detects what it forbids.
#[test]
fn what_is_named_outside_is_seen() {
    if !has_strace("what_is_named_outside_is_seen") {
        return;
    }
    let (ground, _socket) = folder();
    let named = ["check", "link.quid"].map(str::to_owned);
    let (said, found) = traced(&ground, &named, &[]);
    assert!(
        said.contains(SECRET) && found.len() == 1 && found[0].contains("secret.quid"),
        "{found:?}"
    );
    let written = ["data", "template", "support.quid", "--output", "../x.csv"].map(str::to_owned);
    let (_, found) = traced(&ground, &written, &[]);
    assert!(found.len() >= 2, "{found:?}");
}
