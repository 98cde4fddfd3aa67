//! Files: what is written is either old or new and never in between, and nothing is read or written where nobody said
//! so.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::{CONTRACT, Done, PROGRAM};

mod full;
#[cfg(unix)]
mod hostile;
#[cfg(unix)]
mod killed;
mod outputs;
mod outside;
#[cfg(unix)]
mod pipes;
mod rewritten;
#[cfg(feature = "lsp")]
mod wire;

/// Longer than any command takes here. A command that waits for something that never comes is stopped, and its test
/// fails.
const LONG: Duration = Duration::from_secs(240);

/// A library with one input, and a contract that uses it by this path.
const LIBRARY: &str = "library kpis \"KPIs\" {
  input quick : calls
  input all : calls
  metric pace is timeliness, percent, higher is better { quick / all }
}
";

fn using(path: &str) -> String {
    format!("use \"{path}\"\n{CONTRACT}")
}

/// A folder with a project, and other files next to the project.
struct Ground {
    folder: TempDir,
}

impl Ground {
    fn new() -> Self {
        let ground = Self {
            folder: TempDir::new().unwrap(),
        };
        ground.write("project/support.quid", CONTRACT);
        ground
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn project(&self) -> PathBuf {
        self.path("project")
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    #[cfg(unix)]
    fn link(&self, name: &str, target: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(target, path).unwrap();
    }

    #[cfg(unix)]
    fn pipe(&self, name: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let made = Command::new("mkfifo").arg(path).status().unwrap();
        assert!(made.success());
    }

    /// Runs the program in the project's folder.
    fn run(&self, arguments: &[&str]) -> Done {
        let mut command = Command::new(PROGRAM);
        command.args(arguments);
        self.end(command)
    }

    /// Runs a command in the project's folder until it ends, which must happen soon.
    fn end(&self, mut command: Command) -> Done {
        let outputs = TempDir::new().unwrap();
        let file = |name: &str| outputs.path().join(name);
        let mut child = command
            .current_dir(self.project())
            .env_remove("NO_COLOR")
            .stdin(Stdio::null())
            .stdout(File::create(file("out")).unwrap())
            .stderr(File::create(file("err")).unwrap())
            .spawn()
            .unwrap();
        let begun = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            if begun.elapsed() > LONG {
                child.kill().unwrap();
                panic!("{command:?} waits for something that never comes");
            }
            std::thread::sleep(Duration::from_millis(5));
        };
        let text =
            |name: &str| String::from_utf8_lossy(&fs::read(file(name)).unwrap()).into_owned();
        Done {
            code: status.code().unwrap_or(-1),
            out: text("out"),
            err: in_one_line(&text("err")),
        }
    }
}

/// What is printed, as one line, however a screen breaks it.
fn in_one_line(told: &str) -> String {
    let words = told.split_whitespace().filter(|word| *word != "│");
    words.collect::<Vec<_>>().join(" ")
}

/// The temporary files below a folder.
fn leftovers(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if name.starts_with(".quidpro-") {
            found.push(path);
        }
    }
    found
}

/// Whether tests that need `strace` can run. If everything must be checked, it has to be installed.
#[cfg(unix)]
fn has_strace(test: &str) -> bool {
    let found = Command::new("strace")
        .arg("-V")
        .stdout(Stdio::null())
        .status();
    let found = found.is_ok_and(|status| status.success());
    if !found {
        let must = std::env::var("CI").is_ok_and(|value| value == "true");
        assert!(!must, "{test} needs strace, which is not installed");
        eprintln!("{test} is skipped: strace is not installed");
    }
    found
}
