//! Tells Zed how the language server of contracts is started: `quidpro lsp`, from the path or from the settings.

use zed_extension_api::settings::LspSettings;
use zed_extension_api::{self as zed, serde_json, Command, LanguageServerId, Result, Worktree};

struct Quidpro;

impl zed::Extension for Quidpro {
    fn new() -> Self {
        Self
    }

    fn language_server_command(
        &mut self,
        server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Command> {
        let stated = LspSettings::for_worktree(server.as_ref(), worktree)?.binary;
        let path = stated.as_ref().and_then(|binary| binary.path.clone());
        let command = path
            .or_else(|| worktree.which("quidpro"))
            .ok_or("`quidpro` is not on the path; install it, or name it under `lsp.quidpro.binary.path` in the settings")?;
        let args = stated.and_then(|binary| binary.arguments);
        Ok(Command {
            command,
            args: args.unwrap_or_else(|| vec!["lsp".to_owned()]),
            env: worktree.shell_env(),
        })
    }

    fn language_server_initialization_options(
        &mut self,
        server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<serde_json::Value>> {
        Ok(LspSettings::for_worktree(server.as_ref(), worktree)?.settings)
    }

    fn language_server_workspace_configuration(
        &mut self,
        server: &LanguageServerId,
        worktree: &Worktree,
    ) -> Result<Option<serde_json::Value>> {
        Ok(LspSettings::for_worktree(server.as_ref(), worktree)?.settings)
    }
}

zed::register_extension!(Quidpro);
